# Right. A factory without arguments that returns loss and gradient functions.
import numpy as np


def make_cross_entropy():
    def softmax(z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def loss(z, y):
        return -np.log(softmax(z)[np.arange(len(y)), y]).mean()

    def grad(z, y):
        p = softmax(z)
        p[np.arange(len(y)), y] -= 1
        return p / len(y)

    return loss, grad
