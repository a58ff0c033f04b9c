import numpy as np


def _loss_grad(W, X, y, reg):
    z = X @ W
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    d = np.exp(log_p)
    d[np.arange(len(y)), y] -= 1
    return -log_p[np.arange(len(y)), y].mean() + reg * np.sum(W * W), X.T @ d / len(y) + 2 * reg * W
