import numpy as np


def softmax(a):
    e = np.exp(a - a.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def f(u, v):
    n = len(u)
    q = softmax(v)
    p = softmax(u)
    loss = -np.sum(q * np.log(p)) / n
    hard = np.zeros_like(v)
    hard[np.arange(n), v.argmax(axis=1)] = 1
    grad = (p - hard) / n
    return loss, grad
