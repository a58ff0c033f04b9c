import numpy as np


def loss_and_gradients(X, y, W1, b1, W2, b2, reg=0.0):
    h = np.maximum(0, X @ W1 + b1)
    z = h @ W2 + b2
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    d = (np.exp(log_p) - np.eye(len(b2))[y]) / len(y)
    dh = d @ W2.T * (h > 0)
    loss = -log_p[np.arange(len(y)), y].mean() + reg * (np.sum(W1**2) + np.sum(W2**2))
    return loss, X.T @ dh + 2 * reg * W1, dh.sum(axis=0), h.T @ d + 2 * reg * W2, d.sum(axis=0)
