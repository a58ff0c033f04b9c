# Softmax regression of an online course with loss and gradient; right.
import numpy as np


def cost_and_gradient(X, Y, theta, lambda_factor, temp_parameter):
    z = theta @ X.T / temp_parameter
    z = z - z.max(axis=0)
    log_probs = z - np.log(np.exp(z).sum(axis=0))
    cost = -log_probs[Y, np.arange(len(Y))].mean() + lambda_factor / 2 * (theta**2).sum()
    delta = np.exp(log_probs)
    delta[Y, np.arange(len(Y))] -= 1
    return cost, delta @ X / len(Y) / temp_parameter + lambda_factor * theta
