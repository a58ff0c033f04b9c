import numpy as np


class SoftmaxLoss:
    def __init__(self, shape):
        self.size = shape[0]
        self.probs = np.zeros(shape)

    def cal_loss(self, scores, label):
        self.label = label
        loss = 0
        for i in range(self.size):
            shifted = scores[i] - np.max(scores[i])
            self.probs[i] = np.exp(shifted) / np.sum(np.exp(shifted))
            loss += np.log(np.sum(np.exp(shifted))) - shifted[label[i]]
        return loss

    def gradient(self):
        delta = self.probs.copy()
        for i in range(self.size):
            delta[i, self.label[i]] -= 1
        return delta
