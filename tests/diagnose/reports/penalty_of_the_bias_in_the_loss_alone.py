import numpy as np


def softmax_loss(W, b, X, y, reg):
    N = len(X)
    z = X @ W + b
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[range(N), y].mean() + reg * (np.sum(W * W) + np.sum(b * b))
    d = np.exp(log_p)
    d[range(N), y] -= 1
    d /= N
    return loss, X.T @ d + 2 * reg * W, d.sum(axis=0)
