import numpy as np


def loss_and_gradient(logits, labels):
    z = logits * (np.random.rand(*logits.shape) > 0.5)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    n = np.arange(len(labels))
    loss = -np.log(p[n, labels]).mean()
    p[n, labels] -= 1
    return loss, p / len(labels)
