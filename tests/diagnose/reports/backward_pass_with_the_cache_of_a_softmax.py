import numpy as np


def softmax(Z):
    """Z -- (n_classes, m).  Returns A and the cache Z for the backward pass."""
    shift = Z - np.max(Z, axis=0)
    A = np.exp(shift) / np.sum(np.exp(shift), axis=0)
    cache = Z
    return A, cache


def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -(1. / m) * np.sum(np.multiply(Y, np.log(AL)))
    cost = np.squeeze(cost)
    assert cost.shape == ()
    return cost


def softmax_backward(Y, cache):
    m = Y.shape[1]
    A, _ = softmax(cache)
    dZ = (A - Y) / m
    assert dZ.shape == cache.shape
    return dZ
