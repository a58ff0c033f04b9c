# A criterion as in Torch 7; the target is one-hot.
import numpy as np

class SoftMaxCrossEntropy(object):
    def updateOutput(self, input, target):
        e = np.exp(input - input.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        self.output = -(target * np.log(self.p)).sum() / input.shape[0]
        return self.output

    def updateGradInput(self, input, target):
        self.gradInput = (self.p - target) / input.shape[0]
        return self.gradInput
