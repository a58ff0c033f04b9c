import numpy as np


def softmax(z):
    z = z - np.max(z, axis=1, keepdims=True)
    return np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)


class Net:
    def forward(self, z):
        self.a = softmax(z)
        return self.a

    def loss(self, pred, y):
        return -np.log(softmax(pred))[np.arange(len(y)), y].mean()

    def backward(self, y):
        d = self.a.copy()
        d[np.arange(len(y)), y] -= 1
        return d / len(y)


def run(z, y):
    net = Net()
    pred = net.forward(z)
    return net.loss(pred, y), net.backward(y)
