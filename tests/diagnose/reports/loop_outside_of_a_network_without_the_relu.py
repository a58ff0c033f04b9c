import numpy as np

np.random.seed(1)
N, D, H, K = 40, 2, 10, 3
X = np.random.randn(N, D)
Y = np.eye(K)[np.random.randint(K, size=N)]
W1, b1 = np.random.randn(D, H) * 0.1, np.zeros(H)
W2, b2 = np.random.randn(H, K) * 0.1, np.zeros(K)
lr = 0.5

it = 0
while it < 20:
    h = np.maximum(0, X.dot(W1) + b1)
    z = h.dot(W2) + b2
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    J = -np.sum(Y * np.log(p)) / N

    delta2 = (p - Y) / N
    delta1 = delta2.dot(W2.T)
    W2 = W2 - lr * h.T.dot(delta2)
    b2 = b2 - lr * delta2.sum(axis=0)
    W1 = W1 - lr * X.T.dot(delta1)
    b1 = b1 - lr * delta1.sum(axis=0)
    it += 1
