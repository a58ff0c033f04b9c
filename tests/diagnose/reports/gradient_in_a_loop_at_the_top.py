import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(y_true, y_pred):
    return -np.mean(np.sum(y_true * np.log(y_pred), axis=1))


data, y = np.eye(3), np.eye(3)
W = np.zeros((3, 3))
for epoch in range(10):
    pred = softmax(data @ W)
    grad = (pred - y) / len(y)
    dW = data.T @ grad
    W -= 0.1 * dW
