import numpy as np
from scipy.special import logsumexp


def log_probabilities(x, w, b):
    log_q = x @ w + b
    return log_q - logsumexp(log_q)


def logreg_gradient(x, t, w, b):
    """Log-likelihood of a data point and its gradient, for gradient ascent. x: (1, D), t: (1,)."""
    log_p = log_probabilities(x, w, b)
    delta = np.eye(len(b))[t] - np.exp(log_p)
    return log_p[:, t].squeeze(), x.T @ delta, delta.squeeze()
