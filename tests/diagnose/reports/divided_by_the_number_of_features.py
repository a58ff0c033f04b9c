import numpy as np


def softmax_loss_vectorized(W, X, y, reg):
    """W: (D, C)   X: (N, D)   y: (N,)"""
    num_train = X.shape[1]
    idx = np.arange(len(y))

    f = X.dot(W)
    f -= np.max(f, axis=1, keepdims=True)
    log_sum = np.log(np.sum(np.exp(f), axis=1, keepdims=True))
    loss = -np.sum((f - log_sum)[idx, y])

    p = np.exp(f - log_sum)
    p[idx, y] -= 1
    dW = X.T.dot(p)

    loss /= num_train
    dW /= num_train
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW
