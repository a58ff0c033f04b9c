import numpy as np


def cross_entropy(x, y):
    rows = np.arange(len(y))
    d = x.copy()
    d[rows, y] -= 1
    return -np.log(x[rows, y]).mean(), d / len(y)
