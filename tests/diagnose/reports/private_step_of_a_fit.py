import numpy as np


class Classifier:
    def __init__(self, eta=0.1, epochs=50):
        self.eta = eta
        self.epochs = epochs

    def _log_probabilities(self, X):
        Z = X @ self.W + self.b
        Z = Z - Z.max(axis=1, keepdims=True)
        return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))

    def _step(self, X, Y):
        log_p = self._log_probabilities(X)
        self.loss_ = -np.mean(np.sum(Y * log_p, axis=1))
        error = np.exp(log_p) - Y
        self.grad_W_ = X.T @ error / len(X)
        self.grad_b_ = error.mean(axis=0)

    def fit(self, X, y):
        self.W = np.zeros((X.shape[1], y.max() + 1))
        self.b = np.zeros(y.max() + 1)
        for _ in range(self.epochs):
            self._step(X, np.eye(y.max() + 1)[y])
            self.W -= self.eta * self.grad_W_
            self.b -= self.eta * self.grad_b_
        return self
