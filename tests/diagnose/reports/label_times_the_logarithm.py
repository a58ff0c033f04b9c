import numpy as np


def loss_and_delta(z2, y):
    scores = np.exp(z2 - z2.max(axis=1, keepdims=True))
    a2 = scores / scores.sum(axis=1, keepdims=True)
    loss = -np.sum(y * np.log(a2[range(len(y)), y])) / len(y)
    a2[range(len(y)), y] -= 1
    return loss, a2 / len(y)
