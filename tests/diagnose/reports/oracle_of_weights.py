import numpy as np


class MultinomialLoss:
    def __init__(self, l2_coef):
        self.l2_coef = l2_coef

    def func(self, X, y, w):
        z = X @ w.T
        m = z.max(axis=1)
        lse = m + np.log(np.exp(z - m[:, None]).sum(axis=1))
        return (lse - z[np.arange(len(X)), y]).mean() + self.l2_coef * (w[:, 1:] ** 2).sum()

    def grad(self, X, y, w):
        z = X @ w.T
        e = np.exp(z - z.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        p[np.arange(len(X)), y] -= 1
        g = p.T @ X / len(X)
        g[:, 1:] += 2 * self.l2_coef * w[:, 1:]
        return g
