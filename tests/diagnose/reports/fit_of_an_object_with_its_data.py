import numpy as np


class Softmax:
    def __init__(self, X, y, rate=0.1):
        self.X, self.y, self.rate = X, y, rate

    def fit(self, steps=100):
        self.theta = np.zeros((self.X.shape[1], 3))
        for _ in range(steps):
            p = np.exp(self.X @ self.theta)
            p /= p.sum(axis=1, keepdims=True)
            self.theta -= self.rate * self.X.T @ (p - np.eye(3)[self.y]) / len(self.y)
