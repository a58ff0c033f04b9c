import numpy as np


class Net:
    def d_relu(self, error, z):
        return (z > 0) * error

    def neg_log_likelihood(self, z, y):
        shifted, rows = z - z.max(axis=1, keepdims=True), np.arange(len(z))
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        gradient = np.exp(log_p) / len(z)
        gradient[rows, y] -= 1 / len(z)
        return -np.sum(log_p[rows, y]) / len(z), gradient
