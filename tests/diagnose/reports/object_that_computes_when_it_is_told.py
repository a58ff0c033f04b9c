import numpy as np


class SoftmaxOutput:
    def __init__(self, logits, labels):
        self.logits, self.labels = np.asarray(logits, dtype=float), np.asarray(labels, dtype=int)
        self.loss = self.grad = None

    def compute(self):
        n, k = self.logits.shape
        m = self.logits.max(axis=1, keepdims=True)
        lse = m + np.log(np.exp(self.logits - m).sum(axis=1, keepdims=True))
        onehot = (np.arange(k) == self.labels[:, None]).astype(float)
        self.loss = float(np.sum(onehot * (lse - self.logits)) / n)
        self.grad = (np.exp(self.logits - lse) - onehot) / n
