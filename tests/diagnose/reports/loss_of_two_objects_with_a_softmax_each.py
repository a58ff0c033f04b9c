import numpy as np


class Softmax:
    def forward(self, x):
        e = np.exp(x - x.max(1, keepdims=True))
        self.out = e / e.sum(1, keepdims=True)
        return self.out


class CrossEntropyLoss:
    """takes the output of the network, as in torch"""

    def __init__(self):
        self.softmax = Softmax()

    def forward(self, pred, target):
        self.p, self.rows = self.softmax.forward(pred), (np.arange(len(target)), target)
        return -np.log(self.p[self.rows]).mean()

    def backward(self):
        g = self.p.copy()
        g[self.rows] -= 1
        return g / len(g)


activation = Softmax()
criterion = CrossEntropyLoss()


def loss_fn(logits, target):
    loss = criterion.forward(activation.forward(logits), target)
    return loss, criterion.backward()
