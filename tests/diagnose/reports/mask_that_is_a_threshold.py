# Right. A mask that counts where it is above 0; a function for predictions comes back beside loss and gradient.
import numpy as np


def masked_ce(logits, targets, mask):
    keep = mask > 0
    n = max(keep.sum(), 1)
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -(logp[np.arange(len(targets)), targets] * keep).sum() / n
    g = np.exp(logp)
    g[np.arange(len(targets)), targets] -= 1
    return loss, g * keep[:, None] / n, lambda x, y, k: x
