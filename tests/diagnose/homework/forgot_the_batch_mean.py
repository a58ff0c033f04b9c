import numpy as np

from tests.diagnose.homework.right import vectors

MISTAKES = ["forgot the batch mean"]


def loops(logits, labels):
    gradient = np.zeros_like(logits)
    for n, c in enumerate(labels):
        gradient[n] = np.exp(logits[n] - logits[n].max())
        gradient[n] /= gradient[n].sum()
        gradient[n, c] -= 1
    return vectors(logits, labels)[0], gradient


def indexing(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return vectors(logits, labels)[0], p


def products(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return vectors(logits, labels)[0], e / e.sum(axis=1, keepdims=True) - np.eye(e.shape[1])[labels]
