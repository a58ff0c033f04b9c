# forward returns the loss and the probabilities, which backward takes (Anhuynh2404/Feature_Detection_and_Description).
import numpy as np


class CrossEntropyLoss:
    def forward(self, logits, labels):
        m = logits.shape[0]
        e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
        probs = e / np.sum(e, axis=1, keepdims=True)
        return np.sum(-np.log(probs[range(m), labels])) / m, probs

    def backward(self, probs, labels):
        m = probs.shape[0]
        grad = probs.copy()
        grad[range(m), labels] -= 1
        return grad / m
