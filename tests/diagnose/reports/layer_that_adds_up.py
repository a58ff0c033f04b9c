import numpy as np


class Linear:
    def __init__(self, n_in, n_out):
        self.W = 0.1 * np.random.RandomState(1).randn(n_in, n_out)
        self.dW = np.zeros_like(self.W)

    def forward(self, X, y):
        self.X, self.y = X, y
        z = X.dot(self.W)
        z = z - z.max(axis=1, keepdims=True)
        self.logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return -self.logp[np.arange(len(y)), y].mean()

    def backward(self):
        p = np.exp(self.logp)
        for i in range(len(p)):
            p[i, self.y[i]] -= 1
            self.dW += np.outer(self.X[i], p[i]) / len(p)
        return self.dW
