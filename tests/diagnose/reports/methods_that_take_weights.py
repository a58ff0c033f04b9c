import numpy as np


class Regression:
    def __init__(self, C=1.0, rate=0.1):
        self.C, self.rate = C, rate

    def probabilities(self, X, W):
        Z = X @ W
        Z -= Z.max(axis=1, keepdims=True)
        return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)

    def loss(self, X, Y, W):
        return -self.C * np.mean(np.log((self.probabilities(X, W) * Y).sum(axis=1)))

    def gradient(self, X, Y, W):
        return self.C * X.T @ (self.probabilities(X, W) - Y) / len(X)
