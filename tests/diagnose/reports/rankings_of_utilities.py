import numpy as np


def rank_nll(utilities, permutations):
    value, grad = 0.0, np.zeros_like(utilities)
    for order in permutations:
        for j in range(len(order) - 1):
            rest = order[j:]
            e = np.exp(utilities[rest] - utilities[rest].max())
            value += utilities[rest].max() + np.log(e.sum()) - utilities[order[j]]
            grad[rest] += e / e.sum()
            grad[order[j]] -= 1
    return value, grad
