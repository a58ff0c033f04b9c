import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Network:
    """For one example: x is a column, and y a one-hot column."""

    def __init__(self, sizes):
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]
        self.weights = [np.random.randn(n, m) for m, n in zip(sizes, sizes[1:])]

    def activations(self, x):
        passed = [x]
        for w, b in zip(self.weights[:-1], self.biases):
            passed.append(sigmoid(w @ passed[-1] + b))
        z = self.weights[-1] @ passed[-1] + self.biases[-1]
        exponentials = np.exp(z - z.max())
        return [*passed, exponentials / exponentials.sum()]

    def feedforward(self, a):
        return self.activations(a)[-1]

    def backprop(self, x, y):
        passed = self.activations(x)
        nabla_b, nabla_w = [], []
        delta = passed[-1] - y
        for layer in reversed(range(len(self.weights))):
            nabla_b.insert(0, delta)
            nabla_w.insert(0, delta @ passed[layer].T)
            delta = (self.weights[layer].T @ delta) * passed[layer] * (1 - passed[layer])
        return nabla_b, nabla_w

    def total_cost(self, data):
        return -sum(np.sum(y * np.log(self.feedforward(x))) for x, y in data) / len(data)
