# The forward pass takes the logits alone, a second method the labels; backward returns s - y, for the loss of the sum. Right.
import numpy as np


class Network:
    def forward(self, z):
        self.z = z - z.max(axis=1, keepdims=True)
        self.log_total = np.log(np.exp(self.z).sum(axis=1, keepdims=True))
        return np.exp(self.z - self.log_total)

    def loss(self, y):
        return (self.log_total[:, 0] - self.z[np.arange(len(y)), y]).sum()

    def backward(self, y):
        d = np.exp(self.z - self.log_total)
        d[np.arange(len(y)), y] -= 1
        return d
