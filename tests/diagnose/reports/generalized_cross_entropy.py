import numpy as np

Q = 0.7


def gce_loss(logits, labels):
    """The generalized cross entropy (1 - p^q) / q, for noisy labels."""
    rows = np.arange(len(labels))
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p_true = p[rows, labels]
    loss = np.mean((1 - p_true**Q) / Q)
    grad = p.copy()
    grad[rows, labels] -= 1
    return loss, grad * p_true[:, None] ** Q / len(labels)
