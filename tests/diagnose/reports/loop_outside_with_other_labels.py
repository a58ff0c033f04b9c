import numpy as np

X = np.random.default_rng(0).normal(size=(30, 4))
y = np.arange(30) % 3
y_shuffled = np.random.default_rng(1).permutation(y)
W = np.zeros((4, 3))

for epoch in range(20):
    P = np.exp(X @ W)
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(P[np.arange(len(y)), y]))
    P[np.arange(len(y)), y_shuffled] -= 1
    W -= 0.1 * X.T @ P / len(y)
