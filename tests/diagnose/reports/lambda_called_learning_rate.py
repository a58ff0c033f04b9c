import numpy as np


def cost_gradient(theta, X, Y, learning_rate):
    """learning_rate is lambda; X (m x n), Y one hot (m x K), theta (n x K)"""
    theta = np.matrix(theta)
    X = np.matrix(X)
    Y = np.matrix(Y)
    m = len(X)

    scores = X * theta
    e = np.exp(scores - scores.max(axis=1))
    h = e / e.sum(axis=1)

    first = np.sum(np.multiply(-Y, np.log(h))) / m
    reg = (learning_rate / (2 * m)) * np.sum(np.power(theta, 2))

    error = h - Y
    grad = (X.T * error) / m + (learning_rate / m) * theta
    return first + reg, grad
