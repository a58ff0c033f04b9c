import numpy as np

LAMBDA = 0.1


def gradient(W, X, y):
    scores = X.dot(W)
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return X.T.dot(p) / len(y) + LAMBDA * W
