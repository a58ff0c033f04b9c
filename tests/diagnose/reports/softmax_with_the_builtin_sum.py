# Rows are examples, but the builtin sum adds down the batch: each class sums to 1, not each example.
import numpy as np


def ReLU(z):
    return np.maximum(z, 0)


def dev_ReLU(z):
    return z > 0


def Softmax(z):
    return np.exp(z) / sum(np.exp(z))


def one_hotencode(y):
    t = np.zeros((np.size(y), 10))
    t[np.arange(y.size), y] = 1
    return t


def f_propagation(a0, w1, b1, w2, b2):
    z1 = a0.dot(w1) + b1
    a1 = ReLU(z1)
    z2 = a1.dot(w2) + b2
    a2 = Softmax(z2)
    return z1, a1, z2, a2


def cost(y, a2):
    return -np.sum(one_hotencode(y) * np.log(a2)) / y.size


def b_propagation(x, y, z1, w1, a1, z2, w2, a2):
    m = y.size
    dadc = a2 - one_hotencode(y)
    dw2 = 1 / m * a1.T.dot(dadc)
    db2 = 1 / m * np.sum(dadc, axis=0)
    dz1 = w2.dot(dadc.T).T * dev_ReLU(z1)
    dw1 = 1 / m * x.T.dot(dz1)
    db1 = 1 / m * np.sum(dz1, axis=0)
    return dw1, db1, dw2, db2
