import numpy as np


def loss_and_grads(params, batch):
    (W1, b1), (W2, b2) = params
    X, y = batch
    hidden = np.tanh(X @ W1 + b1)
    z = hidden @ W2 + b2
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))

    dz = np.exp(log_p)
    dz[rows, y] -= 1
    dz /= len(y)
    dh = dz @ W2.T * (1 - hidden**2)
    return -log_p[rows, y].mean(), [(X.T @ dh, dh.sum(axis=0)), (hidden.T @ dz, dz.sum(axis=0))]
