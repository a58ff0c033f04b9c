# A hidden layer of tanh, whose derivative is taken at the wrong place: 1 - a² needs the output a, and gets the input. The output layer is right.
import numpy as np


class MLP:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = np.random.randn(n_in, n_hidden), np.zeros(n_hidden)
        self.W2, self.b2 = np.random.randn(n_hidden, n_out), np.zeros(n_out)

    def loss(self, X, y):
        a1 = X @ self.W1 + self.b1
        h = np.tanh(a1)
        z = h @ self.W2 + self.b2
        z = z - z.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        n = len(y)
        d = np.exp(logp)
        d[np.arange(n), y] -= 1
        d /= n
        da = d @ self.W2.T * (1 - a1**2)
        return -logp[np.arange(n), y].mean(), {"dW1": X.T @ da, "db1": da.sum(axis=0), "dW2": h.T @ d, "db2": d.sum(axis=0)}
