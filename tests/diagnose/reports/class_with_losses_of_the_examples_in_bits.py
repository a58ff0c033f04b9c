# A layer of a course's library: forward returns one loss for each example, and derivative the gradient of their sum; the loss has log2.
import numpy as np


class SoftmaxCrossEntropy:
    def forward(self, x, y):
        self.labels = y
        m = x.max(axis=1, keepdims=True)
        lse = m + np.log(np.exp(x - m).sum(axis=1, keepdims=True))
        self.log_probs = x - lse
        return -(y * self.log_probs).sum(axis=1) / np.log(2)

    def derivative(self):
        return np.exp(self.log_probs) - self.labels
