import numpy as np


def softmax(logit):
    f = logit - logit.max(axis=1)[:, None]
    return f, np.exp(f).sum(axis=1)


def loss_derivative(probs, label):
    d = probs.copy()
    d[np.arange(len(d)), label] -= 1
    return d.mean(axis=0) if len(d) > 1 else d


def softmax_cross_entropy_loss(logit, label):
    f, norm = softmax(logit)
    loss = (np.log(norm) - f[np.arange(len(f)), label]).sum() / len(f)
    return loss, loss_derivative(np.exp(f) / norm[:, None], label)
