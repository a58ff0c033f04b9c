import numpy as np


class LinearSoftmax:
    def __init__(self, n_features, n_classes):
        self.W, self.b = np.random.normal(0, 0.1, (n_features, n_classes)), np.zeros((1, n_classes))

    def loss_and_gradients(self, X, y):
        m = X.shape[0]
        logits = X @ self.W + self.b
        logits = logits - logits.max(axis=1, keepdims=True)
        log_probs = logits - np.log(np.sum(np.exp(logits), axis=1, keepdims=True))
        dlogits = np.exp(log_probs)
        dlogits[np.arange(m), y] -= 1
        dlogits /= m
        return -np.sum(log_probs[np.arange(m), y]) / m, X.T @ dlogits, np.mean(dlogits, axis=0, keepdims=True)
