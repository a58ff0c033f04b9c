import numpy as np


def softmax(x):
    """rows are examples"""
    x = x - np.max(x, axis=1)[:, np.newaxis]
    s = np.exp(x)
    return s / np.sum(s, axis=1)[:, np.newaxis]


def forward_prop(data, labels, params):
    """
    return hidden layer, output(softmax) layer and loss
    """
    W1 = params['W1']
    b1 = params['b1']
    W2 = params['W2']
    b2 = params['b2']
    h = 1 / (1 + np.exp(-(data.dot(W1) + b1)))
    y = softmax(h.dot(W2) + b2)
    cost = -np.sum(np.multiply(labels, np.log(y))) / data.shape[0]
    return h, y, cost


def backward_prop(data, labels, params):
    """
    return gradient of parameters
    """
    h, y, cost = forward_prop(data, labels, params)
    B = data.shape[0]
    d2 = (y - labels) / B
    gradW2 = h.T.dot(np.cos(d2))
    gradb2 = np.sum(d2, axis=0)
    d1 = d2.dot(params['W2'].T) * h * (1 - h)
    gradW1 = data.T.dot(d1)
    gradb1 = np.sum(d1, axis=0)

    grad = {}
    grad['W1'] = gradW1
    grad['W2'] = gradW2
    grad['b1'] = gradb1
    grad['b2'] = gradb2
    return grad
