import numpy as np


def cost(W, X, y):
    m = len(X)
    truth = np.zeros((m, W.shape[1]))
    truth[range(m), [int(label) for label in np.squeeze(y)]] = 1
    z = X @ W
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -(truth * log_p).sum() / m, X.T @ (np.exp(log_p) - truth) / m
