import numpy as np


class SoftmaxRegressor:
    def _P(self, X, theta):
        P = np.exp(X @ theta)
        return P / P.sum(axis=1, keepdims=True)

    def J(self, X, ONE, theta):
        return -np.sum(ONE * np.log(self._P(X, theta)))

    def J_delta(self, X, ONE, theta):
        return -X.T @ (ONE - self._P(X, theta)) / len(X)

    def fit(self, X, y):
        self.theta = np.zeros((X.shape[1], y.max() + 1))
        for _ in range(100):
            self.theta -= 0.1 * self.J_delta(X, np.eye(y.max() + 1)[y], self.theta)
