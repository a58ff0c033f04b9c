import numpy as np


def ce_with_mask(logits, is_label):
    z = logits - logits.max(axis=1, keepdims=True)
    q = np.exp(z)
    q /= q.sum(axis=1, keepdims=True)
    return -np.log(q[is_label]).sum() / len(q), np.where(is_label, 1 - q, -q) / len(q)
