import numpy as np


def cost_and_grads(W1, b1, W2, b2, X, Y):
    m = X.shape[1]
    A1 = np.tanh(W1 @ X + b1)
    Z2 = W2 @ A1 + b2
    Z2 = Z2 - Z2.max(axis=0)
    log_A2 = Z2 - np.log(np.exp(Z2).sum(axis=0))
    dZ2 = np.exp(log_A2) - Y
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    grads = {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m, "dW2": dZ2 @ A1.T / m, "db2": dZ2.sum() / m}
    return -np.sum(Y * log_A2) / m, grads
