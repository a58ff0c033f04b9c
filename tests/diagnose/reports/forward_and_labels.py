# The forward function returns the loss, and what a backward pass would need.
import numpy as np


def forward(x, y):
    z = x - x.max(axis=1, keepdims=True)
    lp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -lp[np.arange(len(y)), y].mean(), (np.exp(lp), y)
