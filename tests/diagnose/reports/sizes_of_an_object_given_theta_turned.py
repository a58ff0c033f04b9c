import numpy as np


class SoftmaxRegression:
    def __init__(self, num_features, num_classes, decay):
        self.num_features, self.num_classes, self.decay = num_features, num_classes, decay
        self.start = 0.01 * np.ones(num_features * num_classes)

    def cost(self, theta, data, labels):
        theta = theta.reshape(self.num_classes, self.num_features)
        m = data.shape[1]
        truth = np.zeros((self.num_classes, m))
        truth[labels.ravel(), np.arange(m)] = 1
        p = np.exp(theta @ data)
        p /= p.sum(axis=0)
        value = -(truth * np.log(p)).sum() / m + self.decay / 2 * (theta**2).sum()
        slope = (truth - p) @ data.T / m + self.decay * theta
        return [value, slope.ravel()]
