import numpy as np


def softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_grad(scores, grad_output):
    p = softmax(scores)
    return p * (grad_output - (p * grad_output).sum(axis=-1, keepdims=True))
