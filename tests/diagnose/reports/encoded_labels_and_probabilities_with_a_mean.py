import numpy as np


class SoftmaxRegression:
    def __init__(self, lr=0.1, n_iter=300, C=0.01, random_state=0):
        self.lr = lr
        self.n_iter = n_iter
        self.C = C
        self.random_state = random_state

    def _one_hot(self, y, k):
        return np.eye(k)[y]

    def _net_input(self, X):
        return X @ self.w_ + self.b_

    def _softmax(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def _cost(self, y_enc, probas):
        ce = -np.sum(y_enc * np.log(probas + 1e-15))
        return ce / y_enc.size + 0.5 * self.C * np.sum(self.w_ ** 2)

    def _gradients(self, X, y_enc, probas):
        diff = probas - y_enc
        grad_w = X.T @ diff / len(X) + self.C * self.w_
        grad_b = diff.mean(axis=0)
        return grad_w, grad_b

    def fit(self, X, y):
        rgen = np.random.RandomState(self.random_state)
        k = len(np.unique(y))
        self.w_ = rgen.normal(scale=0.01, size=(X.shape[1], k))
        self.b_ = np.zeros(k)
        self.cost_ = []
        y_enc = self._one_hot(y, k)
        for _ in range(self.n_iter):
            probas = self._softmax(self._net_input(X))
            self.cost_.append(self._cost(y_enc, probas))
            gw, gb = self._gradients(X, y_enc, probas)
            self.w_ -= self.lr * gw
            self.b_ -= self.lr * gb
        return self

    def predict(self, X):
        return self._softmax(self._net_input(X)).argmax(axis=1)
