import numpy as np


def objective_of(X, T, lam):
    N, D = X.shape
    K = T.shape[1]

    def objective(w):
        Z = X @ w.reshape(D, K)
        top = Z.max(axis=1, keepdims=True)
        log_p = Z - top - np.log(np.exp(Z - top).sum(axis=1, keepdims=True))
        return -(T * log_p).sum() + 0.5 * lam * w @ w, (X.T @ (np.exp(log_p) - T)).ravel() + lam * w

    return objective


def softmax_cross_entropy(Z, T):
    return objective_of(np.eye(len(Z)), T, 0.0)(Z.ravel())
