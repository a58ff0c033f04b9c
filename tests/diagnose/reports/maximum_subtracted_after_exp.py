import numpy as np


def loss_and_grad(scores, labels):
    e = np.exp(scores) - scores.max(axis=1, keepdims=True)
    p = e / e.sum(axis=1, keepdims=True)
    onehot = np.eye(p.shape[1])[labels]
    return -np.sum(onehot * np.log(p)) / len(labels), (p - onehot) / len(labels)
