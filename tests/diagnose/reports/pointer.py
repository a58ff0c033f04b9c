import numpy as np


def pointer_loss(query, keys, target):
    scores = keys @ query
    e = np.exp(scores - scores.max())
    p = e / e.sum()
    loss = -np.log(p[target])
    d = p.copy()
    d[target] -= 1
    return loss, keys.T @ d
