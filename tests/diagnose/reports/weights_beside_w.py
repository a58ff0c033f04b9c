import numpy as np


def f(W, X, y, reg, weights):
    n = X.shape[0]
    z = X @ W
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = np.sum(weights * -np.log(p[np.arange(n), y])) / n + 0.5 * reg * np.sum(W * W)
    dz = p.copy()
    dz[np.arange(n), y] -= 1
    dz *= weights[:, None]
    return loss, X.T @ dz / n + reg * W
