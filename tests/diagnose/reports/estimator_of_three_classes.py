import numpy as np


class Estimator:
    def __init__(self, n_classes=3, l2=0.0, seed=1):
        self.n_classes = n_classes
        self.l2 = l2
        self.seed = seed

    def _start(self, n_features):
        self.w_ = np.random.RandomState(self.seed).normal(scale=0.01, size=(n_features, self.n_classes))
        self.b_ = np.zeros(self.n_classes)

    def _softmax(self, X):
        z = X.dot(self.w_) + self.b_
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return (e.T / e.sum(axis=1)).T

    def _one_hot(self, y):
        mat = np.zeros((len(y), self.n_classes))
        for i, value in enumerate(y):
            mat[i, value] = 1
        return mat

    def cost(self, X, y):
        losses = -np.sum(np.log(self._softmax(X)) * self._one_hot(y), axis=1)
        return losses.mean() + 0.5 * self.l2 * np.sum(self.w_ ** 2)

    def gradient(self, X, y):
        diff = self._softmax(X) - self._one_hot(y)
        return X.T.dot(diff) / len(X) + self.l2 * self.w_, diff.mean(axis=0)

    def fit(self, X, y, eta=0.1, epochs=20):
        self._start(X.shape[1])
        for _ in range(epochs):
            dw, db = self.gradient(X, y)
            self.w_ -= eta * dw
            self.b_ -= eta * db
        return self
