import numpy as np


def compute_cost(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2) / 2


def compute_gradient(X, y, w, b):
    error = X @ w + b - y
    return X.T @ error / len(X), np.mean(error)
