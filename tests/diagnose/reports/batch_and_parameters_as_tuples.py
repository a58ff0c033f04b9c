import numpy as np


def loss_and_grads(params, batch):
    (W, b), (X, y) = params, batch
    z = X @ W + b
    z -= z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    d = np.exp(log_p)
    d[np.arange(len(y)), y] -= 1
    d /= len(y)
    return -log_p[np.arange(len(y)), y].mean(), (X.T @ d, d.sum(axis=0))
