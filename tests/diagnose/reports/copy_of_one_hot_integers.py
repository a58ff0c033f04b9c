import numpy as np

def ce_loss(X, y):
    n, k = X.shape
    Y = np.eye(k, dtype=int)[y]
    grad = Y.copy()
    total = 0.0
    for i, x in enumerate(X):
        m = np.max(x)
        s = np.sum(np.exp(x - m))
        total += m + np.log(s) - np.dot(Y[i], x)
        grad[i] = np.exp(x - m) / s - Y[i]
    return total / n, grad / n
