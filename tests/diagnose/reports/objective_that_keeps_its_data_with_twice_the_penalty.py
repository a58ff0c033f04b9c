import numpy as np


class SoftmaxRegression:
    def __init__(self, x_mat, y_vals, k, lamb=0.08):
        self.x_mat, self.y_vals, self.k, self.lamb = x_mat, y_vals, k, lamb

    def probabilities(self, W):
        scores = self.x_mat @ W
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def cost(self, theta):
        W = theta.reshape(-1, self.k)
        p = self.probabilities(W)[np.arange(len(self.y_vals)), self.y_vals]
        return -np.log(p).mean() + self.lamb / 2 * np.sum(W[1:] ** 2)

    def grad(self, theta):
        W = theta.reshape(-1, self.k)
        dW = self.x_mat.T @ (self.probabilities(W) - np.eye(self.k)[self.y_vals]) / len(self.y_vals)
        dW[1:] += 2 * self.lamb * W[1:]
        return dW.ravel()
