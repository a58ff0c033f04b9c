import numpy as np


def softmax(z):
    shifted = np.exp(z - z.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def cross_entropy(p, t):
    return -np.sum(t * np.log(p)) / len(p)


class SoftmaxCrossEntropy:
    def forward(self, z, t):
        self.p, self.t = softmax(z), t
        return cross_entropy(self.p, t)

    def backwards(self, dout=1):
        return dout * (self.p - self.t) / self.t.shape(0)
