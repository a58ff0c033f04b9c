# Right. A forward pass returns the loss and the probabilities; there is no gradient.
import numpy as np


def forward(scores, y):
    z = scores - scores.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -logp[np.arange(len(y)), y].mean(), np.exp(logp)
