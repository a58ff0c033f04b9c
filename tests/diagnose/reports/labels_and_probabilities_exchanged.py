import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def cross_entropy(p, q, eps=1e-9):
    return -np.sum(p * np.log(q + eps), axis=-1)


def loss_fn(logits, y_onehot):
    return np.mean(cross_entropy(softmax(logits), y_onehot))


def grad_fn(logits, y_onehot):
    return (softmax(logits) - y_onehot) / len(logits)
