import numpy as np

from tests.diagnose.homework.right import vectors

MISTAKES = ["forgot to subtract the one-hot"]


def loops(logits, labels):
    gradient = np.zeros_like(logits)
    for n, row in enumerate(logits):
        for i in range(len(row)):
            gradient[n, i] = np.exp(row[i] - row.max()) / np.exp(row - row.max()).sum() / len(labels)
    return vectors(logits, labels)[0], gradient


def indexing(logits, labels):
    loss, gradient = vectors(logits, labels)
    gradient[range(len(labels)), labels] += 1 / len(labels)
    return loss, gradient


def products(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return vectors(logits, labels)[0], e / (e @ np.ones((e.shape[1], e.shape[1]))) / len(e)
