# Right. A generator that yields the loss and the gradient of the whole batch, once.
import numpy as np


def softmax_loss(logits, labels):
    n = len(labels)
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    g = np.exp(logp)
    g[np.arange(n), labels] -= 1
    yield -logp[np.arange(n), labels].mean(), g / n
