import numpy as np

# ex3 with softmax in place of one-vs-all
# X already has the column of ones; theta is (K, n+1)
# y is 1..K like in ex3data1.mat (the digit 0 has the label 10)


def hypothesis(theta, X):
    z = X @ theta.T
    z = z - z.max(axis=1)[:, None]
    return np.exp(z) / np.exp(z).sum(axis=1)[:, None]


def labels_to_matrix(y, num_labels):
    return (y.reshape(-1, 1) == np.arange(1, num_labels + 1)).astype(float)


def costFunctionReg(theta, X, y, lam):
    m = len(y)
    h = hypothesis(theta, X)
    Y = labels_to_matrix(y, theta.shape[0])
    J = -np.sum(Y * np.log(h)) / m
    J = J + lam / (2 * m) * np.sum(theta[:, 1:] ** 2)
    return J


def gradientReg(theta, X, y, lam):
    m = len(y)
    h = hypothesis(theta, X)
    Y = labels_to_matrix(y, theta.shape[0])
    grad = (h - Y).T @ X / m
    grad[:, 1:] = grad[:, 1:] + lam / m * theta[:, 1:]
    return grad
