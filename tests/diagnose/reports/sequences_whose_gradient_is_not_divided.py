import numpy as np


def temporal_loss(x, targets):
    N, T, V = x.shape
    z, t = x.reshape(N * T, V), targets.reshape(N * T)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    d = np.exp(log_p)
    d[np.arange(N * T), t] -= 1
    return -log_p[np.arange(N * T), t].sum() / N, d.reshape(N, T, V)
