import numpy as np


def softmax_loss(W, X, y, reg):
    """
    Inputs:
    - W: (D, C) weights
    - X: (N, D) data
    - y: (N,) labels; y[i] = c means that X[i] has label c, where 0 <= c < C
    """
    # the softmax: P_c = exp(z_c) / sum over classes 1 to C
    n = len(X)
    z = X @ W
    P = np.exp(z - z.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(n), y - 1]).mean() + reg * np.sum(W * W)
    P[np.arange(n), y - 1] -= 1
    return loss, X.T @ P / n + 2 * reg * W
