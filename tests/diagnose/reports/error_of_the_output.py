import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cost(z, y):
    return -np.sum(y * np.log(softmax(z)))


def output_error(z, y):
    s = softmax(z)
    return (s - y) * s * (1 - s)
