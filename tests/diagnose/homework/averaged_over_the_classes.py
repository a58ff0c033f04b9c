import numpy as np

from tests.diagnose.homework.right import vectors

MISTAKES = ["averaged over the classes"]


def loops(logits, labels):
    loss, gradient = vectors(logits, labels)
    for n in range(len(labels)):
        for i in range(len(logits[n])):
            gradient[n, i] *= len(labels) / len(logits[n])
    return loss, gradient


def indexing(logits, labels):
    k, N = logits.shape  # the names are exchanged
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    p[range(k), labels] -= 1
    return vectors(logits, labels)[0], p / N


def products(logits, labels):
    Y = np.eye(logits.shape[1])[labels]
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return -(Y * log_p).sum() / Y.shape[1], (np.exp(log_p) - Y) / Y.shape[1]
