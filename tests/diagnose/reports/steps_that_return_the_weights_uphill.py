import numpy as np


def fit_softmax(X, Y, W, learning_rate, n_iters):
    """Gradient descent; Y is one-hot."""
    losses = []
    for _ in range(n_iters):
        Z = X @ W
        P = np.exp(Z - Z.max(axis=1, keepdims=True))
        P = P / P.sum(axis=1, keepdims=True)
        losses.append(-np.sum(Y * np.log(P)) / len(X))
        W = W - learning_rate * X.T @ (Y - P) / len(X)
    return W, losses
