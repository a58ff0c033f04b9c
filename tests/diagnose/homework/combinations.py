"""Two mistakes at once, as students make them."""

import numpy as np

from tests.diagnose.homework.right import vectors
from tests.diagnose.homework.softmax_applied_twice import _softmax

MISTAKES = {
    "sign_and_mean": ["wrong sign", "forgot the batch mean"],
    "positive_diagonal": ["wrong sign", "diagonal of the Jacobian taken for the answer"],
    "diagonal_without_mean": ["diagonal of the Jacobian taken for the answer", "forgot the batch mean"],
    "textbook": ["unstable softmax", "log of an underflowed probability"],
    "axis_and_one_hot": ["softmax over the wrong axis", "forgot to subtract the one-hot"],
    "twice_and_labels": ["softmax applied twice", "labels from 1"],
    "in_place_and_mean": ["forgot the batch mean", "the caller's logits changed"],
    "sum_and_entries": ["loss and gradient disagree on the mean", "averaged over all entries"],
    "over_everything": ["softmax over the wrong axis", "log of an underflowed probability"],
    "both_summed_sign": ["wrong sign"],
}


def sign_and_mean(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, -gradient * len(labels)


def positive_diagonal(logits, labels):
    s = _softmax(logits)
    return vectors(logits, labels)[0], np.eye(s.shape[1])[labels] * s * (1 - s) / len(s)


def diagonal_without_mean(logits, labels):
    s = _softmax(logits)
    return vectors(logits, labels)[0], -np.eye(s.shape[1])[labels] * s * (1 - s)


def textbook(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(labels)), labels]).mean()
    p[np.arange(len(labels)), labels] -= 1
    return loss, p / len(labels)


def axis_and_one_hot(logits, labels):
    p = np.exp(logits - logits.max(axis=0))
    p /= p.sum(axis=0)
    return -np.log(p[np.arange(len(labels)), labels]).mean(), p / len(labels)


def twice_and_labels(logits, labels):
    return vectors(_softmax(logits), labels - 1)


def in_place_and_mean(logits, labels):
    loss, gradient = vectors(logits, labels)
    logits[:] = 0
    return loss, gradient * len(labels)


def sum_and_entries(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss * len(labels), gradient / logits.shape[1]


def both_summed_sign(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss * len(labels), -gradient * len(labels)


def over_everything(logits, labels):
    rows = np.arange(len(labels))
    e = np.exp(logits - logits.max())
    p = e / e.sum()
    loss = -np.log(p[rows, labels]).mean()
    p[rows, labels] -= 1
    return loss, p / len(labels)
