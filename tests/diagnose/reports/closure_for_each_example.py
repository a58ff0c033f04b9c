import numpy as np


def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))

    def grad(dout):
        return dout[:, None] * (np.exp(log_p) - labels)

    return -(labels * log_p).sum(axis=1), grad
