import numpy as np


class SoftmaxClassifier:
    # the bias is the last row of W, and X gets a column of ones

    def __init__(self, dim, n_classes, reg=1e-3):
        self.W = np.random.default_rng(0).normal(size=(dim + 1, n_classes))
        self.reg, self.grad_W, self.last_loss = reg, None, None

    def compute_gradient(self, X, y):
        X = np.hstack([X, np.ones((len(X), 1))])
        S = X.dot(self.W)
        S = (S.T - S.max(1)).T
        log_P = (S.T - np.log(np.exp(S).sum(1))).T
        rows = np.arange(y.size)
        self.last_loss = -log_P[rows, y].sum() / y.size + self.reg * np.linalg.norm(self.W) ** 2
        P = np.exp(log_P)
        P[rows, y] -= 1
        self.grad_W = X.T.dot(P) + 2 * self.reg * self.W

    def step(self, X, y, lr):
        self.compute_gradient(X, y)
        self.W -= lr * self.grad_W
        return self.last_loss
