import numpy as np


def softmax_regression_v1(W, X, y, reg):
    """
    - W: (D, C) weights
    - X: (N, D) a minibatch
    - y: (N,) labels
    - reg: regularization strength
    """
    loss = 0.0
    dW = np.zeros_like(W)
    num_train = X.shape[0]
    num_classes = W.shape[1]

    for i in range(num_train):
        scores = X[i, :].dot(W)
        scores_shift = scores - np.max(scores)
        right_class = y[i]

    loss += -scores_shift[right_class] + np.log(np.sum(np.exp(scores_shift)))
    for j in range(num_classes):
        softmax_output = np.exp(scores_shift[j]) / np.sum(np.exp(scores_shift))
        if j == y[i]:
            dW[:, j] += (-1 + softmax_output) * X[i, :]
        else:
            dW[:, j] += softmax_output * X[i, :]

    loss /= num_train
    loss += 0.5 * reg * np.sum(W * W)
    dW /= num_train
    dW += reg * W
    return loss, dW
