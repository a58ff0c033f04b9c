# The derivative of the softmax is its diagonal, behind a derivative by the probabilities.
import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_derivative(s):
    return s * (1 - s)


def cross_entropy(s, y):
    return -np.mean(np.sum(y * np.log(s), axis=1))


def cross_entropy_derivative(s, y):
    return -y / s / len(s)
