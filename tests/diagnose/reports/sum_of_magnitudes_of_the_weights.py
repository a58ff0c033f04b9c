import numpy as np


def cost(W, X, Y):
    m = X.shape[1]
    Z = W @ X
    E = np.exp(Z - Z.max(axis=0))
    A = E / E.sum(axis=0)
    J = -(Y * np.log(A)).sum() / m + 0.03 * np.abs(W).sum() / m
    dW = (A - Y) @ X.T / m + 0.03 * np.sign(W) / m
    return J, dW
