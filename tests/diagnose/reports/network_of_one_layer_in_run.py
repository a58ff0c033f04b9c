import numpy as np


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def run(syn0, X, y):
    l1 = nonlin(np.dot(X, syn0))
    cost = -np.sum(y * np.log(l1)) / len(X)
    l1_error = l1 - y
    l1_delta = l1_error * nonlin(l1, True)
    return cost, np.dot(X.T, l1_delta) / len(X)
