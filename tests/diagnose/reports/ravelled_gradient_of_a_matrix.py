import numpy as np
from scipy.special import logsumexp


def _loss(w, X, Y, alpha, sample_weight):
    w = w.reshape(Y.shape[1], -1)
    z = X @ w.T
    log_p = z - logsumexp(z, axis=1)[:, None]
    loss = -(sample_weight[:, None] * Y * log_p).sum() + 0.5 * alpha * (w**2).sum()
    return loss, np.exp(log_p), w


def _loss_grad(w, X, Y, alpha, sample_weight):
    loss, p, w = _loss(w, X, Y, alpha, sample_weight)
    grad = (sample_weight[:, None] * (p - Y)).T @ X + alpha * w
    return loss, grad.ravel(), p
