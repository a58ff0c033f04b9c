import numpy as np

from tests.diagnose.homework.right import vectors

MISTAKES = ["the caller's logits changed"]
WRONG = ["products"]  # which does not only shift them: the next call gives something else


def loops(logits, labels):
    for n in range(len(labels)):
        logits[n] -= max(logits[n])
    return vectors(logits, labels)


def indexing(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    return vectors(logits, labels)


def products(logits, labels):
    loss, gradient = vectors(logits, labels)
    logits[:] = gradient
    return loss, logits
