# The backward function takes the cache of the forward function, and adds 1 instead of subtracting it.
import numpy as np


def forward_pass(x, y):
    z = x - x.max(1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    return -np.log(p[range(len(y)), y]).mean(), (p, y)


def backward_pass(cache):
    p, y = cache
    d = p.copy()
    d[range(len(y)), y] += 1
    return d / len(y)
