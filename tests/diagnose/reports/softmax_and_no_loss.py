import numpy as np


def softmax(X):
    e = np.exp(X)
    return e / e.sum(axis=1, keepdims=True)


print(softmax(np.array([[1.0, 2.0, 3.0]])))
