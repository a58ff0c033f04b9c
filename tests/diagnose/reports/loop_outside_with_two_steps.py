import numpy as np

X = np.random.default_rng(0).normal(size=(30, 4))
y = np.arange(30) % 3
W = np.zeros((4, 3))
lr, decay = 0.1, 0.01

for epoch in range(1, 20):
    P = np.exp(X @ W)
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(P[np.arange(len(y)), y]))
    P[np.arange(len(y)), y] -= 1
    W -= lr * X.T @ P / len(y)
    W -= lr * decay * W
