import numpy as np


class Net:
    def __init__(self, sizes, lam=0.1):
        self.lam = lam
        self.weights = [np.random.randn(m, n) for m, n in zip(sizes, sizes[1:])]
        self.biases = [np.zeros(n) for n in sizes[1:]]
        self.vw, self.vb = ([np.zeros_like(value) for value in kept] for kept in (self.weights, self.biases))

    def loss(self, X, y):
        self.a = [X]
        for w, b in zip(self.weights, self.biases):
            z = self.a[-1] @ w + b
            self.a.append(np.maximum(0.01 * z, z))
        z = z - z.max(axis=1, keepdims=True)
        self.log_p, rows = z - np.log(np.exp(z).sum(axis=1, keepdims=True)), np.arange(len(y))
        return -self.log_p[rows, y].mean() + 0.5 * self.lam * sum(np.sum(w**2) for w in self.weights)

    def backward(self, y):
        delta, gw, gb = np.exp(self.log_p) / len(y), [], []
        delta[np.arange(len(y)), y] -= 1 / len(y)
        for w, a in zip(reversed(self.weights), self.a[-2::-1]):
            gw.insert(0, a.T @ delta + self.lam * w)
            gb.insert(0, delta.sum(axis=0))
            delta = delta @ w.T * np.where(a > 0, 1, 0.1)
        return gw, gb

    def step(self, gw, gb):
        for values, velocities, gradients in ((self.weights, self.vw, gw), (self.biases, self.vb, gb)):
            for n in range(len(values)):
                velocities[n] = 0.9 * velocities[n] - 0.1 * gradients[n]
                values[n] += velocities[n]
