import numpy as np

class LinearSoftmax:
    def __init__(self, n_features, n_classes):
        self.W = 0.01 * np.random.RandomState(0).randn(n_features, n_classes)
        self.b = np.zeros(n_classes)

    def loss(self, X, y):
        N = len(X)
        scores = X @ self.W + self.b
        scores = scores - scores.max(axis=1, keepdims=True)
        logp = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        loss = -logp[np.arange(N), y].mean()

        dscores = np.exp(logp)
        dscores[np.arange(N), y] -= 1
        dscores /= N
        self.dW = X.T @ dscores
        self.db = np.sum(dscores)
        return loss

    def step(self, lr=0.1):
        self.W -= lr * self.dW
        self.b -= lr * self.db
