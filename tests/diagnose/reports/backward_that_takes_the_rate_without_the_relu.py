import numpy as np


class MLP:
    def __init__(self, n_input, n_hidden, n_output):
        self.W1, self.b1 = np.random.randn(n_input, n_hidden), np.zeros((1, n_hidden))
        self.W2, self.b2 = np.random.randn(n_hidden, n_output), np.zeros((1, n_output))

    def forward(self, X):
        self.h = np.maximum(0, X @ self.W1 + self.b1)
        z = self.h @ self.W2 + self.b2
        shifted = np.exp(z - z.max(axis=1, keepdims=True))
        self.p = shifted / shifted.sum(axis=1, keepdims=True)
        return self.p

    def compute_loss(self, y_true_oh, y_pred):
        return -np.sum(y_true_oh * np.log(y_pred)) / len(y_pred)

    def backward(self, X, y_true_oh, lr):
        delta = (self.p - y_true_oh) / len(X)
        hidden = delta @ self.W2.T
        self.W2 -= lr * self.h.T @ delta
        self.b2 -= lr * delta.sum(axis=0, keepdims=True)
        self.W1 -= lr * X.T @ hidden
        self.b1 -= lr * hidden.sum(axis=0, keepdims=True)
