import numpy as np


class Perceptron:
    def __init__(self, layers=(784, 100, 10)):
        self.W = [np.random.randn(m, n) / np.sqrt(m) for m, n in zip(layers[:-1], layers[1:])]
        self.b = [np.zeros(n) for n in layers[1:]]

    def loss_and_grads(self, X, y):
        hidden, rows = [X], np.arange(len(X))
        for W, b in zip(self.W[:-1], self.b[:-1]):
            hidden.append(np.tanh(hidden[-1] @ W + b))
        z = hidden[-1] @ self.W[-1] + self.b[-1]
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        delta = np.exp(log_p)
        delta[rows, y] -= 1
        delta /= len(X)
        grads = []
        for W, h in zip(self.W[::-1], hidden[::-1]):
            grads.append((h.T @ delta, delta.mean(axis=0)))
            delta = (delta @ W.T) * (1 - h**2)
        dWs, dbs = zip(*grads)
        return -log_p[rows, y].mean(), list(dWs), list(dbs)
