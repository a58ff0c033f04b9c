import numpy as np


def cost_and_gradient(Z, Y):
    E = np.exp(Z - Z.max(axis=0))
    A = E / E.sum(axis=0)
    return -np.sum(Y * np.log(A)) / len(Y), (A - Y) / len(Y)
