import numpy as np


def loss_by_loops(W, X, y, reg=0.0):
    n = X.shape[0]
    loss = 0
    dW = np.zeros(W.shape)
    for i in range(n):
        f = np.dot(W, X[i])
        f -= np.max(f)
        p = np.exp(f) / np.sum(np.exp(f))
        loss += -np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(p, X[i])

        loss /= n
        dW /= n
    loss += 0.5 * reg * np.sum(W * W)
    dW += reg * W
    return loss, dW
