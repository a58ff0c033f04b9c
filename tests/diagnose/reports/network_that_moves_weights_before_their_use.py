import numpy as np


class Net:
    """Its backward pass takes a step in each layer, and hands the error on by weights that have moved."""

    def __init__(self, input_size, hidden_sizes, output_size, lr=0.1):
        self.lr, sizes = lr, [input_size, *hidden_sizes, output_size]
        self.weights = [0.1 * np.random.randn(m, n) for m, n in zip(sizes, sizes[1:])]
        self.biases = [np.zeros(n) for n in sizes[1:]]

    def forward(self, x):
        self.activations = [x]
        for w, b in zip(self.weights[:-1], self.biases):
            self.activations.append(np.tanh(self.activations[-1] @ w + b))
        z = self.activations[-1] @ self.weights[-1] + self.biases[-1]
        shifted = np.exp(z - z.max(axis=1, keepdims=True))
        self.activations.append(shifted / shifted.sum(axis=1, keepdims=True))
        return self.activations[-1]

    def loss(self, probs, y):
        return -np.log(probs[np.arange(len(y)), y]).mean()

    def backward(self, y):
        delta = (self.activations[-1] - np.eye(len(self.biases[-1]))[y]) / len(y)
        for n in reversed(range(len(self.weights))):
            h = self.activations[n]
            self.weights[n] -= self.lr * h.T @ delta
            self.biases[n] -= self.lr * delta.sum(axis=0)
            delta = delta @ self.weights[n].T * (1 - h**2)
