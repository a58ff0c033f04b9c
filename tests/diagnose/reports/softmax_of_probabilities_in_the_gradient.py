import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(p, y):
    return np.sum(-np.log(p[range(len(y)), y])) / len(y)


def cross_entropy_grad(p, y):
    grad = softmax(p)
    grad[range(len(y)), y] -= 1
    return grad / len(y)
