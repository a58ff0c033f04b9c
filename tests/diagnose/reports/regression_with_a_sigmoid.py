import numpy as np


def cost_function(theta, X, y, lmbda):
    """Regularized logistic regression"""
    m = len(y)
    h = 1 / (1 + np.exp(-X @ theta))
    J = (-y @ np.log(h) - (1 - y) @ np.log(1 - h)) / m + lmbda / (2 * m) * np.sum(theta[1:] ** 2)
    grad = X.T @ (h - y) / m
    grad[1:] += lmbda / m * theta[1:]
    return J, grad
