import numpy as np

from tests.diagnose.homework.right import vectors

MISTAKES = ["only the derivative of the loss by s"]


def _softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def loops(logits, labels):
    gradient = np.zeros_like(logits)
    for n, c in enumerate(labels):
        gradient[n, c] = -1 / (len(labels) * _softmax(logits[n])[c])
    return vectors(logits, labels)[0], gradient


def indexing(logits, labels):
    rows, gradient = np.arange(len(labels)), np.zeros_like(logits)
    gradient[rows, labels] = -1 / _softmax(logits)[rows, labels]
    return vectors(logits, labels)[0], gradient / len(labels)


def products(logits, labels):
    return vectors(logits, labels)[0], -np.eye(logits.shape[1])[labels] / _softmax(logits) / len(labels)
