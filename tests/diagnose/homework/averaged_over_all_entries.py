import numpy as np

from tests.diagnose.homework.right import vectors

MISTAKES = ["averaged over all entries"]


def loops(logits, labels):
    loss, gradient = vectors(logits, labels)
    for n in range(len(labels)):
        gradient[n] = gradient[n] / logits.shape[1]
    return loss, gradient


def indexing(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, gradient * len(labels) / gradient.size


def of_the_loss_alone(logits, labels):
    Y = np.eye(logits.shape[1])[labels]
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return -(Y * log_p).mean(), (np.exp(log_p) - Y) / len(labels)


def products(logits, labels):
    Y = np.eye(logits.shape[1])[labels]
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return -(Y * log_p).mean(), (np.exp(log_p) - Y) / Y.size
