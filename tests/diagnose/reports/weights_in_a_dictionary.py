# Right. W and b come in one dictionary, and the gradients leave in one.
import numpy as np


def loss_and_grads(params, X, y):
    W, b = params["W"], params["b"]
    scores = X @ W + b
    scores = scores - scores.max(axis=1, keepdims=True)
    logp = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    n = len(y)
    d = np.exp(logp)
    d[np.arange(n), y] -= 1
    d /= n
    return -logp[np.arange(n), y].mean(), {"W": X.T @ d, "b": d.sum(axis=0)}
