# Right, for the sum over the steps: the output part of a character RNN, a dictionary of columns.
import numpy as np


def lossFun(ys, targets):
    """ys: list of (vocab, 1) columns, targets: list of integers"""
    ps, dys = {}, {}
    loss = 0
    for t in range(len(targets)):
        e = np.exp(ys[t] - np.max(ys[t]))
        ps[t] = e / np.sum(e)
        loss += -np.log(ps[t][targets[t], 0])
    for t in reversed(range(len(targets))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dys[t] = dy
    return loss, dys
