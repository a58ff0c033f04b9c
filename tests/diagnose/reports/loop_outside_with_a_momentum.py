import numpy as np

x = np.random.RandomState(2).randn(20, 5)
t = np.arange(20) % 3
w = np.zeros((5, 3))
v = np.zeros_like(w)

for step in range(30):
    s = np.exp(x @ w)
    s /= s.sum(1, keepdims=True)
    loss = -np.log(s[np.arange(20), t]).mean()
    s[np.arange(20), t] -= 1
    v = 0.9 * v - 0.1 * x.T @ s / 20
    w += v
