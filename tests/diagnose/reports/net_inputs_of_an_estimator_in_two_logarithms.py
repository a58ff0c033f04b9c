import numpy as np


class SoftmaxRegression(object):
    """Softmax regression with batch gradient descent.

    Parameters
    ----------
    eta : float
    epochs : int
    l2 : float
    """

    def __init__(self, eta=0.01, epochs=50, l2=0.0):
        self.eta = eta
        self.epochs = epochs
        self.l2 = l2

    def fit(self, X, y):
        n_classes = np.max(y) + 1
        y_enc = self._one_hot(y, n_classes)
        rng = np.random.RandomState(1)
        self.w_ = rng.normal(0.0, 0.01, size=(X.shape[1], n_classes))
        self.b_ = np.zeros(n_classes)
        self.cost_ = []
        for _ in range(self.epochs):
            net = self._net_input(X)
            self.cost_.append(self._cost(net, y_enc))
            diff = self._softmax(net) - y_enc
            grad_w = X.T.dot(diff) / X.shape[0] + self.l2 * self.w_
            self.w_ -= self.eta * grad_w
            self.b_ -= self.eta * diff.sum(axis=0) / X.shape[0]
        return self

    def _one_hot(self, y, k):
        mat = np.zeros((len(y), k))
        for i, val in enumerate(y):
            mat[i, val] = 1
        return mat

    def _net_input(self, X):
        return X.dot(self.w_) + self.b_

    def _softmax(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def _cost(self, net, y_enc):
        ce = -np.sum(np.log2(self._softmax(net)) * y_enc, axis=1)
        return np.mean(ce) + 0.5 * self.l2 * np.sum(self.w_ ** 2)

    def predict(self, X):
        return self._net_input(X).argmax(axis=1)
