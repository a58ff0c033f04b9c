import numpy as np


class SoftmaxLossLayer:
    def __init__(self):
        self.loss = 0

    def forward(self, bottom, label):
        self.loss = 0
        shifted = bottom - bottom.max(axis=1)[:, None]
        self.log_p, self.label = shifted - np.log(np.exp(shifted).sum(axis=1))[:, None], label
        for i in range(len(label)):
            self.loss -= self.log_p[i, label[i]] / len(label)
        return self.loss

    def backward(self):
        diff = np.exp(self.log_p)
        for i in range(len(diff)):
            diff[i, self.label[i]] -= 1
        return diff / len(diff)
