import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=0)


def loss_and_grad(w, x, b, y):
    p = softmax(np.dot(w.T, x) + b)
    return -np.sum(y * np.log(p)), np.dot((p - y).reshape(-1, 1), x.reshape(1, -1)), p - y
