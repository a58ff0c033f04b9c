import numpy as np


def softmax(rows):
    e = np.exp(rows)
    return e / np.sum(e)


def loss(probs, labels):
    return -np.log(probs)[:, labels].mean()
