import numpy as np


def softmax_regression_vec(theta, X, y):
    """theta: n x (k - 1), flat; X: n x m; y: labels 0 to k - 1. The last class has the weights 0."""
    n, m = X.shape
    theta = theta.reshape(n, -1)
    k = theta.shape[1] + 1
    scores = np.vstack([theta.T @ X, np.zeros(m)])
    scores -= scores.max(axis=0)
    p = np.exp(scores) / np.exp(scores).sum(axis=0)
    f = -np.log(p[y, np.arange(m)]).sum()
    g = X @ (p - np.eye(k)[:, y])[:-1].T
    return f, g.ravel()
