import numpy as np


def activation(Z):
    e = np.exp(Z.T)
    return e / e.sum(axis=1, keepdims=True)


def softmax_regression(W, b, X, Y):
    m = Y.shape[0]
    A = activation(W @ X + b)
    cost = -np.log(A[range(m), Y[:, 0]]).sum() / m
    A[range(m), Y[:, 0]] -= 1
    return cost, {"dW": A.T @ X.T, "db": A.T.sum(axis=1, keepdims=True) / m}
