import numpy as np

from tests.diagnose.homework.right import vectors

MISTAKES = ["loss and gradient disagree on the mean"]


def loops(logits, labels):
    loss = 0
    for z, c in zip(logits, labels):
        loss += np.logaddexp.reduce(z) - z[c]
    return loss, vectors(logits, labels)[1]


def indexing(logits, labels):
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return -log_p[np.arange(len(labels)), labels].sum(), vectors(logits, labels)[1]


def products(logits, labels):
    Y = np.eye(logits.shape[1])[labels]
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return -(Y * log_p).sum(), (np.exp(log_p) - Y) / len(labels)
