import numpy as np


def cross_entropy(predicted, targets, eps=1e-12):
    predicted = np.clip(predicted, eps, 1 - eps)
    return -np.mean(targets * np.log(predicted))
