import numpy as np

STRENGTH = 0.02


def cost(theta, X, T):
    """The first column of X is 1, so the first row of theta is the bias, which is not penalized."""
    scores = X @ theta
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    grad = X.T @ (np.exp(log_p) - T) / len(X)
    grad[1:] += STRENGTH * theta[1:]
    return -(T * log_p).sum() / len(X) + STRENGTH / 2 * (theta[1:] ** 2).sum(), grad
