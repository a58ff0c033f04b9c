import numpy as np


class Net:
    def __init__(self, input_size=12, hidden_size=9, output_size=5, reg=0.05):
        self.reg = reg
        self.W1, self.b1 = 0.1 * np.random.randn(input_size, hidden_size), np.zeros(hidden_size)
        self.W2, self.b2 = 0.1 * np.random.randn(hidden_size, output_size), np.zeros(output_size)

    def loss(self, X, y):
        n = np.arange(len(y))
        h = np.maximum(0, X @ self.W1 + self.b1)
        z = h @ self.W2 + self.b2
        z -= z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        d = np.exp(log_p)
        d[n, y] -= 1
        d /= len(y)
        dh = d @ self.W2.T * (h > 0)
        loss = self.reg * ((self.W1**2).sum() + (self.W2**2).sum()) - log_p[n, y].mean()
        return loss, {"W1": X.T @ dh + 2 * self.reg * self.W1, "b1": dh.sum(axis=0),
                      "W2": h.T @ d + 2 * self.reg * self.W2, "b2": d.sum(axis=0)}
