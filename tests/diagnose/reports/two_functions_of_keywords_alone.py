# Two functions that take keywords alone; the gradient has the wrong sign.
import numpy as np


def cross_entropy(*, logits, targets):
    return (np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(targets)), targets]).mean()


def cross_entropy_grad(*, logits, targets):
    s = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    s[np.arange(len(targets)), targets] -= 1
    return -s / len(targets)
