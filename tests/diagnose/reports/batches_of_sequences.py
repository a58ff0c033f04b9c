import numpy as np


class SequenceCrossEntropy:
    def forward(self, logits, labels):
        """logits (B, S, V), labels (B, S, 1)"""
        e = np.exp(logits - logits.max(axis=-1, keepdims=True))
        self.probs, self.labels = e / e.sum(axis=-1, keepdims=True), labels
        return -np.log(np.take_along_axis(self.probs, labels, axis=-1)).mean()

    def backward(self):
        grad = self.probs.copy()
        picked = np.take_along_axis(grad, self.labels, axis=-1)
        np.put_along_axis(grad, self.labels, picked - 1, axis=-1)
        return grad / (grad.shape[0] * grad.shape[1])
