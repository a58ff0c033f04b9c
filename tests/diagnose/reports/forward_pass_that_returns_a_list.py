import numpy as np


def linear_forward(a, w):
    return np.dot(w, a)


def softmax_forward(b):
    e = np.exp(b - np.max(b))
    return e / np.sum(e)


def nnforward(x, y, al, be):
    a = linear_forward(x, al)
    z = np.insert(1 / (1 + np.exp(-a)), 0, 1.0)
    b = linear_forward(z, be)
    p = softmax_forward(b)
    return [a, z, b, p, -np.log(p[y])]


def nnbackward(x, y, be, o):
    a, z, b, p, loss = o
    gb = p - np.eye(len(p))[y]
    return np.outer(np.dot(be.T, gb)[1:] * z[1:] * (1 - z[1:]), x), np.outer(gb, z)
