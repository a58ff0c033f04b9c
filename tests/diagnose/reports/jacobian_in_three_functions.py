# One example in a column (k, 1): softmax_backward takes the softmax of dA, not of Z, and returns the Jacobian (k, k) for dZ.
import numpy as np


def relu(z):
    return np.maximum(0, z), z


def softmax(z):
    exps = np.exp(z - z.max())
    return exps / np.sum(exps), z


def softmax_backward(dA, Z):
    x, _ = softmax(dA)
    s = x.reshape(-1, 1)
    return np.diagflat(s) - np.dot(s, s.T)


def cost(Al, y):
    return -np.sum(y * np.log(Al))


def forward(x, params):
    z1 = params["W1"] @ x + params["b1"]
    a1, _ = relu(z1)
    z2 = params["W2"] @ a1 + params["b2"]
    Al, _ = softmax(z2)
    return Al, (z1, a1, z2)


def backward(Al, y, x, params, cache):
    z1, a1, z2 = cache
    dAl = -(y / Al)
    dZ2 = softmax_backward(dAl, z2)
    grads = {"dZ2": dZ2, "dW2": dZ2 @ np.ones((len(y), 1)) @ a1.T, "db2": dZ2.sum(axis=1, keepdims=True)}
    dZ1 = (params["W2"].T @ dZ2.sum(axis=1, keepdims=True)) * (z1 > 0)
    grads["dW1"], grads["db1"] = dZ1 @ x.T, dZ1
    return grads
