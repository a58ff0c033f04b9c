import numpy as np


def gradients(X, Y, W, b):
    z = X @ W + b
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    delta = (np.exp(log_p) - Y) / len(X)
    return -np.sum(Y * log_p) / len(X), {"W": X.T @ delta, "b": np.sum(delta, axis=1)}
