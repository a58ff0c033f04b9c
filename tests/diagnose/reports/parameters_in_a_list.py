# Right for moderate logits; -log(p[y]) is inf from a gap of 745 on. One example, parameters in a list.
import numpy as np


def softmax(x):
    x = x - np.max(x)
    e = np.exp(x)
    return e / np.sum(e)


def classifier_output(x, params):
    W, b, U, b_tag = params
    return softmax(np.dot(np.tanh(np.dot(x, W) + b), U) + b_tag)


def predict(x, params):
    return np.argmax(classifier_output(x, params))


def loss_and_gradients(x, y, params):
    """
    params: a list of the form [W, b, U, b_tag]
    returns: loss, [gW, gb, gU, gb_tag]
    """
    W, b, U, b_tag = params
    h = np.tanh(np.dot(x, W) + b)
    probs = classifier_output(x, params)
    loss = -np.log(probs[y])

    gb_tag = probs.copy()
    gb_tag[y] -= 1
    gU = np.outer(h, gb_tag)
    gb = np.dot(U, gb_tag) * (1 - h ** 2)
    gW = np.outer(x, gb)
    return loss, [gW, gb, gU, gb_tag]


def create_classifier(in_dim, hid_dim, out_dim):
    W = np.random.randn(in_dim, hid_dim) * 0.1
    U = np.random.randn(hid_dim, out_dim) * 0.1
    return [W, np.zeros(hid_dim), U, np.zeros(out_dim)]
