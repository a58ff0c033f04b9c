# Right. A required argument `reduction`, as in frameworks.
import numpy as np


def cross_entropy(logits, target, reduction):
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    n = len(target)
    nll = -logp[np.arange(n), target]
    grad = np.exp(logp)
    grad[np.arange(n), target] -= 1
    if reduction == "mean":
        return nll.mean(), grad / n
    elif reduction == "sum":
        return nll.sum(), grad
    elif reduction == "none":
        return nll, grad
    raise ValueError(reduction)
