import numpy as np

np.random.seed(0)
N, D, K = 60, 4, 3
X = np.hstack([np.random.randn(N, D), np.ones((N, 1))])
y = np.random.randint(0, K, N)
Y = np.zeros((N, K))
Y[np.arange(N), y] = 1
lam = 1e-3


def objective(w):
    W = w.reshape(D + 1, K)
    A = X @ W
    A = A - A.max(axis=1, keepdims=True)
    log_p = A - np.log(np.exp(A).sum(axis=1, keepdims=True))
    f = -log_p[np.arange(N), y].sum() / N + lam / 2 * (w @ w)
    g = X.T @ (np.exp(log_p) - Y) / N + lam * W
    return f, g.ravel()
