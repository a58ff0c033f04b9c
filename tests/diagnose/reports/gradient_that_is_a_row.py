# Right for moderate logits, one example in columns (T, 1); y / p and log(p) break where p underflows.
import numpy as np


def softmax(z):
    shiftz = z - np.max(z)
    exps = np.exp(shiftz)
    return exps / np.sum(exps)


def softmax_gradient(z):
    """The Jacobian (T, T) of softmax at z (T, 1)."""
    Sz = softmax(z)
    return -np.outer(Sz, Sz) + np.diag(Sz.flatten())


def cross_entropy_loss(p, y):
    """p and y (T, 1), y one-hot."""
    assert p.shape == y.shape and p.shape[1] == 1
    return -np.sum(y * np.log(p))


def cross_entropy_loss_gradient(p, y):
    """(1, T), with respect to p."""
    assert p.shape == y.shape and p.shape[1] == 1
    return -(y / p).T


def softmax_cross_entropy_gradient(z, y):
    """(1, T), with respect to z."""
    return np.dot(cross_entropy_loss_gradient(softmax(z), y), softmax_gradient(z))
