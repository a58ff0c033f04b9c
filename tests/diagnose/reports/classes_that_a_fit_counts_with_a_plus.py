import numpy as np


class SoftmaxClassifier:
    def __init__(self, max_evals=100):
        self.max_evals = max_evals

    def fun_obj(self, w, X, y):
        n, d = X.shape
        W = w.reshape(self.n_classes, d)
        scores = X @ W.T
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        picked = np.zeros_like(logs)
        picked[np.arange(n), y] = 1
        return -(picked * logs).sum(), ((np.exp(logs) + picked).T @ X).ravel()

    def fit(self, X, y):
        self.n_classes = len(np.unique(y))
        w = np.zeros(self.n_classes * X.shape[1])
        for _ in range(self.max_evals):
            w -= 0.01 * self.fun_obj(w, X, y)[1]
        self.w = w
