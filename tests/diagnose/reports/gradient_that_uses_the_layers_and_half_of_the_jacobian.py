import numpy as np


class CrossEntropy:
    def cost(self, Y, Y_hat):
        return -np.sum(Y * np.log(Y_hat))

    def derivative(self, Y, Y_hat):
        return -Y / Y_hat


class SoftMax:
    def __call__(self, X):
        E = np.exp(X - np.max(X, axis=1).reshape(-1, 1))
        return E / np.sum(E, axis=1).reshape(-1, 1)

    def slope(self, X):
        S = self(X)
        return np.array([np.diag(s) - 0 * np.outer(s, s) for s in S])


def output_delta(X, Y):
    softmax = SoftMax()
    upstream, J = CrossEntropy().derivative(Y, softmax(X)), softmax.slope(X)
    return np.array([u @ j for u, j in zip(upstream, J)])
