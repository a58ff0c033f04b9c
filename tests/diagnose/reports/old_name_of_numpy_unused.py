# A computer vision course's homework: fully connected network, parameters in a dict
import numpy as np


def relu_deriv(x):
    return (x > 0).astype(np.float)


def initialize_weights(in_size, out_size, params, name=""):
    b = np.sqrt(6.0 / (in_size + out_size))
    params["W" + name] = np.random.uniform(-b, b, (in_size, out_size))
    params["b" + name] = np.zeros(out_size)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_deriv(post_act):
    return post_act * (1.0 - post_act)


def softmax(x):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def forward(X, params, name="", activation=sigmoid):
    pre_act = X @ params["W" + name] + params["b" + name]
    post_act = activation(pre_act)
    params["cache_" + name] = (X, pre_act, post_act)
    return post_act


def compute_loss_and_acc(y, probs):
    loss = -np.sum(y * np.log(probs))
    acc = np.mean(np.argmax(y, axis=1) == np.argmax(probs, axis=1))
    return loss, acc


def linear_deriv(post_act):
    return np.ones_like(post_act)


def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    X, pre_act, post_act = params["cache_" + name]
    delta = delta * activation_deriv(post_act)
    params["grad_W" + name] = X.T @ delta
    params["grad_b" + name] = np.sum(delta, axis=0)
    return delta @ params["W" + name].T


def gradients(X, y, params):
    h = forward(X, params, "layer1")
    probs = forward(h, params, "output", softmax)
    loss, acc = compute_loss_and_acc(y, probs)
    delta1 = probs - y
    delta2 = backwards(delta1, params, "output", linear_deriv)
    backwards(delta2, params, "layer1", sigmoid_deriv)
    return loss, delta1
