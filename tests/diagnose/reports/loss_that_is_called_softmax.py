import numpy as np


def softmax(scores, targets):
    shifted = scores - np.amax(scores, axis=1, keepdims=True)
    return -np.sum(shifted * targets - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))) / len(scores)


def softmax_gradient(scores, targets):
    e = np.exp(scores - np.amax(scores, axis=1, keepdims=True))
    return (e / np.sum(e, axis=1, keepdims=True) - targets) / len(scores)
