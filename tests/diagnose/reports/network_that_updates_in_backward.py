import numpy as np


class Net:
    def __init__(self, n_in, hidden_size, n_out):
        self.W1, self.b1 = 0.1 * np.random.randn(n_in, hidden_size), np.zeros((1, hidden_size))
        self.W2, self.b2 = 0.1 * np.random.randn(hidden_size, n_out), np.zeros((1, n_out))

    def forward(self, X):
        self.X, self.h = X, np.maximum(0, X @ self.W1 + self.b1)
        z = self.h @ self.W2 + self.b2
        z = z - z.max(axis=1, keepdims=True)
        self.log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return np.exp(self.log_p)

    def loss(self, y):
        return -self.log_p[np.arange(len(y)), y].mean()

    def backward(self, y):
        d = (np.exp(self.log_p) - np.eye(self.b2.size)[y]) / len(y)
        dh = d @ self.W2.T * (self.h > 0)
        self.dW2, self.db2, self.dW1, self.db1 = self.h.T @ d, d.sum(axis=0), self.X.T @ dh, dh.sum(axis=0)
        self.W2 = self.W2 - 0.1 * self.dW2
        self.W1 -= 0.1 * self.dW1
