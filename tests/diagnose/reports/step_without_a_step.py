import numpy as np


def train_step(W, b, xb, yb):
    """returns avg. loss of the minibatch, dW, db"""
    bs = xb.shape[0]
    logits = xb @ W + b
    logits = logits - logits.max(axis=1, keepdims=True)
    log_probs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    avg_loss = -log_probs[np.arange(bs), yb].mean()

    delta = np.exp(log_probs)
    delta[np.arange(bs), yb] -= 1.0
    dW = xb.T @ delta
    db = delta.sum(axis=0)
    return avg_loss, dW, db
