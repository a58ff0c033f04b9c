import numpy as np


def softmax_cross_entropy(probabilities, token_ids):
    d = probabilities.copy()
    d[np.arange(len(token_ids)), token_ids] -= 1
    return -d / len(token_ids)
