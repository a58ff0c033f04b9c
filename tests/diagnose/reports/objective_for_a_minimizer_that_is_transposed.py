import numpy as np


def make_objective(X, y, n_classes, alpha=1e-4):
    n, d = X.shape
    Y = np.eye(n_classes)[y]

    def fun(w):
        W = w.reshape(d, n_classes)
        Z = X @ W
        m = Z.max(axis=1, keepdims=True)
        lse = m + np.log(np.exp(Z - m).sum(axis=1, keepdims=True))
        f = (lse.sum() - (Y * Z).sum()) / n + 0.5 * alpha * w @ w
        return f, (X.T @ (np.exp(Z - lse) - Y) / n + alpha * W).T.ravel()

    return fun
