import numpy as np

np.random.seed(0)
N, D, K = 60, 2, 3
X = np.random.randn(N, D)
y = np.random.randint(0, K, N)
Xb = np.hstack([np.ones((N, 1)), X])


def loss(W):
    z = Xb @ W
    z -= z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(N), y])


def grad(W):
    z = Xb @ W
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(N), y] -= 1
    return Xb.T @ p / N


W = np.zeros((D + 1, K))
for it in range(20):
    W -= 0.5 * grad(W)
