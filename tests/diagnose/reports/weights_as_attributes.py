from dataclasses import dataclass

import numpy as np


@dataclass
class Params:
    W1: np.ndarray  # (hidden, inputs)
    b1: np.ndarray  # (hidden,)
    W2: np.ndarray  # (classes, hidden)
    b2: np.ndarray  # (classes,)


def relu(x):
    return np.maximum(x, 0)


def value_and_grad(params, x, labels, weight_decay=1e-3):
    before = x @ params.W1.T + params.b1
    hidden = relu(before)
    logits = hidden @ params.W2.T + params.b2
    logits = logits - logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    rows = np.arange(len(labels))
    value = -log_p[rows, labels].mean() + weight_decay / 2 * (np.sum(params.W1**2) + np.sum(params.W2**2))

    d_logits = np.exp(log_p)
    d_logits[rows, labels] -= 1
    d_logits /= len(labels)
    d_before = d_logits @ params.W2 * (before > 0)
    return value, Params(
        W1=d_before.T @ x + weight_decay * params.W1,
        b1=d_before.sum(axis=0),
        W2=d_logits.T @ hidden + weight_decay * params.W2,
        b2=d_logits.sum(axis=0),
    )
