import numpy as np


def loss_and_gradient(W, X, y):
    X = X / np.linalg.norm(X, axis=1, keepdims=True)
    P = np.exp(X @ W)
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(len(y)), y]).mean()
    P[np.arange(len(y)), y] -= 1
    return loss, X.T @ P / len(y)
