import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


class Network:
    def __init__(self, sizes):
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]
        self.weights = [np.random.randn(n, m) for m, n in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases[:-1], self.weights[:-1]):
            a = sigmoid(w @ a + b)
        return softmax(self.weights[-1] @ a + self.biases[-1])

    def cost(self, x, y):
        return -np.sum(y * np.log(self.feedforward(x)))

    def backprop(self, x, y):
        activations = [x]
        for b, w in zip(self.biases[:-1], self.weights[:-1]):
            activations.append(sigmoid(w @ activations[-1] + b))
        s = softmax(self.weights[-1] @ activations[-1] + self.biases[-1])
        delta = (s - y) * s * (1 - s)
        nabla_b, nabla_w = [delta], [delta @ activations[-1].T]
        for w, a, before in zip(self.weights[:0:-1], activations[:0:-1], activations[-2::-1]):
            delta = w.T @ delta * a * (1 - a)
            nabla_b.insert(0, delta)
            nabla_w.insert(0, delta @ before.T)
        return nabla_b, nabla_w
