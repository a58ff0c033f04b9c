# A model whose method takes the weights, as scikit-learn's estimators are written.
import numpy as np


class SoftmaxRegression:
    def __init__(self, lr=0.1, n_iter=100):
        self.lr, self.n_iter = lr, n_iter

    def _softmax(self, Z):
        e = np.exp(Z - Z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def _loss_grad(self, W, X, Y):
        Z = X @ W
        P = self._softmax(Z)
        n = X.shape[0]
        loss = -np.sum(Y * np.log(P + 1e-15)) / n
        grad = X.T @ (P - Y) / n
        return loss, grad

    def fit(self, X, y):
        Y = np.eye(y.max() + 1)[y]
        self.W = np.zeros((X.shape[1], Y.shape[1]))
        self.losses = []
        for _ in range(self.n_iter):
            loss, grad = self._loss_grad(self.W, X, Y)
            self.losses.append(loss)
            self.W -= self.lr * grad
        return self
