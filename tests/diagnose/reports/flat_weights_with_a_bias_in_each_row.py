import numpy as np


def loss_grad(w, X, Y, alpha):
    """w: (n_classes * (n_features + 1),), the bias of a class after its weights"""
    n_classes, n_features = Y.shape[1], X.shape[1]
    w = w.reshape(n_classes, n_features + 1)
    coef, intercept = w[:, :-1], w[:, -1]
    p = X @ coef.T + intercept
    top = p.max(axis=1)
    p = p - (top + np.log(np.exp(p - top[:, None]).sum(axis=1)))[:, None]
    loss = -(Y * p).sum() + 0.5 * alpha * np.sum(coef * coef)
    diff = np.exp(p) - Y
    grad = np.empty((n_classes, n_features + 1))
    grad[:, :n_features] = diff.T @ X + alpha * coef
    grad[:, n_features] = diff.sum(axis=0)
    return loss, grad.ravel()
