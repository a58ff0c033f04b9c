import numpy as np


def softmax(eta):
    mu = np.max(eta, axis=1, keepdims=True)
    X = np.exp(eta - mu)
    return X / np.sum(X, axis=1, keepdims=True)


def softmax_grad(eta):
    matrices = np.zeros((eta.shape[0], eta.shape[1], eta.shape[1]))
    for i in range(eta.shape[0]):
        s = softmax(eta[i:i + 1])
        A = -np.dot(s.T, s)
        np.fill_diagonal(A, s[0] + np.diag(A))
        matrices[i] = A
    return matrices


def loss_and_gradient(eta, y):
    n = len(y)
    p = softmax(eta)
    loss = -np.log(p[np.arange(n), y]).mean()
    return loss, softmax_grad(eta)
