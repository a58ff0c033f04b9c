import numpy as np


class SoftmaxRegression(object):
    """Softmax regression classifier.

    Parameters
    ------------
    eta : float
        Learning rate
    epochs : int
    l2 : float
        L2 strength, bias not regularized
    """

    def __init__(self, eta=0.01, epochs=5, l2=0.0, n_classes=None, random_seed=1):
        self.eta = eta
        self.epochs = epochs
        self.l2 = l2
        self.n_classes = n_classes
        self.random_seed = random_seed

    def _one_hot(self, y, n_labels):
        mat = np.zeros((len(y), n_labels))
        for i, val in enumerate(y):
            mat[i, val] = 1
        return mat

    def _net_input(self, X):
        return X.dot(self.w_) + self.b_

    def _softmax(self, z):
        z = z - z.max(axis=1, keepdims=True)
        e_x = np.exp(z)
        return (e_x.T / np.sum(e_x, axis=1)).T

    def _cross_entropy(self, output, y_target):
        return -np.sum(np.log(output) * y_target, axis=1)

    def _cost(self, cross_entropy):
        return np.mean(cross_entropy) + 0.5 * self.l2 * np.sum(self.w_ ** 2)

    def _gradient(self, X, y_enc):
        diff = self._softmax(self._net_input(X)) - y_enc
        gw = X.T.dot(diff) / X.shape[0] + self.l2 * self.w_
        gb = diff.mean(axis=0)
        return gw, gb

    def fit(self, X, y):
        if self.n_classes is None:
            self.n_classes = int(np.max(y)) + 1
        rng = np.random.RandomState(self.random_seed)
        self.w_ = rng.normal(0, 0.01, (X.shape[1], self.n_classes))
        self.b_ = np.zeros(self.n_classes)
        self.cost_ = []
        y_enc = self._one_hot(y, self.n_classes)
        for _ in range(self.epochs):
            out = self._softmax(self._net_input(X))
            self.cost_.append(self._cost(self._cross_entropy(out, y_enc)))
            gw, gb = self._gradient(X, y_enc)
            self.w_ -= self.eta * gw
            self.b_ -= self.eta * gb
        return self

    def predict(self, X):
        return self._net_input(X).argmax(axis=1)
