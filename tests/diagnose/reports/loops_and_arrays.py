# One function with loops, which is right, and one with arrays, which forgot to divide by N.
import numpy as np


def softmax_loss_naive(W, X, y, reg):
    loss, dW = reg * np.sum(W * W), 2 * reg * W
    for x, c in zip(X, y):
        f = x @ W - np.max(x @ W)
        p = np.exp(f) / np.exp(f).sum()
        loss += (np.log(np.exp(f).sum()) - f[c]) / len(y)
        p[c] -= 1
        dW += np.outer(x, p) / len(y)
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    f = X @ W
    f = f - f.max(axis=1, keepdims=True)
    logp = f - np.log(np.exp(f).sum(axis=1, keepdims=True))
    d = np.exp(logp)
    d[np.arange(len(y)), y] -= 1
    return -logp[np.arange(len(y)), y].mean() + reg * np.sum(W * W), X.T @ d + 2 * reg * W
