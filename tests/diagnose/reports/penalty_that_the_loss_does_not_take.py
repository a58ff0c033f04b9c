import numpy as np


def loss(X, Y, W):
    Z = -X @ W
    return (np.trace(X @ W @ Y.T) + np.log(np.exp(Z).sum(axis=1)).sum()) / len(X)


def gradient(X, Y, W, mu):
    P = np.exp(-X @ W)
    P /= P.sum(axis=1, keepdims=True)
    return X.T @ (Y - P) / len(X) + 2 * mu * W
