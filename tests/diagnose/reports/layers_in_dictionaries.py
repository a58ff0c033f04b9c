import numpy as np


def value_and_grad(layers, X, y):
    hidden = np.maximum(0, X @ layers[0]["W"] + layers[0]["b"])
    z = hidden @ layers[1]["W"] + layers[1]["b"]
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))

    dz = np.exp(log_p)
    dz[rows, y] -= 1
    dz /= len(y)
    dh = dz @ layers[1]["W"].T
    dh[hidden <= 0] = 0
    grads = [{"W": X.T @ dh, "b": dh.sum(axis=0)}, {"W": hidden.T @ dz, "b": dz.sum(axis=0)}]
    return -log_p[rows, y].mean(), grads
