import numpy as np


def output_layer(scores, y):
    """scores: (N, C), y: (N,). Returns the mean loss and the gradient."""
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    delta = np.exp(log_p)
    delta[np.arange(len(y)), y] -= 1
    return -log_p[np.arange(len(y)), y].mean(), delta.T / len(y)
