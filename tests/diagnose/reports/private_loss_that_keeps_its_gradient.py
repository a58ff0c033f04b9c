import numpy as np


class SoftmaxRegression:
    """Multiclass logistic regression trained with gradient descent."""

    def __init__(self, lr=0.1, n_iters=200, l2=0.0):
        self.lr = lr
        self.n_iters = n_iters
        self.l2 = l2
        self.W = None
        self.b = None
        self.history = []

    @staticmethod
    def _log_softmax(z):
        z = z - z.max(axis=1, keepdims=True)
        return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

    def _loss_grad(self, X, y):
        n = len(X)
        logp = self._log_softmax(X @ self.W + self.b)
        loss = -logp[np.arange(n), y].mean() + 0.5 * self.l2 * (self.W ** 2).sum()
        d = np.exp(logp)
        d[np.arange(n), y] -= 1.0
        d /= n
        self.dW = X.T @ d + self.l2 * self.W
        self.db = d.sum(axis=0)
        return loss

    def fit(self, X, y):
        n_classes = int(y.max()) + 1
        self.W = np.zeros((X.shape[1], n_classes))
        self.b = np.zeros(n_classes)
        for _ in range(self.n_iters):
            loss = self._loss_grad(X, y)
            self.W -= self.lr * self.dW
            self.b -= self.lr * self.db
            self.history.append(loss)
        return self

    def predict(self, X):
        return (X @ self.W + self.b).argmax(axis=1)

    def score(self, X, y):
        return (self.predict(X) == y).mean()
