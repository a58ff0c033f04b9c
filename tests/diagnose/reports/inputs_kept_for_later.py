import numpy as np


def forward_backward(W, X, y):
    z = X @ W
    z -= z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    d = np.exp(log_p)
    d[np.arange(len(y)), y] -= 1
    return -log_p[np.arange(len(y)), y].mean(), X.T @ d / len(y), X - X.mean(axis=0)
