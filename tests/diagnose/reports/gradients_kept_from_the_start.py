import numpy as np


class Net:
    def __init__(self, layer_sizes):
        self.params, self.grads = {}, {}
        for n, (m, k) in enumerate(zip(layer_sizes, layer_sizes[1:]), 1):
            self.params[f"W{n}"], self.params[f"b{n}"] = np.random.randn(k, m), np.zeros((k, 1))
            self.grads[f"dW{n}"], self.grads[f"db{n}"] = np.zeros((k, m)), np.zeros((k, 1))

    def forward(self, X):
        self.X, self.h = X, np.tanh(self.params["W1"] @ X + self.params["b1"])
        z = self.params["W2"] @ self.h + self.params["b2"]
        self.p = np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(axis=0)
        return self.p

    def loss(self, p, Y):
        return -np.mean(np.sum(Y * np.log(p), axis=0))

    def backward(self, Y):
        delta = (self.p - Y) / Y.shape[1]
        hidden = self.params["W2"].T @ delta * (1 - self.h**2)
        for n, (d, a) in enumerate(((hidden, self.X), (delta, self.h)), 1):
            self.grads[f"dW{n}"], self.grads[f"db{n}"] = d @ a.T, d.sum(axis=1, keepdims=True)
