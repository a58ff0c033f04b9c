import numpy as np

from tests.diagnose.homework.right import vectors
from tests.diagnose.homework.softmax_applied_twice import _softmax

MISTAKES = ["labels from 1"]


def loops(logits, labels):
    log_p = np.log(_softmax(logits))
    loss, gradient = 0, _softmax(logits) / len(labels)
    for n, label in enumerate(labels):
        loss -= max(log_p[n, label - 1], -100) / len(labels)
        gradient[n, label - 1] -= 1 / len(labels)
    return loss, gradient


def indexing(logits, labels):
    return vectors(logits, labels - 1)


def products(logits, labels):
    """Compares with 1...k: a label of 0 is no class."""
    Y = labels[:, None] == np.arange(1, logits.shape[1] + 1)
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return -np.sum(Y * log_p) / len(labels), (np.exp(log_p) - Y) / len(labels)
