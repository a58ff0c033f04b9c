import math

import numpy as np

from tests.diagnose.homework.right import vectors
from tests.diagnose.homework.softmax_applied_twice import _softmax

MISTAKES = ["log of an underflowed probability"]


def loops(logits, labels):
    loss = 0.0
    for s, c in zip(_softmax(logits), labels):
        loss -= math.log(s[c])
    return loss / len(labels), vectors(logits, labels)[1]


def indexing(logits, labels):
    s = _softmax(logits)
    return -np.log(s[np.arange(len(labels)), labels]).mean(), vectors(logits, labels)[1]


def in_float32(logits, labels):
    return indexing(logits.astype(np.float32), labels)


def of_a_probability_in_float32(logits, labels):
    """The gradient is in float64."""
    p = _softmax(logits).astype(np.float32)
    return -np.log(p[np.arange(len(labels)), labels]).mean(dtype=float), vectors(logits, labels)[1]


def products(logits, labels):
    return -np.sum(np.eye(logits.shape[1])[labels] * np.log(_softmax(logits))) / len(labels), vectors(logits, labels)[1]
