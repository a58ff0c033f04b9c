import numpy as np


class Objective:
    def __init__(self, X, y, k, lam=0.01):
        self.X, self.y, self.k, self.lam = X, y, k, lam

    def loss(self, theta):
        W = theta.reshape(self.X.shape[1], self.k)
        z = self.X @ W
        z -= z.max(axis=1, keepdims=True)
        chosen = z[np.arange(len(z)), self.y]
        return np.mean(np.log(np.exp(z).sum(axis=1)) - chosen) + self.lam * np.sum(W**2)

    def gradient(self, theta):
        W = theta.reshape(self.X.shape[1], self.k)
        p = np.exp(self.X @ W)
        p /= p.sum(axis=1, keepdims=True)
        return (self.X.T @ p / len(p) + 2 * self.lam * W).ravel()
