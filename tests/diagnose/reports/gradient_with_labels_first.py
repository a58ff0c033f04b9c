# Notebook saved as .py: activations with forward and backward, examples in columns
# In[51]:
import numpy as np


def relu(x):
    return np.maximum(0, x)


def softmax(Z):
    T = np.exp(Z)
    return T / np.sum(T, axis=0, keepdims=True)


def relu_backward(Z):
    dZ = np.zeros(Z.shape)
    dZ[Z > 0] = 1
    return dZ


def softmax_backward(Z):
    T = np.exp(Z)
    A = T / np.sum(T, axis=0)
    dZ = A * (1 - A)
    return dZ


# In[52]:
def compute_cost(A, Y):
    m = Y.shape[1]
    return -(1. / m) * np.sum(Y * np.log(A))


def loss_backward(Y, A):
    return -np.divide(Y, A)


def backward(Z, fx):
    return softmax_backward(Z) if fx == "softmax" else relu_backward(Z)


# In[53]:
def forward_propagation(X, params):
    Z1 = params["W1"] @ X + params["b1"]
    A1 = relu(Z1)
    Z2 = params["W2"] @ A1 + params["b2"]
    return Z1, A1, Z2, softmax(Z2)


def backward_propagation(X, Y, params, cache):
    Z1, A1, Z2, A2 = cache
    m = X.shape[1]
    dZ2 = loss_backward(Y, A2) * backward(Z2, "softmax")
    dZ1 = (params["W2"].T @ dZ2) * backward(Z1, "relu")
    return {
        "W2": dZ2 @ A1.T / m, "b2": dZ2.sum(axis=1, keepdims=True) / m,
        "W1": dZ1 @ X.T / m, "b1": dZ1.sum(axis=1, keepdims=True) / m,
    }
