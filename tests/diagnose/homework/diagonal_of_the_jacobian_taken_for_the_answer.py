import numpy as np

from tests.diagnose.homework.only_the_derivative_of_the_loss_by_s import _softmax
from tests.diagnose.homework.right import vectors

MISTAKES = ["diagonal of the Jacobian taken for the answer"]


def loops(logits, labels):
    gradient = np.zeros_like(logits)
    for n, c in enumerate(labels):
        s = _softmax(logits[n])[c]
        gradient[n, c] = -s * (1 - s) / len(labels)
    return vectors(logits, labels)[0], gradient


def indexing(logits, labels):
    rows, s, gradient = np.arange(len(labels)), _softmax(logits), np.zeros_like(logits)
    gradient[rows, labels] = s[rows, labels] * (s[rows, labels] - 1)
    return vectors(logits, labels)[0], gradient / len(labels)


def products(logits, labels):
    """-1/s_c times the diagonal alone."""
    s, gradient = _softmax(logits), np.zeros_like(logits)
    for n, y in enumerate(np.eye(logits.shape[1])[labels]):
        gradient[n] = (-y / s[n]) @ np.diag(s[n] * (1 - s[n])) / len(labels)
    return vectors(logits, labels)[0], gradient
