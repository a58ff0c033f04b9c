import numpy as np


class Net:
    def __init__(self, layers):
        self.weights = [np.random.randn(n, m) for m, n in zip(layers, layers[1:])]
        self.biases = [np.zeros((n, 1)) for n in layers[1:]]

    def backprop(self, X, Y):
        H = np.tanh(self.weights[0] @ X + self.biases[0])
        Z = self.weights[1] @ H + self.biases[1]
        P = np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0)
        delta = (P - Y) / Y.shape[1]
        hidden = self.weights[1].T @ delta * (1 - H**2)
        return -np.mean(np.sum(Y * np.log(P), axis=0)), [hidden @ X.T, delta @ H.T], [hidden, delta]
