import numpy as np


def compute_loss(scores, y):
    scores = scores - np.max(scores, axis=1, keepdims=True)
    probs = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
    losses = [-np.log(probs[i, y[i]]) for i in range(len(y))]
    return sum(losses) / len(losses), probs


def backward(probs, y):
    dscores = np.array(probs)
    for i in range(len(y)):
        dscores[i, y[i]] = dscores[i, y[i]] - 1
    return dscores
