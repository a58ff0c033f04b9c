import numpy as np


def probabilities(w, b, x):
    scores = np.dot(w, x) + b
    exps = np.exp(scores - scores.max())
    return exps / exps.sum()


def loss(w, b, data):
    total = 0.0
    for x, label in data:
        total -= np.log(probabilities(w, b, x)[label])
    return total / len(data)


def gradient(w, b, data):
    dw, db = np.zeros(w.shape), np.zeros(b.shape)
    for x, label in data:
        p = probabilities(w, b, x)
        for k in range(len(p)):
            error = (k == label) - p[k]
            dw[k] += error * x
            db[k] += error
    return dw / len(data), db / len(data)
