import numpy as np


class DeepNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, reg=0.0):
        self.reg, sizes = reg, [input_dim, *hidden_dims, num_classes]
        self.params = {f"W{n + 1}": np.random.randn(sizes[n], sizes[n + 1]) for n in range(len(sizes) - 1)}
        self.params |= {f"b{n + 1}": np.zeros(sizes[n + 1]) for n in range(len(sizes) - 1)}

    def loss(self, X, Y):
        """Y: one-hot (N, k)"""
        hidden, last = [X], len(self.params) // 2
        for n in range(1, last + 1):
            z = hidden[-1] @ self.params[f"W{n}"] + self.params[f"b{n}"]
            hidden.append(np.maximum(0, z))
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        loss, delta, grads = -(Y * log_p).sum() / len(X), (np.exp(log_p) - Y) / len(X), {}
        for n in range(last, 0, -1):
            W = self.params[f"W{n}"]
            loss += 0.5 * self.reg * np.sum(W**2)
            grads[f"W{n}"] = hidden[n - 1].T @ delta + 2 * self.reg * W
            grads[f"b{n}"] = delta.sum(axis=0)
            delta = (delta @ W.T) * (hidden[n - 1] > 0)
        return loss, grads
