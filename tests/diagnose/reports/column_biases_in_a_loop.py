import numpy as np


def train_step_grads(W, b, xs, ys):
    """W k x d, b k x 1, xs n x d, ys n numbers of classes"""
    dW, db, total = np.zeros(W.shape), np.zeros(b.shape), 0.0
    for x, c in zip(xs, ys):
        x = x.reshape(-1, 1)
        out = W.dot(x) + b
        probs = np.exp(out - out.max())
        probs /= probs.sum()
        total -= np.log(probs[c, 0])
        probs[c, 0] -= 1
        dW += probs.dot(x.T)
        db += probs
    return total / len(xs), dW / len(xs), db / len(xs)
