# The penalty is subtracted from the loss, and added to dW.
import numpy as np


def softmax_loss(W, X, y, reg):
    z = X @ W
    z -= z.max(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = (np.log(np.exp(z).sum(axis=1)) - z[rows, y]).mean() - reg * (W**2).sum()
    s = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    s[rows, y] -= 1
    return loss, X.T @ s / len(y) + 2 * reg * W
