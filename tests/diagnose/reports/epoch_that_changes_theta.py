import gzip

import numpy as np


def read_images(filename):
    with gzip.open(filename) as file:
        return np.frombuffer(file.read()[16:], np.uint8).reshape(-1, 784)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """One pass over the examples in their order, batch by batch. Changes theta in place.

    X (num_examples, input_dim), y (num_examples,), theta (input_dim, num_classes)
    """
    for i in range(0, len(X), batch):
        x, labels = X[i : i + batch], y[i : i + batch]
        logits = x @ theta
        Z = np.exp(logits - logits.max(axis=1, keepdims=True))
        Z /= Z.sum(axis=1, keepdims=True)
        Z[np.arange(len(labels)), labels] -= 1
        theta -= lr * x.T @ Z / len(x)
