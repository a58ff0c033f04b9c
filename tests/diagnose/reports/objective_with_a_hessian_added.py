import numpy as np


def softmax(row):
    e = np.exp(row - np.max(row))
    return e / np.sum(e)


def softprob(labels, margins):
    """The gradient and the diagonal of the Hessian, for boosting."""
    grad, hess = np.zeros_like(margins), np.zeros_like(margins)
    for r, row in enumerate(margins):
        p = softmax(row)
        for c in range(len(p)):
            grad[r, c] = p[c] + 1.0 if c == int(labels[r]) else p[c]
            hess[r, c] = max(2.0 * p[c] * (1.0 - p[c]), 1e-6)
    return grad, hess
