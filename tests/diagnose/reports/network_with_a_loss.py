# A network whose weights are of two layers, with a method for the loss of scores.
import numpy as np


class TwoLayerNet:
    def __init__(self, D=6, H=5, C=4):
        self.W1, self.W2 = np.random.randn(D, H), np.random.randn(H, C)

    def softmax_loss(self, scores, y):
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        n = len(y)
        loss = -np.log(p[np.arange(n), y]).sum() / n
        p[np.arange(n), y] -= 1
        return loss, p / n

    def loss(self, X, y):
        h = np.maximum(0, X @ self.W1)
        s = h @ self.W2
        loss, d = self.softmax_loss(s, y)
        return loss, {"W2": h.T @ d}
