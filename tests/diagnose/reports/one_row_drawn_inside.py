import numpy as np

np.random.seed(1)

def stochastic_loss(W, X, y, reg=0.0):
    """SGD version: picks one example itself so it is much faster"""
    i = np.random.randint(X.shape[0])
    s = X[i].dot(W)
    s = s - s.max()
    logp = s - np.log(np.exp(s).sum())
    d = np.exp(logp)
    d[y[i]] -= 1
    return -logp[y[i]] + reg * np.sum(W * W), np.outer(X[i], d) + 2 * reg * W
