# Right. A loss alone, beside functions of the same number of arguments that have nothing to do with it.
import numpy as np


def cross_entropy(z, y):
    m = z.max(axis=1)
    return np.mean(m + np.log(np.exp(z - m[:, None]).sum(axis=1)) - z[np.arange(len(y)), y])


def relu_backward(dA, Z):
    return dA * (Z > 0)


def one_hot_minus(z, y):
    return np.eye(z.shape[1])[y] - 0.5
