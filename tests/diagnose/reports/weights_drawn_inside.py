import numpy as np


def softmax_loss(X, y):
    """Init the weights, forward, loss, backward"""
    N, D = X.shape
    C = np.max(y) + 1
    W = 0.5 * np.random.randn(D, C)
    mask = np.random.rand(N, D) < 0.5        # dropout
    H = X * mask / 0.5

    scores = H.dot(W)
    scores -= scores.max(axis=1, keepdims=True)
    probs = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    loss = -np.log(probs[np.arange(N), y]).mean()
    probs[np.arange(N), y] -= 1
    dW = H.T.dot(probs) / N
    return loss, dW
