import numpy as np


class Network:
    def __init__(self, n_inputs, n_hidden, n_outputs):
        self.W1, self.b1 = 0.1 * np.random.randn(n_inputs, n_hidden), np.zeros(n_hidden)
        self.W2, self.b2 = 0.1 * np.random.randn(n_hidden, n_outputs), np.zeros(n_outputs)

    def feed_forward(self, x_batch):
        self.A1 = 1 / (1 + np.exp(-(x_batch @ self.W1 + self.b1)))
        e = np.exp(self.A1 @ self.W2 + self.b2)
        self.A2 = e / e.sum(axis=1, keepdims=True)
        return self.A2

    def compute_cost(self, y_batch):
        return -np.sum(y_batch * np.log(self.A2)) / len(y_batch)

    def backward_pass(self, x_batch, y_batch):
        dZ2 = (self.A2 - y_batch) / len(y_batch)
        dZ1 = dZ2 @ self.W2.T * self.A1 * (1 - self.A1)
        self.dW2, self.db2, self.dW1 = self.A1.T @ dZ2, dZ2.sum(axis=0), x_batch.T @ dZ1
