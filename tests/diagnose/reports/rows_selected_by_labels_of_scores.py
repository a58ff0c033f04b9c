import numpy as np

def grad_softmax_ce(scores, y):
    # scores: (N, C)   y: (N,) ints
    N = scores.shape[0]
    ex = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs = ex / ex.sum(axis=1, keepdims=True)
    dscores = probs
    dscores[y] -= 1
    return dscores / N
