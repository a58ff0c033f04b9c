import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(probs, y):
    return -np.log(probs[np.arange(len(y)), y]).mean()


def relu_backward(dh, cache):
    return dh * (cache > 0)


def backward(params, cache, y):
    x, h, probs = cache
    dz = (probs + np.eye(probs.shape[1])[y]) / len(y)
    return {"W2": h.T @ dz, "W1": x.T @ relu_backward(dz @ params["W2"].T, h)}
