import numpy as np


class SoftmaxRegression:
    def __init__(self, alpha=1e-3):
        self.alpha = alpha

    def _log_softmax(self, S):
        S = S - S.max(1, keepdims=True)
        return S - np.log(np.exp(S).sum(1, keepdims=True))

    def _loss_grad(self, coef, intercept, X, Y):
        n = X.shape[0]
        logP = self._log_softmax(X @ coef.T + intercept)
        loss = -np.sum(Y * logP) / n + 0.5 * self.alpha * np.sum(coef**2)
        R = (np.exp(logP) - Y) / n
        return loss, R.T @ X + self.alpha * coef, R.sum(0)

    def fit(self, X, Y):
        self.coef_, self.intercept_ = np.zeros((Y.shape[1], X.shape[1])), np.zeros(Y.shape[1])
        for _ in range(100):
            _, dW, db = self._loss_grad(self.coef_, self.intercept_, X, Y)
            self.coef_ -= dW
            self.intercept_ -= db
        return self
