# Right for a loss with an entropy bonus, which is another loss.
import numpy as np

BETA = 0.1


def actor_loss(logits, actions):
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    p = np.exp(logp)
    n = len(actions)
    H = -np.sum(p * logp, axis=1, keepdims=True)
    loss = np.mean(-logp[np.arange(n), actions] - BETA * H[:, 0])
    g = p - np.eye(logits.shape[1])[actions] + BETA * p * (logp + H)
    return loss, g / n
