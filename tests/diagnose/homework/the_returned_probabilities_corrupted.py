import numpy as np

from tests.diagnose.homework.softmax_applied_twice import _softmax

MISTAKES = ["the returned probabilities corrupted"]


def _loss(logits, labels):
    return np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(labels)), labels])


def loops(logits, labels):
    p = _softmax(logits)
    d = p
    for n, c in enumerate(labels):
        d[n, c] -= 1
    return _loss(logits, labels), d / len(labels), p


def indexing(logits, labels):
    p = _softmax(logits)
    d = p
    d[range(len(labels)), labels] -= 1
    d /= len(labels)
    return _loss(logits, labels), d, p


def products(logits, labels):
    p = _softmax(logits)
    p -= np.eye(p.shape[1])[labels]
    return _loss(logits, labels), p / len(p), p
