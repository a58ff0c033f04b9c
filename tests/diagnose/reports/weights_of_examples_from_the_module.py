import numpy as np

rng = np.random.default_rng(1)
X, y = rng.normal(size=(40, 6)), rng.integers(0, 3, 40)
weight_of_class = np.array([1.0, 2.0, 0.5])
weight = weight_of_class[y]


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss(W):
    P = softmax(X @ W)
    return -np.mean(weight * np.log(P[np.arange(len(y)), y]))


def grad(W):
    P = softmax(X @ W)
    P[np.arange(len(y)), y] -= 1
    return X.T @ (P * weight[:, None]) / len(y)
