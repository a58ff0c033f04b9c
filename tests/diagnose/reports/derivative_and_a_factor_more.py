import numpy as np


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


def softmax_prime(z):
    return softmax(z) * (1 - softmax(z))


def cost(a, y):
    return -np.sum(y * np.log(a))


def cost_derivative(a, y):
    return a - y


def backprop(z, y):
    a = softmax(z)
    return cost(a, y), cost_derivative(a, y) * softmax_prime(z)
