import numpy as np
from scipy.special import logsumexp


def multinomial_loss_and_gradient(weights, intercept, X, y):
    z = X @ weights + intercept
    log_p = z - logsumexp(z, axis=1)[:, None]
    Y = np.eye(weights.shape[1])[np.asarray(y, dtype=int)]
    return -(Y * log_p).sum(), X.T @ (np.exp(log_p) - Y), (np.exp(log_p) - Y).sum(axis=0)
