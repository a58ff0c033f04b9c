import numpy as np


def softmax(X):
    e = np.exp(X) - np.max(X)
    return e / np.sum(e, axis=1, keepdims=True)


def cross_entropy(X, y):
    return -np.log(softmax(X)[range(len(y)), y]).mean()


def delta_cross_entropy(X, y):
    grad = softmax(X)
    grad[range(len(y)), y] -= 1
    return grad / len(y)
