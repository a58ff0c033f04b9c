import numpy as np


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def forward_propagation(X, parameters):
    A1 = np.maximum(0, parameters["W1"] @ X + parameters["b1"])
    A2 = softmax(parameters["W2"] @ A1 + parameters["b2"])
    return A2, (A1, A2)


def compute_cost(A2, Y):
    return -np.sum(Y * np.log(A2)) / Y.shape[1]


def backward_propagation(parameters, cache, X, Y):
    A1, A2 = cache
    m = Y.shape[1]
    dZ2 = A2 - Y
    dZ1 = parameters["W2"].T @ dZ2 * (A1 > 0)
    return {"dW1": dZ1 @ X.T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
            "dW2": dZ2 @ A1.T / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m}


def model(X, Y, n_h, steps=10000):
    n_x, n_y = len(X), len(Y)
    parameters = {"W1": 0.01 * np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)),
                  "W2": 0.01 * np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}
    for _ in range(steps):
        A2, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = {name: parameters[name] - 0.5 * grads["d" + name] for name in parameters}
    return parameters
