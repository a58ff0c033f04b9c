import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(a, t):
    return -np.sum(t * np.log(a))


def cross_entropy_derivative(a, t):
    return a - t


def output_error(z, t):
    a = softmax(z)
    return cross_entropy_derivative(a, t) * a * (1 - a)
