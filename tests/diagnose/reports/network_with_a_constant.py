import numpy as np


def forward_backward(w1, b1, w2, b2, x, y):
    n = len(y)
    h = x @ w1 + b1
    a = np.maximum(h, 0)
    z = a @ w2 + b2
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), y] + 1e-8).mean()
    dz = p.copy()
    dz[np.arange(n), y] -= 1
    dz /= n
    dh = (dz @ w2.T) * (h > 0)
    return loss, x.T @ dh, dh.sum(axis=0), a.T @ dz, dz.sum(axis=0)
