import numpy as np

MISTAKES = ["one-hot where indices are expected, or the reverse"]


def _log_softmax(z):
    return z - np.logaddexp.reduce(z, axis=1, keepdims=True)


def loops(logits, labels):
    Y = np.eye(logits.shape[1], dtype=int)[labels]
    log_p = _log_softmax(logits)
    loss, gradient = 0, np.exp(log_p)
    for n in range(len(Y)):
        loss -= log_p[n, Y[n]].sum() / len(Y)
        gradient[n, Y[n]] -= 1
    return loss, gradient / len(Y)


def indexing(logits, labels):
    Y, rows = np.eye(logits.shape[1], dtype=int)[labels], np.arange(len(labels))[:, None]
    log_p = _log_softmax(logits)
    gradient = np.exp(log_p)
    gradient[rows, Y] -= 1
    return -log_p[rows, Y].mean(), gradient / len(labels)


def products(logits, labels):
    Y = (labels[:, None] == np.arange(logits.shape[1])).astype(int)
    log_p = _log_softmax(logits)
    gradient = np.exp(log_p)
    np.put_along_axis(gradient, Y, np.take_along_axis(gradient, Y, 1) - 1, 1)
    return -np.take_along_axis(log_p, Y, 1).mean(), gradient / len(labels)
