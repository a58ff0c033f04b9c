import numpy as np


class LinearSoftmax:
    def __init__(self, n_features, n_classes):
        self.W, self.decay_of_the_rate = np.zeros((n_features, n_classes)), [0.5, 0.25]

    def forward(self, X):
        z = X @ self.W
        shifted = np.exp(z - z.max(axis=1, keepdims=True))
        return shifted / shifted.sum(axis=1, keepdims=True)

    def loss(self, p, y):
        return -np.mean(np.log(p[np.arange(len(y)), y]))

    def backward(self, X, y, p):
        self.W -= self.decay_of_the_rate[0] * X.T @ (p - np.eye(p.shape[1])[y]) / len(y)
