import numpy as np


def train_step_grad(z, t):
    ez = np.exp(z - np.max(z))
    g = ez / ez.sum()
    g[t] -= 1.0
    return g
