# A loss alone, beside an epoch of training which has its gradient inside: that is not judged, and the answer says so.
import numpy as np


def softmax_loss(Z, y):
    m = Z.max(axis=1)
    return np.mean(m + np.log(np.exp(Z - m[:, np.newaxis]).sum(axis=1)) - Z[np.arange(len(y)), y])


def epoch(X, y, theta, lr=0.1):
    s = np.exp(X @ theta)
    s /= s.sum(axis=1, keepdims=True)
    theta -= lr / len(y) * X.T @ (s - np.eye(theta.shape[1])[y])
