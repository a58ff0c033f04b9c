# A softmax that is called, and a loss of probabilities whose gradient is s - y already.
import numpy as np


class Softmax:
    def __call__(self, x):
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    def gradient(self, x):
        p = self(x)
        return p * (1 - p)


class CrossEntropy:
    def loss(self, y, p):
        p = np.clip(p, 1e-15, 1 - 1e-15)
        return -(y * np.log(p)).sum(axis=1).mean()

    def gradient(self, y, p):
        return (p - y) / len(y)
