import numpy as np

names = np.array(["a", "b", "c"])
X = np.random.default_rng(0).normal(size=(30, 4))
labels = names[np.arange(30) % 3]
y = np.searchsorted(names, labels)
Y = np.eye(3)[y]


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss(W):
    P = softmax(X @ W) if labels[0] == "a" else None
    return -np.mean(np.log(P[np.arange(len(y)), y]))


def grad(W):
    return X.T @ (softmax(X @ W) - Y)
