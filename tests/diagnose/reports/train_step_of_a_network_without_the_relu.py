import numpy as np


def train_step(X, y, W1, b1, W2, b2, reg=1e-3):
    n = X.shape[0]
    h = np.maximum(0, X @ W1 + b1)
    scores = h @ W2 + b2
    scores = scores - np.max(scores, axis=1, keepdims=True)
    logp = scores - np.log(np.sum(np.exp(scores), axis=1, keepdims=True))
    loss = -np.mean(logp[np.arange(n), y]) + 0.5 * reg * (np.sum(W1 * W1) + np.sum(W2 * W2))

    dscores = np.exp(logp)
    dscores[np.arange(n), y] -= 1
    dscores = dscores / n
    dh = dscores @ W2.T
    dh[h < 0] = 0
    return loss, X.T @ dh + reg * W1, np.sum(dh, axis=0), h.T @ dscores + reg * W2, np.sum(dscores, axis=0)
