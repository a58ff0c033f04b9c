# A loss that calls the one of its parent class, which keeps the weights.
import numpy as np


class Base:
    def __init__(self, n_in=3, n_out=4):
        self.W = np.random.randn(n_in, n_out)

    def loss(self, X, y, reg):
        z = X @ self.W
        z = z - z.max(axis=1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        loss = -np.log(p[np.arange(len(y)), y]).mean() + reg * (self.W**2).sum()
        p[np.arange(len(y)), y] -= 1
        return loss, X.T @ p / len(y) + 2 * reg * self.W


class Softmax(Base):

    def loss(self, X, y, reg):
        return super().loss(X, y, reg)
