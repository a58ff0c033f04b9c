import numpy as np


class Softmax:
    """For one example, a column: what it keeps for the bias is not a sum."""

    def __init__(self, n_in, n_out):
        self.W, self.b = np.random.randn(n_out, n_in), np.zeros((n_out, 1))

    def forward(self, x):
        self.x, z = x, self.W @ x + self.b
        self.log_p = z - z.max() - np.log(np.exp(z - z.max()).sum(axis=0))
        return np.exp(self.log_p)

    def loss(self, y):
        return -np.sum(y * self.log_p)

    def backward(self, y):
        self.db = np.exp(self.log_p) - y
        self.dW = self.db @ self.x.T
