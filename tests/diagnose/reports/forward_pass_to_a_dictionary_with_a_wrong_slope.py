import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def forward_prop(model, a0):
    z1 = a0.dot(model['W1']) + model['b1']
    a1 = np.tanh(z1)
    z2 = a1.dot(model['W2']) + model['b2']
    return {'a0': a0, 'z1': z1, 'a1': a1, 'z2': z2, 'a2': softmax(z2)}


def softmax_loss(y, y_hat):
    return -1 / y.shape[0] * np.sum(y * np.log(y_hat))


def backward_prop(model, cache, y):
    m = y.shape[0]
    dz2 = cache['a2'] - y
    dz1 = dz2.dot(model['W2'].T) * (1 - cache['a1'])
    return {'W1': cache['a0'].T.dot(dz1) / m, 'b1': np.sum(dz1, axis=0) / m, 'W2': cache['a1'].T.dot(dz2) / m, 'b2': np.sum(dz2, axis=0) / m}
