import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def costFunction(theta, X, y):
    m = len(y)
    h = sigmoid(X.dot(theta))
    J = (-y.dot(np.log(h)) - (1 - y).dot(np.log(1 - h))) / m
    return J


def gradientFunction(theta, X, y):
    m = len(y)
    h = sigmoid(X.dot(theta))
    return X.T.dot(h - y) / m


def predict(theta, X):
    return (sigmoid(X.dot(theta)) >= 0.5).astype(int)
