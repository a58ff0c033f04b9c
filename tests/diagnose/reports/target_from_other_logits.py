import numpy as np


def softmax(v):
    e = np.exp(v - np.max(v))
    return e / np.sum(e)


def match(o, m):
    want, have = softmax(o), softmax(m)
    return {"loss": -want.dot(np.log(have)), "gradient": have - want}


print(match(np.array([0.5, 2.0, 1.0]), np.array([1.0, 1.5, -1.0])))
