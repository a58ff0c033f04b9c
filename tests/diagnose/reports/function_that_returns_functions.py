# Right. A function that returns functions, for an optimiser.
import numpy as np


def make_objective(X, y, lam=0.0):
    n = X.shape[0]

    def loss(W):
        z = X @ W
        z = z - z.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return -logp[np.arange(n), y].mean() + 0.5 * lam * np.sum(W ** 2)

    def grad(W):
        z = X @ W
        z = z - z.max(axis=1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        p[np.arange(n), y] -= 1
        return X.T @ p / n + lam * W

    return loss, grad
