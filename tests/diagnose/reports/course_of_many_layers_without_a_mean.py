import numpy as np


def softmax(Z):
    e = np.exp(Z - Z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for layer in range(1, L + 1):
        Z = parameters["W" + str(layer)] @ A + parameters["b" + str(layer)]
        caches.append((A, parameters["W" + str(layer)], Z))
        A = np.maximum(0, Z) if layer < L else softmax(Z)
    return A, caches


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL)) / Y.shape[1]


def L_model_backward(AL, Y, caches):
    grads, dZ = {}, AL - Y
    for layer in range(len(caches), 0, -1):
        A, W, _ = caches[layer - 1]
        grads["dW" + str(layer)] = dZ @ A.T / Y.shape[1]
        grads["db" + str(layer)] = dZ.sum(axis=1, keepdims=True)
        if layer > 1:
            dZ = W.T @ dZ * (caches[layer - 2][2] > 0)
    return grads
