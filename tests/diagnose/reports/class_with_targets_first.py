# A loss object that is called with (targets, logits), and whose backward pass takes nothing; right.
import numpy as np


class CrossEntropyLoss:
    def __call__(self, targets, logits):
        z = logits - logits.max(axis=1, keepdims=True)
        log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.targets, self.probs = targets, np.exp(log_probs)
        return -(targets * log_probs).sum() / len(targets)

    def backward(self):
        return (self.probs - self.targets) / len(self.targets)
