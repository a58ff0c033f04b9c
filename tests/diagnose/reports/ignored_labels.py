# Rows with the label ignore_index have no part in the loss.
import numpy as np


def cross_entropy(logits, labels, ignore_index=-100):
    kept = labels != ignore_index
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    chosen = np.where(kept, labels, 0)
    rows = np.arange(len(labels))
    loss = -log_p[rows, chosen][kept].sum() / kept.sum()
    gradient = np.exp(log_p)
    gradient[rows, chosen] -= 1
    gradient[~kept] = 0
    return loss, gradient / kept.sum()
