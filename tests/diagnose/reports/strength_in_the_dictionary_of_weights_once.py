import numpy as np


def softmax(x):
    x = x - x.max(axis=1, keepdims=True)
    e = np.exp(x)
    return e / e.sum(axis=1, keepdims=True)


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def forward_prop(data, labels, params):
    W1, b1, W2, b2 = params['W1'], params['b1'], params['W2'], params['b2']
    h = sigmoid(data @ W1 + b1)
    y = softmax(h @ W2 + b2)
    cost = -np.mean(np.sum(labels * np.log(y), axis=1)) + params['lambd'] * (np.sum(W1 ** 2) + np.sum(W2 ** 2))
    return h, y, cost


def backward_prop(data, labels, params):
    W1, W2, lambd = params['W1'], params['W2'], params['lambd']
    B = data.shape[0]
    h, y, cost = forward_prop(data, labels, params)
    delta2 = (y - labels) / B
    delta1 = (delta2 @ W2.T) * h * (1 - h)
    grad = {}
    grad['W2'] = h.T @ delta2 + 2 * lambd * W2
    grad['b2'] = delta2.sum(axis=0)
    grad['W1'] = data.T @ delta1 + lambd * W1
    grad['b1'] = delta1.sum(axis=0)
    return grad
