# As above; the gradient is divided by B, the loss by B*T.
import numpy as np


def lm_loss(logits, targets):
    B, T, V = logits.shape
    z = logits.reshape(B * T, V)
    t = targets.reshape(B * T)
    z = z - z.max(axis=-1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    loss = -logp[np.arange(B * T), t].mean()
    d = np.exp(logp)
    d[np.arange(B * T), t] -= 1
    return loss, (d / B).reshape(B, T, V)
