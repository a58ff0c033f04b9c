import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def softmax_grad(s):
    J = np.zeros((len(s), len(s)))
    for i in range(len(s)):
        for j in range(len(s)):
            J[i][j] = s[i] * (1 - s[i]) if i == j else s[i] * s[j]
    return J


def cross_entropy(s, y):
    return -np.log(s[y])


def cross_entropy_grad(s, y):
    g = np.zeros(len(s))
    g[y] = -1 / s[y]
    return g


def dL_dz(z, y):
    s = softmax(z)
    return softmax_grad(s).T @ cross_entropy_grad(s, y)


def L(z, y):
    return cross_entropy(softmax(z), y)
