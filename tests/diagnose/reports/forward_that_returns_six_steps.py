import numpy as np


def forward(z, y):
    m = z.max(axis=1, keepdims=True)
    shifted = z - m
    e = np.exp(shifted)
    total = e.sum(axis=1, keepdims=True)
    p = e / total
    logp = shifted - np.log(total)
    loss = -logp[np.arange(len(y)), y].mean()
    return loss, shifted, e, total, p, logp


def backward(cache, y):
    loss, shifted, e, total, p, logp = cache
    dlogp = np.zeros_like(logp)
    dlogp[np.arange(len(y)), y] = -1 / len(y)
    dtotal = -dlogp.sum(axis=1, keepdims=True) / total
    return dlogp + dtotal * e
