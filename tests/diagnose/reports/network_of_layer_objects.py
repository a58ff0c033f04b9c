import numpy as np


class Dense:
    def __init__(self, n_in, n_out):
        self.W, self.b = 0.1 * np.random.randn(n_in, n_out), np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
        return dout @ self.W.T


class ReLU:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class SoftmaxLoss:
    def forward(self, z, y):
        z = z - z.max(axis=1, keepdims=True)
        self.log_p, self.y = z - np.log(np.exp(z).sum(axis=1, keepdims=True)), y
        return -self.log_p[np.arange(len(y)), y].mean()

    def backward(self):
        gradient = np.exp(self.log_p) / len(self.y)
        gradient[np.arange(len(self.y)), self.y] -= 1 / len(self.y)
        return gradient


class MLP:
    def __init__(self, sizes):
        self.layers, self.criterion = [Dense(sizes[0], sizes[1])], SoftmaxLoss()
        for m, n in zip(sizes[1:], sizes[2:]):
            self.layers += [ReLU(), Dense(m, n)]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def loss(self, x, y):
        return self.criterion.forward(self.forward(x), y)

    def backward(self):
        dout = self.criterion.backward()
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
