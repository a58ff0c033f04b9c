import numpy as np


def train_step(X, y, W, b, W2, b2, reg=1e-3):
    N = X.shape[0]
    hidden = np.maximum(0, np.dot(X, W) + b)
    scores = np.dot(hidden, W2) + b2
    scores -= scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -log_p[range(N), y].mean() + 0.5 * reg * (W * W).sum() + 0.5 * reg * (W2 * W2).sum()

    dscores = np.exp(log_p)
    dscores[range(N), y] -= 1
    dscores /= N
    dW2 = np.dot(hidden.T, dscores) + reg * W2
    dhidden = np.dot(dscores, W2.T)
    dhidden[hidden <= 0] = 0
    return loss, np.dot(X.T, dhidden) + reg * W, dhidden.sum(axis=0), dW2, dscores.sum(axis=0)
