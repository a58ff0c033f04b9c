import numpy as np


def softmax_cost(theta, n_classes, input_size, lam, data, labels):
    theta = theta.reshape(n_classes, input_size)
    scores = theta @ data
    scores -= scores.max(axis=0)
    p = np.exp(scores) / np.exp(scores).sum(axis=0)
    truth = np.zeros((labels.max() + 1, labels.size))
    truth[labels, np.arange(labels.size)] = 1
    cost = -np.sum(truth * np.log(p)) / labels.size + lam / 2 * np.sum(theta**2)
    return cost, ((p - truth) @ data.T / labels.size + lam * theta).ravel()
