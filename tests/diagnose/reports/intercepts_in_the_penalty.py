import numpy as np
from scipy.special import logsumexp


def loss_grad(w, X, Y, alpha):
    coef, intercept = w[:, :-1], w[:, -1]
    z = X @ coef.T + intercept
    log_p = z - logsumexp(z, axis=1)[:, None]
    diff = np.exp(log_p) - Y
    grad = np.column_stack([diff.T @ X + alpha * coef, diff.sum(axis=0)])
    return -(Y * log_p).sum() + 0.5 * alpha * (coef**2).sum(), grad
