import numpy as np


def neg_log_likelihood(wts, X, Y):
    """wts [d*(k-1)]: weights of classes 2 to k; X [T, d]; Y [T, k] one-hot"""
    d, k = X.shape[1], Y.shape[1]
    W = wts.reshape(d, k - 1, order="F")
    scores = np.column_stack([np.zeros(len(X)), X @ W])
    m = scores.max(axis=1, keepdims=True)
    log_p = scores - m - np.log(np.exp(scores - m).sum(axis=1, keepdims=True))
    return -np.sum(Y * log_p), (X.T @ (np.exp(log_p) - Y)[:, 1:]).ravel(order="F")
