import numpy as np


def softmax(a):
    a = a - np.max(a, axis=1, keepdims=True)
    ea = np.exp(a)
    return ea / np.sum(ea, axis=1, keepdims=True)


def forward(params, X):
    # output layer
    return softmax(X @ params["W"] + params["b"])


def cross_entropy(out, y):
    log_likelihood = -np.log(softmax(out)[np.arange(len(y)), y])
    return log_likelihood.mean()


def loss_grad(params, X, y):
    out = forward(params, X)
    loss = cross_entropy(out, y)

    delta = softmax(out)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    return loss, {"W": X.T @ delta, "b": delta.sum(axis=0)}
