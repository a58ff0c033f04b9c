import numpy as np

PAD = 0


def sequence_loss(logits, targets):
    """logits (T, V), targets (T,) with 0 for padding, which does not count"""
    mask = (targets != PAD).astype(float)
    count = max(mask.sum(), 1.0)
    m = logits.max(axis=1, keepdims=True)
    logp = logits - m - np.log(np.exp(logits - m).sum(axis=1, keepdims=True))
    steps = np.arange(len(targets))
    dlogits = np.exp(logp)
    dlogits[steps, targets] -= 1
    return -(logp[steps, targets] * mask).sum() / count, dlogits / count
