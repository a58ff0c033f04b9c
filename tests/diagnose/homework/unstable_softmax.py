import math

import numpy as np

MISTAKES = ["unstable softmax"]


def _loss(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])


def loops(logits, labels):
    gradient = np.zeros_like(logits)
    for n, z in enumerate(logits):
        total = sum(math.exp(v) for v in z)
        for i, v in enumerate(z):
            gradient[n, i] = (math.exp(v) / total - (i == labels[n])) / len(labels)
    return _loss(logits, labels), gradient


def indexing(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return _loss(logits, labels), p / len(labels)


def products(logits, labels):
    k = logits.shape[1]
    p = np.exp(logits) / (np.exp(logits) @ np.ones((k, k)))
    return _loss(logits, labels), (p - np.eye(k)[labels]) / len(labels)


def shifted_by_the_mean(logits, labels):
    """Right until one logit is far above many others."""
    z = logits - logits.mean(axis=1, keepdims=True)
    total = np.exp(z).sum(axis=1, keepdims=True)
    loss = np.mean(np.log(total[:, 0]) - z[np.arange(len(labels)), labels])
    return loss, (np.exp(z) / total - np.eye(logits.shape[1])[labels]) / len(labels)


def shifted_by_the_mean_in_float32(logits, labels):
    return shifted_by_the_mean(logits.astype(np.float32), labels)


def shifted_by_the_mean_in_loops(logits, labels):
    """Where NumPy returns infinity, `math.exp` raises an error."""
    loss, gradient = 0, np.zeros_like(logits)
    for n, (z, c) in enumerate(zip(logits.tolist(), labels)):
        e = [math.exp(v - sum(z) / len(z)) for v in z]
        loss += (math.log(sum(e)) - z[c] + sum(z) / len(z)) / len(logits)
        gradient[n] = [(v / sum(e) - (i == c)) / len(logits) for i, v in enumerate(e)]
    return loss, gradient


def log_sum_exp(logits, labels):
    total = np.log(np.exp(logits).sum(axis=1, keepdims=True))
    loss = np.mean(total[:, 0] - logits[np.arange(len(labels)), labels])
    return loss, (np.exp(logits - total) - np.eye(logits.shape[1])[labels]) / len(labels)
