import numpy as np

from tests.diagnose.homework.right import loops as right_loops
from tests.diagnose.homework.right import products as right_products
from tests.diagnose.homework.right import vectors

MISTAKES = ["softmax applied twice"]


def _softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loops(logits, labels):
    return right_loops(_softmax(logits), labels)


def indexing(logits, labels):
    return vectors(_softmax(logits), labels)


def products(logits, labels):
    return right_products(_softmax(logits), labels)


def automatic(logits, labels):
    s = _softmax(logits)
    loss, d = vectors(s, labels)
    return loss, np.stack([(np.diag(p) - np.outer(p, p)) @ row for p, row in zip(s, d)])


def in_the_loss(logits, labels):
    return vectors(_softmax(logits), labels)[0], vectors(logits, labels)[1]
