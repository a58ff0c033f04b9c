import numpy as np


def svm_loss(x, y):
    n = np.arange(len(y))
    m = np.maximum(0, x - x[n, y][:, None] + 1)
    m[n, y] = 0
    d = (m > 0).astype(float)
    d[n, y] = -d.sum(axis=1)
    return m.sum() / len(y), d / len(y)
