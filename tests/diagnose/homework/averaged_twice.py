import numpy as np

from tests.diagnose.homework.right import loops as right_loops
from tests.diagnose.homework.right import vectors

MISTAKES = ["averaged twice"]


def loops(logits, labels):
    loss, gradient = right_loops(logits, labels)
    for n in range(len(labels)):
        gradient[n] /= len(labels)
    return loss, gradient


def indexing(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss / len(labels), gradient / len(labels)


def products(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, np.eye(len(labels)) / len(labels) @ gradient
