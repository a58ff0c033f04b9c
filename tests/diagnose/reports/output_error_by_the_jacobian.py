import numpy as np


def softmax(dendritic):
    """dendritic: (batch, classes, 1)"""
    e = np.exp(dendritic - dendritic.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(activations, targets):
    return -np.sum(targets * np.log(activations)) / len(activations)


def cross_entropy_derivative(activations, targets):
    return -targets / activations / len(activations)


def output_error(dendritic, targets):
    """dendritic, targets: (batch, classes, 1)"""
    a = softmax(dendritic)
    jacobian = a * np.eye(a.shape[1]) - a @ a.transpose(0, 2, 1)
    return jacobian @ cross_entropy_derivative(a, targets)
