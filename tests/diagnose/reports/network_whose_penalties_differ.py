import numpy as np


class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = 0.1 * np.random.randn(n_in, n_hidden), np.zeros(n_hidden)
        self.W2, self.b2 = 0.1 * np.random.randn(n_hidden, n_out), np.zeros(n_out)

    def loss(self, X, y, reg):
        h = np.maximum(0, X @ self.W1 + self.b1)
        z = h @ self.W2 + self.b2
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        d = (np.exp(log_p) - np.eye(len(self.b2))[y]) / len(y)
        dh = d @ self.W2.T * (h > 0)
        loss = -log_p[np.arange(len(y)), y].mean() + reg * (np.sum(self.W1**2) + np.sum(self.W2**2))
        return loss, {"W2": h.T @ d + 2 * reg * self.W2, "b2": d.sum(axis=0), "W1": X.T @ dh + reg * self.W1, "b1": dh.sum(axis=0)}
