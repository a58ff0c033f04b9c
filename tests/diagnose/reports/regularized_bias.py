import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss_and_grads(W, b, X, y):
    N = len(X)
    P = softmax(X @ W + b)
    loss = -np.log(P[np.arange(N), y]).mean() + 0.01 * (W**2).sum() + 0.01 * (b**2).sum()
    P[np.arange(N), y] -= 1
    return loss, X.T @ P / N + 0.02 * W, P.mean(axis=0) + 0.02 * b
