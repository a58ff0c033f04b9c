import numpy as np


class Net:
    """x and y are rows, (1, D) and (1, k): the softmax is that of the whole array."""

    def __init__(self, sizes):
        self.weights = [np.random.randn(m, n) for m, n in zip(sizes, sizes[1:])]
        self.biases = [np.zeros((1, n)) for n in sizes[1:]]

    def backprop(self, x, y):
        hidden = [x]
        for w, b in zip(self.weights[:-1], self.biases):
            hidden.append(np.tanh(hidden[-1] @ w + b))
        z = hidden[-1] @ self.weights[-1] + self.biases[-1]
        log_p = z - z.max() - np.log(np.exp(z - z.max()).sum())
        delta, nabla_w, nabla_b = np.exp(log_p) - y, [], []
        for w, h in zip(self.weights[::-1], hidden[::-1]):
            nabla_w.append(h.T @ delta)
            nabla_b.append(delta)
            delta = delta @ w.T * (1 - h**2)
        return -np.sum(y * log_p), nabla_w[::-1], nabla_b[::-1]
