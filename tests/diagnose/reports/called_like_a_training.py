import numpy as np


class Softmax:
    def __call__(self, z):
        shifted = np.exp(z - z.max(axis=1, keepdims=True))
        return shifted / shifted.sum(axis=1, keepdims=True)


class CrossEntropy:
    def loss(self, y, p):
        return -np.sum(y * np.log(p), axis=1)

    def gradient(self, y, p):
        return -y / p


def train_on_batch(logits, y):
    p, criterion = Softmax()(logits), CrossEntropy()
    g = criterion.gradient(y, p)
    return np.mean(criterion.loss(y, p)), p * (g - np.sum(p * g, axis=1, keepdims=True))
