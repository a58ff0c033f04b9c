import numpy as np


class Softmax:
    def forward(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)


class CrossEntropy:
    """ applies softmax internally """

    def forward(self, scores, labels):
        self.labels = labels
        self.probs = Softmax().forward(scores)
        return -np.log(self.probs[np.arange(len(labels)), labels]).mean()

    def backward(self):
        g = self.probs.copy()
        g[np.arange(len(self.labels)), self.labels] -= 1
        return g / len(self.labels)


class Model:
    def __init__(self):
        self.act = Softmax()
        self.criterion = CrossEntropy()

    def step(self, logits, labels):
        out = self.act.forward(logits)
        loss = self.criterion.forward(out, labels)
        return loss, self.criterion.backward()


def loss_and_grad(logits, labels):
    return Model().step(logits, labels)
