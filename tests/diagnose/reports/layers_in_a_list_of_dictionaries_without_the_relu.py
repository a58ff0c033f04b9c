import numpy as np


class Layers:
    def __init__(self, architecture, rate):
        self.rate = rate
        self.layers = [{"W": 0.1 * np.random.randn(n, m), "b": np.zeros((n, 1))} for m, n in zip(architecture, architecture[1:])]

    def forward(self, X):
        self.A = [X]
        for layer in self.layers[:-1]:
            self.A.append(np.maximum(0, layer["W"] @ self.A[-1] + layer["b"]))
        Z = self.layers[-1]["W"] @ self.A[-1] + self.layers[-1]["b"]
        E = np.exp(Z - Z.max(axis=0))
        self.A.append(E / E.sum(axis=0))
        return self.A[-1]

    def loss(self, P, Y):
        return -np.mean(np.sum(Y * np.log(P), axis=0))

    def backward(self, Y):
        dZ = (self.A[-1] - Y) / Y.shape[1]
        grads = []
        for layer, A in zip(reversed(self.layers), self.A[-2::-1]):
            grads.insert(0, {"dW": dZ @ A.T, "db": dZ.sum(axis=1, keepdims=True)})
            dZ = (layer["W"].T @ dZ)
        return grads
