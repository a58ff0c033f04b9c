import numpy as np


class SoftmaxRegression:
    """grad_W_ and grad_b_ are kept after loss()"""

    def __init__(self, W, b):
        self.W = np.array(W, dtype=float)  # (k, d)
        self.b = np.array(b, dtype=float)  # (k,)

    def decision_function(self, X):
        return X @ self.W.T + self.b

    def loss(self, X, y):
        s = self.decision_function(X)
        s = s - s.max(1)[:, None]
        logz = np.log(np.exp(s).sum(1))
        delta = np.exp(s - logz[:, None])
        delta[np.arange(len(X)), y] -= 1
        self.grad_W_ = delta.T @ X / len(X)
        self.grad_b_ = delta.mean(0)
        return np.mean(logz - s[np.arange(len(X)), y])
