import numpy as np


def naive_softmax(z):
    return np.exp(z) / np.exp(z).sum()


def naive_cross_entropy(p, c):
    return -np.log(p[c])


def log_sum_exp(z):
    m = z.max()
    return m + np.log(np.exp(z - m).sum())


def stable_loss(z, c):
    return log_sum_exp(z) - z[c]


def stable_grad(z, c):
    g = np.exp(z - log_sum_exp(z))
    return g


if __name__ == "__main__":
    z = np.array([1.0, -2.0, 0.5])
    print(naive_cross_entropy(naive_softmax(z), 2), stable_loss(z, 2), stable_grad(z, 2))
