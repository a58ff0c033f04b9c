import numpy as np


def unpack(params, d):
    k = params.size // (d + 1)
    return params[:k], params[k:].reshape(k, d)


def log_probabilities(params, X):
    b, W = unpack(params, X.shape[1])
    z = X @ W.T + b
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def nll(params, X, y):
    return -log_probabilities(params, X)[np.arange(len(y)), y].mean()


def nll_grad(params, X, y):
    delta = np.exp(log_probabilities(params, X))
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    return np.concatenate([delta.sum(axis=0), (delta.T @ X).ravel()])
