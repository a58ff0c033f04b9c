import numpy as np


def loss_and_grad(W, xs, ys):
    n = len(xs)
    logits = W[xs]
    P = np.exp(logits)
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(n), ys]).mean() + 0.01 * np.abs(W).sum()
    P[np.arange(n), ys] -= 1
    dW = 0.01 * np.sign(W)
    np.add.at(dW, xs, P / n)
    return loss, dW
