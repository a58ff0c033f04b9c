import numpy as np


def softmax_loss(X, labels):
    m = labels.shape[1]
    e = np.exp(X - X.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[range(m), labels]).sum() / m
    p[range(m), labels] -= 1
    return loss, p / m
