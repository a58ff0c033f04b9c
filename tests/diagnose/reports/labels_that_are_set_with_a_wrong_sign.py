import numpy as np


class Loss:
    def set_labels(self, labels):
        self.labels = labels

    def forward(self, scores):
        raise NotImplementedError

    def backward(self):
        raise NotImplementedError


class SoftmaxLoss(Loss):
    def forward(self, scores):
        z = scores - scores.max(axis=1, keepdims=True)
        self.log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return -np.mean(self.log_p[np.arange(len(scores)), self.labels])

    def backward(self):
        gradient = np.exp(self.log_p)
        gradient[np.arange(len(gradient)), self.labels] -= 1
        return -gradient / len(gradient)
