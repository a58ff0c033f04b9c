import numpy as np

CLASS_WEIGHTS = np.array([0.5, 1.0, 4.0])


def weighted_loss(logits, labels):
    n = np.arange(len(labels))
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    w = CLASS_WEIGHTS[labels]
    loss = -np.mean(w * np.log(p[n, labels]))
    p[n, labels] -= 1
    return loss, p * w[:, None] / len(n)
