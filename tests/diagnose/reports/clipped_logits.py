import numpy as np


def xent(scores, labels):
    e = np.exp(np.clip(scores, -30, 30))
    p = e / e.sum(axis=1, keepdims=True)
    d = (p - np.eye(p.shape[1])[labels]) / len(labels)
    return -np.log(p[np.arange(len(labels)), labels]).mean(), d
