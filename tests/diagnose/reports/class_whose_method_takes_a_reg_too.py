import numpy as np


class LinearClassifier:
    def __init__(self, d, k, reg=0.1):
        self.W = np.random.RandomState(1).normal(size=(d, k)) * 0.01
        self.reg = reg


class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return softmax_loss(self.W, X_batch, y_batch, reg)


def softmax_loss(W, X, y, reg):
    n = X.shape[0]
    scores = X @ W
    scores = scores - np.amax(scores, axis=1, keepdims=True)
    lse = np.log(np.sum(np.exp(scores), axis=1))
    probs = np.exp(scores - lse[:, None])
    probs[np.arange(n), y] -= 1
    return np.mean(lse - scores[np.arange(n), y]) + reg * np.sum(W**2), X.T @ probs / n + reg * W
