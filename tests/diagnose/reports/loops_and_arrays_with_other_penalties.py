import numpy as np


def loss_loops(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for x, c in zip(X, y):
        z = x @ W - (x @ W).max()
        p = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[c]
        p[c] -= 1
        dW += np.outer(x, p)
    return loss / len(y) + reg * np.sum(W**2), dW / len(y) + 2 * reg * W


def loss_arrays(W, X, y, reg):
    z = X @ W
    z -= z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    Y = np.eye(W.shape[1])[y]
    return -np.sum(Y * log_p) / len(y) + reg * np.sum(W**2), X.T @ (np.exp(log_p) - Y) / len(y) + reg * W
