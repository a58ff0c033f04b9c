# Right. The loss of a policy, with a return for each action.
import numpy as np


def policy_gradient_loss(logits, actions, returns):
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    n = len(actions)
    loss = -np.mean(logp[np.arange(n), actions] * returns)
    onehot = np.eye(logits.shape[1])[actions]
    return loss, (np.exp(logp) - onehot) * returns[:, None] / n
