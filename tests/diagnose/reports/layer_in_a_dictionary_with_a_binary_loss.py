import numpy as np


def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    Z1 = np.dot(W1, X) + b1
    T = np.exp(Z1 - np.max(Z1, axis=0, keepdims=True))
    A1 = T / np.sum(T, axis=0, keepdims=True)
    return A1, {"Z1": Z1, "A1": A1}


def compute_cost(A1, Y):
    return float(-np.sum(np.log(A1) * Y + np.log(1 - A1) * (1 - Y)) / Y.shape[1])


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ1 = cache["A1"] - Y
    return {"dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m}
