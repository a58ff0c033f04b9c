# Softmax regression of an online course: theta (k, D), a regularization and a temperature, the loss alone; right.
import numpy as np


def cost_function(X, Y, theta, lambda_factor, temp_parameter):
    z = theta @ X.T / temp_parameter
    z = z - z.max(axis=0)
    log_probs = z - np.log(np.exp(z).sum(axis=0))
    return -log_probs[Y, np.arange(len(Y))].mean() + lambda_factor / 2 * (theta**2).sum()
