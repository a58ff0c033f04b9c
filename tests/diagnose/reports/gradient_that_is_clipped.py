import numpy as np


def loss_and_gradient(W, X, y):
    P = np.exp(X @ W)
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(len(y)), y]).sum()
    P[np.arange(len(y)), y] -= 1
    return loss, np.clip(X.T @ P, -1, 1)
