import numpy as np


def softmax_loss(W, X, y, reg):
    N = len(X)
    z = X @ W
    z -= z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[range(N), y].mean() + 0.5 * reg * np.sum(W * W)
    d = np.exp(log_p)
    d[range(N), y] -= 1
    dW = X.T @ d
    dW /= N + reg * W
    return loss, dW
