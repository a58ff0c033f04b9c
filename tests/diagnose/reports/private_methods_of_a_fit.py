import numpy as np


class SoftmaxClassifier:
    def __init__(self, eta=0.1, epochs=50):
        self.eta, self.epochs = eta, epochs

    def _probabilities(self, X):
        z = X @ self.w_ + self.b_
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def _loss(self, X, Y):
        return -np.mean(np.log(self._probabilities(X)[Y == 1]))

    def _grad(self, X, Y):
        return X.T @ (self._probabilities(X) - Y) / len(X)

    def fit(self, X, y):
        Y = np.eye(y.max() + 1)[y]
        self.w_, self.b_ = np.zeros((X.shape[1], Y.shape[1])), np.zeros(Y.shape[1])
        for _ in range(self.epochs):
            self.w_ -= self.eta * self._grad(X, Y)
        return self
