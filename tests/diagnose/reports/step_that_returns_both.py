# Right. Its name says nothing: step.
import numpy as np


def step(logits, labels):
    a = logits - logits.max(axis=1, keepdims=True)
    b = np.log(np.exp(a).sum(axis=1, keepdims=True))
    hit = np.arange(logits.shape[1])[None, :] == labels[:, None]
    return np.where(hit, b - a, 0).sum() / len(labels), (np.exp(a - b) - hit) / len(labels)
