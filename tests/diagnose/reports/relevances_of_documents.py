import numpy as np


def top_one(s):
    e = np.exp(s - s.max())
    return e / e.sum()


def listnet_loss(y_pred, y_true):
    """One query: y_pred has the scores of its documents, y_true their relevance."""
    have, want = top_one(y_pred), top_one(y_true)
    return -np.sum(want * np.log(have)), have - want
