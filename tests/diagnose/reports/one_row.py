# Right for one example in a row (1, k) with a one-hot row, until 1 / s overflows: the Jacobian is written out.
import numpy as np


def grad(z, y):
    z = z - z.max()
    s = np.exp(z) / np.exp(z).sum()
    jacobian = np.diagflat(s) - s.T @ s
    return np.log(np.exp(z).sum()) - (y * z).sum(), -(y / s) @ jacobian
