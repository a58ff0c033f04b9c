import numpy as np

X = np.random.default_rng(0).normal(size=(30, 4))
y = np.arange(30) % 3
W = np.zeros((4, 3))
inv_n = 1.0 / len(X)
best_loss = np.inf

for rate in [0.5, 0.1, 0.02]:
    P = np.exp(X @ W)
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(len(y)), y]).sum() * inv_n
    best_loss = min(best_loss, loss)
    if loss < 0.01:
        break
    P[np.arange(len(y)), y] -= 1
    W -= 0.1 * X.T @ P * inv_n
