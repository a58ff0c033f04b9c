import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss_and_grad(W, X, y):
    N = len(X)
    P = softmax(X @ W)
    loss = -np.log(P[np.arange(N), y]).sum() + 0.1 * np.linalg.norm(W)
    P[np.arange(N), y] -= 1
    return loss, X.T @ P + 0.1 * W / np.linalg.norm(W)
