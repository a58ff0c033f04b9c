import numpy as np


def log_likelihood(W, X, Y):
    A = X @ W
    A -= A.max(axis=1, keepdims=True)
    return np.sum(Y * (A - np.log(np.exp(A).sum(axis=1, keepdims=True))))


def log_likelihood_gradient(W, X, Y):
    A = X @ W
    P = np.exp(A - A.max(axis=1, keepdims=True))
    return X.T @ (Y - P / P.sum(axis=1, keepdims=True))
