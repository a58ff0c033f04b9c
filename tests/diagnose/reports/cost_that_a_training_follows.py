import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z, axis=0))
    return e / e.sum(axis=0, keepdims=True)


def softmax_cost(x, y, w):
    return (-1 / x.shape[1]) * np.sum(y * np.log(softmax(np.dot(w, x))))


def softmax_grad(x, y, w):
    return (1 / x.shape[1]) * np.dot(y - softmax(np.dot(w, x)), x.T)


def train(x, y, w, mu=0.1, iters=10):
    costs = []
    for i in range(iters):
        costs.append(softmax_cost(x, y, w))
        w = w - mu * softmax_grad(x, y, w)
    return w, costs
