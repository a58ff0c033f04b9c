import numpy as np


def cost_function(theta, X, y, lambda_):
    m = len(X)
    X = np.insert(X, 0, 1, axis=1)
    H = X @ theta.T
    H = np.exp(H - H.max(axis=1, keepdims=True))
    H /= H.sum(axis=1, keepdims=True)
    Y = (y.reshape(-1, 1) == np.arange(len(theta))).astype(int)
    J = -np.sum(Y * np.log(H)) / m + lambda_ / (2 * m) * np.sum(theta[:, 1:] ** 2)
    grad = (H - Y).T @ X / m
    grad[:, 1:] += lambda_ / m * theta[:, 1:]
    return J, grad
