import numpy as np


def loss_function(W, X, y):
    """W: C x D, X: N x D (one image per row), y: N"""
    N = len(X)
    scores = X.dot(W.T)
    scores -= np.max(scores, axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    dscores = np.exp(log_p)
    dscores[np.arange(N), y] -= 1
    return -log_p[np.arange(N), y].mean(), np.dot(X.T, dscores / N).reshape(W.shape)
