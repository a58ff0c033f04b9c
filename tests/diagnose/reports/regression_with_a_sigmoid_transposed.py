import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def costFunctionReg(theta, X, y, lam):
    m = y.size
    h = sigmoid(X.dot(theta))
    J = -1 / m * (np.log(h).T.dot(y) + np.log(1 - h).T.dot(1 - y)) + lam / (2 * m) * np.sum(theta[1:] ** 2)
    grad = (1 / m) * X.T.dot(h - y)
    grad[1:] = grad[1:] + (lam / m) * theta[1:]
    return J, grad
