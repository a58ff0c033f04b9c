import numpy as np


class Net:
    def __init__(self, input_dim, hidden_dim, num_classes, reg=0.0):
        self.reg = reg
        self.params = {"W1": np.random.randn(input_dim, hidden_dim), "b1": np.zeros(hidden_dim)}
        self.params |= {"W2": np.random.randn(hidden_dim, num_classes), "b2": np.zeros(num_classes)}
        self.velocity = {name: np.zeros_like(value) for name, value in self.params.items()}

    def loss(self, X, y):
        W1, b1, W2, b2 = self.params.values()
        h = np.maximum(0, X @ W1 + b1)
        z = h @ W2 + b2
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        d = (np.exp(log_p) - np.eye(len(b2))[y]) / len(y)
        dh = d @ W2.T * (h > 0)
        loss = -log_p[np.arange(len(y)), y].mean() + self.reg * (np.sum(W1**2) + np.sum(W2**2))
        grads = {"W2": h.T @ d + 2 * self.reg * W2, "b2": d.sum(axis=0), "W1": X.T @ dh + 2 * self.reg * W1, "b1": dh.sum(axis=0)}
        return loss, grads

    def step(self, grads):
        for name in grads:
            self.velocity[name] = 0.9 * self.velocity[name] - 0.1 * grads[name]
            self.params[name] += self.velocity[name]
