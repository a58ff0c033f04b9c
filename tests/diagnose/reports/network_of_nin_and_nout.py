import numpy as np

np.random.seed(1)


class MLP:
    def __init__(self, nin=4, nhid=5, nout=3):
        self.w1 = np.random.randn(nin, nhid) * 0.3
        self.w2 = np.random.randn(nhid, nout) * 0.3

    def sigmoid(self, x):
        return 1.0 / (1.0 + np.exp(-x))

    def softmax(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def softmax_deriv(self, s):
        return s * (1 - s)

    def loss_and_grads(self, X, Y):
        n = X.shape[0]
        h = self.sigmoid(X @ self.w1)
        out = self.softmax(h @ self.w2)
        loss = -np.sum(Y * np.log(out)) / n

        error = out - Y
        delta2 = error * self.softmax_deriv(out)
        delta1 = (delta2 @ self.w2.T) * h * (1 - h)
        return loss, X.T @ delta1 / n, h.T @ delta2 / n
