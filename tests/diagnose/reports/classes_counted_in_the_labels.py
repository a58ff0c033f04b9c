import numpy as np


def softmax_loss(W, X, y):
    z = X.dot(W)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    onehot = np.zeros((len(y), y.max() + 1))
    onehot[np.arange(len(y)), y] = 1
    return -np.sum(onehot * log_p) / len(y), X.T.dot(np.exp(log_p) - onehot) / len(y)
