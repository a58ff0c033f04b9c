import numpy as np


def L_i(scores, yi):
    scores = scores - np.max(scores)
    return -scores[yi] + np.log(np.sum(np.exp(scores)))


def L(X, y, W):
    N = X.shape[1]
    total = 0.0
    for i in range(N):
        total += L_i(W.dot(X[:, i]), y[i])
        total /= N
    return total
