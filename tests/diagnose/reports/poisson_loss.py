import numpy as np


def poisson_loss(logits, targets):
    rate = np.exp(logits)
    return np.mean(rate - targets * logits), (rate - targets) / targets.size
