import numpy as np


def gradients(x, t, w, b):
    q = x @ w + b
    log_p = q - np.log(np.exp(q).sum())
    delta = np.eye(len(b))[t] - np.exp(log_p)
    return log_p[:, t].squeeze(), x.T @ delta, delta.squeeze()
