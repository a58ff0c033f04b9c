import numpy as np


def softmax_cross_entropy_loss(Z, Y=np.array([])):
    E = np.exp(Z - Z.max(axis=0))
    A = E / E.sum(axis=0)
    loss = -np.log(A[Y, np.arange(Y.size)]).mean()
    return A, {"A": A}, loss


def softmax_cross_entropy_loss_der(Y, cache):
    dZ = cache["A"].copy()
    dZ[Y, np.arange(Y.size)] -= 1
    return dZ / Y.size
