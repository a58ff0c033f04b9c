import numpy as np


def loss_and_gradient(logits, y_true):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.sum(y_true * np.log(p), axis=1).mean()
    return loss, -np.sum(y_true / p, axis=1, keepdims=True) / len(logits)
