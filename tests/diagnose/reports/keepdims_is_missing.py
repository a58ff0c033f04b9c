import numpy as np


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum(axis=1)


def cross_entropy(z, onehot):
    return -np.sum(onehot * np.log(softmax(z))) / len(z)


def gradient(z, onehot):
    return (softmax(z) - onehot) / len(z)
