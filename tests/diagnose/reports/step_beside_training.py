import numpy as np


def softmax(Z):
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)


def step(W, b, X, Y):
    m = Y.shape[1]
    A = softmax(W @ X + b)
    dZ = (A - Y) / m
    return {"dW": dZ @ X.T, "db": dZ.sum(axis=1, keepdims=True)}, -np.sum(Y * np.log(A)) / m


def repeat(W, b, X, Y, epochs=20, learning_rate=0.5):
    history = []
    for _ in range(epochs):
        grads, cost = step(W, b, X, Y)
        W, b = W - learning_rate * grads["dW"], b - learning_rate * grads["db"]
        history.append(cost)
    return (W, b), grads, history
