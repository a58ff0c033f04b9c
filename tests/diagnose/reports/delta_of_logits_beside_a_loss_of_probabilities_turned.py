import numpy as np


def get_probs(logits):
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def cross_entropy(probs, y):
    eps = 1e-12
    n = y.shape[0]
    return -np.sum(np.log(probs[np.arange(n), y] + eps)) / n


def delta_cross_entropy(logits, y):
    """
    logits is the output from fully connected layer (num_examples x num_classes)
    y is labels (num_examples x 1)
    	Note that y is not one-hot encoded vector.
    """
    m = y.shape[0]
    grad = get_probs(logits)
    grad[range(m), y] -= 1
    grad = -grad / m
    return grad
