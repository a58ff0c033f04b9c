# Right. A network with a hidden layer: forward gives the scores, loss takes the labels, backward keeps the gradients.
import numpy as np


class Net:
    def __init__(self, num_inputs, num_hidden, num_classes):
        self.W1, self.W2 = np.random.randn(num_inputs, num_hidden) * 0.1, np.random.randn(num_hidden, num_classes) * 0.1

    def forward(self, X):
        self.X, self.h = X, np.maximum(0, X @ self.W1)
        self.scores = self.h @ self.W2
        return self.scores

    def loss(self, y):
        z = self.scores - self.scores.max(axis=1, keepdims=True)
        self.logp, self.y = z - np.log(np.exp(z).sum(axis=1, keepdims=True)), y
        return -self.logp[np.arange(len(y)), y].mean()

    def backward(self):
        d = np.exp(self.logp)
        d[np.arange(len(self.y)), self.y] -= 1
        d /= len(self.y)
        dh = d @ self.W2.T * (self.h > 0)
        self.dW2, self.dW1 = self.h.T @ d, self.X.T @ dh
