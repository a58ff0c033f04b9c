import numpy as np


class Layer:
    pass


class Dense(Layer):
    def __init__(self, n_in, n_out):
        self.W, self.b = np.random.randn(n_in, n_out), np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.dW, self.db = self.x.T @ g, g.sum(axis=0)
        return g @ self.W.T


class Tanh(Layer):
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, g):
        return g * (1 - self.y**2)


class Network:
    def __init__(self, sizes):
        self.layers = [Dense(sizes[0], sizes[1]), Tanh(), Dense(sizes[1], sizes[2])]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def loss(self, x, y):
        z = self.forward(x)
        z = z - z.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.g = np.exp(logp)
        self.g[np.arange(len(y)), y] -= 1
        self.g /= len(y)
        return -logp[np.arange(len(y)), y].mean()

    def backward(self):
        g = self.g
        for layer in reversed(self.layers):
            g = layer.backward(g)
        return g
