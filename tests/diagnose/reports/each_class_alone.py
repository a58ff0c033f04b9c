import numpy as np


def softmax(scores):
    total = sum(np.exp(score) for score in scores)
    return [np.exp(score) / total for score in scores]


def mean_cross_entropy(outputs, targets):
    each = [-np.log(output if target == 1 else 1 - output) for output, target in zip(outputs, targets)]
    return np.mean(each)


def loss(scores, targets):
    return mean_cross_entropy(softmax(scores), targets)
