# Right. A dataclass instance comes back.
from dataclasses import dataclass

import numpy as np


@dataclass
class LossResult:
    loss: float
    grad: np.ndarray


def softmax_ce(logits, labels):
    n = len(labels)
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    g = np.exp(logp)
    g[np.arange(n), labels] -= 1
    return LossResult(loss=-logp[np.arange(n), labels].mean(), grad=g / n)
