import numpy as np

from tests.diagnose.homework.right import loops as right_loops
from tests.diagnose.homework.right import vectors

MISTAKES = ["wrong sign"]


def loops(logits, labels):
    loss, gradient = right_loops(logits, labels)
    for n in range(len(labels)):
        for i in range(logits.shape[1]):
            gradient[n, i] = -gradient[n, i]
    return loss, gradient


def indexing(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    d = -np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    d[np.arange(len(labels)), labels] += 1
    return vectors(logits, labels)[0], d / len(labels)


def products(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    Y = np.eye(e.shape[1])[labels]
    return vectors(logits, labels)[0], (Y - e / e.sum(axis=1, keepdims=True)) / len(labels)


def of_the_loss(logits, labels):
    loss, gradient = vectors(logits, labels)
    return -loss, gradient


def of_both(logits, labels):
    loss, gradient = vectors(logits, labels)
    return -loss, -gradient
