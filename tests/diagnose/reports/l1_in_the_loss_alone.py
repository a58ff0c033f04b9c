import numpy as np


def objective(X, y, W, b, l1=1e-3, l2=1e-2):
    n, rows = len(y), np.arange(len(y))
    Z = X @ W + b
    Z -= Z.max(axis=1, keepdims=True)
    L = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    G = np.exp(L)
    G[rows, y] -= 1
    loss = -L[rows, y].mean() + l1 * np.abs(W).sum() + l2 / 2 * (W**2).sum()
    return {"loss": loss, "dW": X.T @ G / n + l2 * W, "db": G.sum(axis=0) / n}
