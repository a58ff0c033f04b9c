import numpy as np


def map_objective(W, X, y, W0, tau=1.0):
    rows = np.arange(len(y))
    Z = X @ W
    Z -= Z.max(axis=1, keepdims=True)
    L = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    G = np.exp(L)
    G[rows, y] -= 1
    return -L[rows, y].sum() + tau / 2 * ((W - W0) ** 2).sum(), X.T @ G + tau * (W - W0)
