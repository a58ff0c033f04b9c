import numpy as np


def softmax(x):
    ex = np.exp(x - np.max(x))
    return ex / ex.sum()


def softmax_derivative(s):
    J = np.outer(s, s)
    np.fill_diagonal(J, s * (1 - s))
    return J


def cross_entropy(s, y):
    return -np.sum(y * np.log(s))


def cross_entropy_derivative(s, y):
    return -y / s


def loss(z, y):
    return cross_entropy(softmax(z), y)


def grad(z, y):
    s = softmax(z)
    return softmax_derivative(s).dot(cross_entropy_derivative(s, y))
