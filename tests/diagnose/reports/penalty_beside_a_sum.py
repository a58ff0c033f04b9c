import numpy as np


def softmax(theta_t_x):
    return np.exp(theta_t_x) / np.sum(np.exp(theta_t_x), axis=1, keepdims=True)


def h_theta(X, W):
    return softmax(X @ W)


def softmax_grad(X, error):
    return X.T @ error


def gradient(W, X, Y, l=0.1):
    """Y is one-hot, (m, k); returns the loss and its gradient for W (n, k)"""
    m = X.shape[0]
    h = h_theta(X, W)
    loss = - np.sum(Y * np.log(h)) / m
    error = h - Y
    grad = softmax_grad(X, error)
    # ridge
    loss += l * np.sum(W ** 2)
    grad = grad + 2 * l * W
    return loss, grad
