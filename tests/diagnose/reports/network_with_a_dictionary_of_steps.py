import numpy as np


class Policy:
    def __init__(self, in_dim=6, hidden=8, out_dim=4):
        rng = np.random.default_rng(0)
        self.W1, self.b1 = rng.normal(size=(in_dim, hidden)), np.zeros(hidden)
        self.W2, self.b2 = rng.normal(size=(hidden, out_dim)), np.zeros(out_dim)

    def forward(self, x):
        h = np.tanh(x @ self.W1 + self.b1)
        z = h @ self.W2 + self.b2
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        p = e / e.sum(axis=-1, keepdims=True)
        return p, {"x": x, "h": h, "p": p}

    def cross_entropy_grad(self, cache, actions):
        x, h, p = cache["x"], cache["h"], cache["p"]
        rows = np.arange(len(x))
        dz = p.copy()
        dz[rows, actions] -= 1
        dz /= len(x)
        da = dz @ self.W2.T * (1 - h**2)
        return -np.log(p[rows, actions]).mean(), {"W2": h.T @ dz, "b2": dz.sum(0), "W1": x.T @ da, "b1": da.sum(0)}
