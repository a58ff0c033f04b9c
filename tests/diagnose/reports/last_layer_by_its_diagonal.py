import numpy as np


def softmax(Z):
    e = np.exp(Z - Z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True), Z


def softmax_backward(dA, cache):
    s, _ = softmax(cache)
    return dA * s * (1 - s)


def last_layer(Z, Y):
    """Z, Y of shape (classes, m)"""
    m = Y.shape[1]
    AL, cache = softmax(Z)
    return -np.sum(Y * np.log(AL)) / m, softmax_backward(-Y / AL / m, cache)
