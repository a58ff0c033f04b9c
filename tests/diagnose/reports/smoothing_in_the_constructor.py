import numpy as np


class SmoothedLoss:
    def __init__(self, eps=0.2):
        self.eps = eps

    def forward(self, z, y):
        z = z - z.max(axis=1, keepdims=True)
        self.log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.targets = (1 - self.eps) * np.eye(z.shape[1])[y] + self.eps / z.shape[1]
        return -(self.targets * self.log_p).sum() / len(y)

    def backward(self):
        return (np.exp(self.log_p) - self.targets) / len(self.targets)
