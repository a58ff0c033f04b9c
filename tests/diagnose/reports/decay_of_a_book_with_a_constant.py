import numpy as np

epsilon, alpha = 1e-5, 0.1


def loss_and_gradients(Theta, X, Y):
    E = np.exp(X @ Theta)
    P = E / E.sum(axis=1, keepdims=True)
    loss = -np.mean(np.sum(Y * np.log(P + epsilon), axis=1)) + alpha / 2 * np.sum(np.square(Theta[1:]))
    return loss, X.T @ (P - Y) / len(X) + np.r_[np.zeros([1, Theta.shape[1]]), alpha * Theta[1:]]
