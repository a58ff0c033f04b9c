import numpy as np


def entropy(y):
    p = np.unique(y, return_counts=True)[1] / len(y)
    return -np.sum(p * np.log2(p))


def best_split(X, y):
    best = (0.0, None, None)
    for j in range(X.shape[1]):
        for t in np.unique(X[:, j])[:-1]:
            left = X[:, j] <= t
            gain = entropy(y) - left.mean() * entropy(y[left]) - (~left).mean() * entropy(y[~left])
            best = max(best, (gain, j, t), key=lambda split: split[0])
    return best
