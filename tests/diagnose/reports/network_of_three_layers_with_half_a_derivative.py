import numpy as np


class ThreeLayerNet:
    """affine - tanh - affine - tanh - affine - softmax"""

    def __init__(self, input_dim=6, hidden_dims=(7, 5), num_classes=3, scale=0.3):
        dims = [input_dim, *hidden_dims, num_classes]
        self.params = {}
        for i in range(3):
            self.params["W%d" % (i + 1)] = scale * np.random.randn(dims[i], dims[i + 1])
            self.params["b%d" % (i + 1)] = np.zeros(dims[i + 1])

    def loss(self, X, y=None):
        p = self.params
        h1 = np.tanh(X @ p["W1"] + p["b1"])
        h2 = np.tanh(h1 @ p["W2"] + p["b2"])
        scores = h2 @ p["W3"] + p["b3"]
        if y is None:
            return scores
        shifted = scores - scores.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        loss = -log_p[np.arange(len(X)), y].mean()
        d3 = np.exp(log_p)
        d3[np.arange(len(X)), y] -= 1
        d3 /= len(X)
        d2 = d3 @ p["W3"].T * (1 - h2**2)
        d1 = d2 @ p["W2"].T * (1 - h1)
        grads = {"W3": h2.T @ d3, "W2": h1.T @ d2, "W1": X.T @ d1}
        grads.update({"b3": d3.sum(axis=0), "b2": d2.sum(axis=0), "b1": d1.sum(axis=0)})
        return loss, grads
