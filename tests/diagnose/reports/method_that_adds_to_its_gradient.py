import numpy as np


class Classifier:
    def __init__(self, num_features, num_classes):
        self.W = np.zeros((num_features, num_classes))
        self.dW = np.zeros((num_features, num_classes))

    def loss_and_gradient(self, X, y):
        z = X @ self.W
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        rows = np.arange(len(y))
        for n in rows:
            dz = np.exp(log_p[n])
            dz[y[n]] -= 1
            self.dW += np.outer(X[n], dz) / len(y)
        return -log_p[rows, y].mean(), self.dW

    def step(self, rate):
        self.W -= rate * self.dW
