import numpy as np


def softmax_cost(theta, num_classes, input_size, decay, data, labels):
    # data: one example in each column; labels(i) in 1..K, as the handout has them
    theta = theta.reshape(num_classes, input_size, order="F")
    m = data.shape[1]
    truth = np.zeros((num_classes, m))
    truth[np.asarray(labels) - 1, np.arange(m)] = 1
    scores = theta @ data
    scores = scores - scores.max(axis=0)
    p = np.exp(scores) / np.exp(scores).sum(axis=0)
    cost = -(truth * np.log(p)).sum() / m + decay / 2 * (theta**2).sum()
    grad = -(truth - p) @ data.T / m + decay * theta
    return cost, grad.ravel(order="F")
