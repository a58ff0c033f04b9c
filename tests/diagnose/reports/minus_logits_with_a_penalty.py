import numpy as np


class Multinomial:
    def __init__(self, decay=0.02):
        self.decay = decay

    def probabilities(self, scores):
        e = np.exp(scores)
        return e / e.sum(axis=1)[:, None]

    def cost(self, X, T, beta):
        scores = -X @ beta
        n = X.shape[0]
        data = np.trace(X @ beta @ T.T) + np.log(np.exp(scores).sum(axis=1)).sum()
        return data / n + self.decay * (beta**2).sum()

    def gradient(self, X, T, beta):
        p = self.probabilities(-X @ beta)
        return X.T @ (T - p) / X.shape[0] + 2 * self.decay * beta
