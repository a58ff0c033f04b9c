import numpy as np


def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(betas, X, Y):
    Z = X @ betas
    Z = Z - Z.max(axis=1, keepdims=True)
    return -np.sum(Y * (Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))) / len(X)


def grad_cross_entropy(betas, X, Y):
    p, grad = softmax(X @ betas), np.empty_like(betas)
    for k in range(Y.shape[1]):
        grad[:, k] = X.T @ (p[:, k] + Y[:, k]) / len(X)
    return grad
