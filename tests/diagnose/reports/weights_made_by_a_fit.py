import numpy as np


class SoftmaxRegression:
    def __init__(self, lr=0.1, epochs=50, l2=0.0):
        self.lr = lr
        self.epochs = epochs
        self.l2 = l2
        self.history = []

    def _logits(self, X):
        return X @ self.W

    def _loss_and_grad(self, X, y):
        n = X.shape[0]
        z = self._logits(X)
        z = z - z.max(axis=1)[:, np.newaxis]
        logsum = np.log(np.exp(z).sum(axis=1))
        loss = (logsum - z[np.arange(n), y]).mean() + 0.5 * self.l2 * (self.W ** 2).sum()
        P = np.exp(z - logsum[:, np.newaxis])
        P[np.arange(n), y] -= 1
        return loss, X.T @ P / n + self.l2 * self.W

    def fit(self, X, y):
        self.W = np.zeros((X.shape[1], int(y.max()) + 1))
        for _ in range(self.epochs):
            loss, grad = self._loss_and_grad(X, y)
            self.history.append(loss)
            self.W -= self.lr * grad
        return self

    def predict(self, X):
        return self._logits(X).argmax(axis=1)


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 2))
    y = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0)
    m = SoftmaxRegression().fit(X, y)
    print(m.history[0], m.history[-1], (m.predict(X) == y).mean())
