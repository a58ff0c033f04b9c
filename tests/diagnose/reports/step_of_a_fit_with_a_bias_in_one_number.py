import numpy as np


def fit_step(X, y_enc, w, b):
    """returns cost, grad wrt w, grad wrt b    (X: n x f, y_enc: n x c one-hot, w: f x c, b: c)"""
    net = X.dot(w) + b
    net = net - net.max(axis=1, keepdims=True)
    log_out = net - np.log(np.sum(np.exp(net), axis=1, keepdims=True))
    cost = np.mean(-np.sum(y_enc * log_out, axis=1))
    diff = (np.exp(log_out) - y_enc) / X.shape[0]
    grad_w = X.T.dot(diff)
    grad_b = np.sum(diff)
    return cost, grad_w, grad_b
