# Weights and bias in one list, and the gradient as a list of both.
import numpy as np


def scores(params, X):
    W, b = params
    return X @ W + b


def loss(params, X, y):
    z = scores(params, X)
    z = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]).mean()


def grad(params, X, y):
    z = scores(params, X)
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    p /= len(y)
    return [X.T @ p, p.sum(axis=0)]
