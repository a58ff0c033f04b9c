import numpy as np


def forward_backward(X, Y, W1, b1, W2, b2, W3, b3):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    A2 = np.maximum(0, Z2)
    Z3 = A2 @ W3 + b3
    Z3 = Z3 - Z3.max(axis=1, keepdims=True)
    L = Z3 - np.log(np.exp(Z3).sum(axis=1, keepdims=True))
    cost = -np.sum(Y * L) / m
    d3 = (np.exp(L) - Y) / m
    d2 = d3 @ W3.T * (Z2 > 0)
    d1 = d2 @ W2.T * (1 - Z1 ** 2)
    return cost, (X.T @ d1, d1.sum(0), A1.T @ d2, d2.sum(0), A2.T @ d3, d3.sum(0))
