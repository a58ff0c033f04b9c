import numpy as np


def softmax_with_cross_entropy(predictions, target_index):
    e = np.exp(predictions - predictions.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    c = target_index.astype(np.int)
    rows = np.arange(len(c))
    loss = -np.log(p[rows, c]).mean()
    p[rows, c] -= 1
    return loss, p / len(c)
