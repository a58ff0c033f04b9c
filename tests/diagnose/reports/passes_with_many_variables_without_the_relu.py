import numpy as np


def relu(z):
    return np.maximum(0, z)


def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def one_hot(Y):
    return np.eye(10)[Y].T


def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = relu(Z1)
    Z2 = W2.dot(A1) + b2
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2


def backward_prop(A1, Z1, W1, A2, Z2, W2, X, Y):
    m = X.shape[1]
    dZ2 = A2 - one_hot(Y)
    dZ1 = W2.T.dot(dZ2)
    return dZ1.dot(X.T) / m, dZ1.sum(axis=1, keepdims=True) / m, dZ2.dot(A1.T) / m, dZ2.sum(axis=1, keepdims=True) / m
