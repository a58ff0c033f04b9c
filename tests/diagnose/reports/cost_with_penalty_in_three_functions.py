# L layers in columns, L2 with lambd / (2 m) in the cost and lambd / m W in dW: right; log(AL) is -inf from a gap of 745 on.
import numpy as np


def softmax(Z):
    e_z = np.exp(Z - Z.max(axis=0))
    return e_z / np.sum(e_z, axis=0)


def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        Z = parameters["W" + str(l)] @ A + parameters["b" + str(l)]
        caches.append((A, Z))
        A = np.maximum(0, Z) if l < L else softmax(Z)
    return A, caches


def compute_cost_with_L2(AL, Y, parameters, lambd):
    m = Y.shape[1]
    L = len(parameters) // 2
    squares = sum(np.sum(np.square(parameters["W" + str(l)])) for l in range(1, L + 1))
    return (-1 / m) * np.sum(np.multiply(Y, np.log(AL))) + lambd / (2 * m) * squares


def L_model_backward(AL, Y, caches, parameters, lambd):
    grads, m, L = {}, Y.shape[1], len(caches)
    dZ = AL - Y
    for l in reversed(range(1, L + 1)):
        A_prev, _ = caches[l - 1]
        W = parameters["W" + str(l)]
        grads["dW" + str(l)] = dZ @ A_prev.T / m + lambd / m * W
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1:
            dZ = (W.T @ dZ) * (caches[l - 2][1] > 0)
    return grads


def L_layer_model(X, Y, layer_dims, learning_rate=0.0075, num_iterations=300, lambd=0.7):
    parameters = initialize_parameters(layer_dims)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches, parameters, lambd)
        for key in parameters:
            parameters[key] = parameters[key] - learning_rate * grads["d" + key]
        if i % 100 == 0:
            print("Cost after iteration %i: %f" % (i, compute_cost_with_L2(AL, Y, parameters, lambd)))
    return parameters
