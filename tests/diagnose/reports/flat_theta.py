# The exercise of a tutorial, in Python: theta is flat, data (D, N), and a half of lambda theta² is added (Teaonly/beginlearning has it in Octave).
import numpy as np


def softmax_cost(theta, num_classes, input_size, lambda_, data, labels):
    theta = theta.reshape(num_classes, input_size)
    m = data.shape[1]
    truth = np.zeros((num_classes, m))
    truth[labels, np.arange(m)] = 1
    z = theta @ data
    z = z - z.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=0))
    cost = -np.sum(truth * log_p) / m + lambda_ / 2 * np.sum(theta**2)
    grad = -(truth - np.exp(log_p)) @ data.T / m + lambda_ * theta
    return cost, grad.ravel()
