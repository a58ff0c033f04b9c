import numpy as np


class Losses:
    def softmax(X):
        e = np.exp(X - X.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def cross_entropy(X, y):
        rows, p = np.arange(len(y)), Losses.softmax(X)
        loss = -np.log(p[rows, y]).sum() / len(y)
        p[rows, y] -= 1
        return loss, p
