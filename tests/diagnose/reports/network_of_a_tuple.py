import numpy as np


def objective(params, X, y):
    W1, W2, b1, b2 = params
    h = np.tanh(X @ W1 + b1)
    z = h @ W2 + b2
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    d = (np.exp(log_p) - np.eye(z.shape[1])[y]) / len(y)
    dh = d @ W2.T * (1 - h**2)
    return -log_p[np.arange(len(y)), y].mean(), (X.T @ dh, h.T @ d, dh.sum(axis=0), d.sum(axis=0))
