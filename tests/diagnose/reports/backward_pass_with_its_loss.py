import numpy as np


def init(n_x, n_h, n_y):
    return (np.random.randn(n_h, n_x) * 0.1, np.zeros((n_h, 1)),
            np.random.randn(n_y, n_h) * 0.1, np.zeros((n_y, 1)))


def ReLU(x):
    return np.maximum(0, x)


def ReLU_deriv(x):
    return x > 0


def softmax(x):
    exp_x = np.exp(x - np.max(x, axis=0))  # stability
    return exp_x / np.sum(exp_x, axis=0)


def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = ReLU(Z1)
    Z2 = W2.dot(A1) + b2
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2


def one_hot(Y, classes):
    Y_hot = np.zeros((Y.size, classes))
    Y_hot[np.arange(Y.size), Y] = 1
    return Y_hot.T


def compute_loss(A2, Y_hot, m):
    return -1 / m * np.sum(Y_hot * np.log(A2 + 1e-8))


def backward_prop(A1, Z1, A2, W2, X, Y):
    m = X.shape[1]
    Y_hot = one_hot(Y, A2.shape[0])
    dZ2 = A2 - Y_hot
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T.dot(dZ2) * ReLU_deriv(Z1)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return dW1, db1, dW2, db2, compute_loss(A2, Y_hot, m)
