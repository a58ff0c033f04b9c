"""
This module implements various modules of the network.
"""
import numpy as np


class LinearModule(object):
    def __init__(self, in_features, out_features):
        self.params = {'weight': np.random.normal(0, 0.01, (out_features, in_features)),
                       'bias': np.zeros((1, out_features))}
        self.grads = {'weight': None, 'bias': None}

    def forward(self, x):
        self.x = x
        return x @ self.params['weight'].T + self.params['bias']

    def backward(self, dout):
        self.grads['weight'] = dout.T @ self.x
        self.grads['bias'] = dout.sum(axis=0, keepdims=True)
        return dout @ self.params['weight']


class SoftMaxModule(object):
    """
    Softmax activation module.
    """
    def forward(self, x):
        b = x.max(axis=1, keepdims=True)
        y = np.exp(x - b)
        self.out = y / y.sum(axis=1, keepdims=True)
        return self.out

    def backward(self, dout):
        s = self.out
        dx = s * (dout - np.sum(dout * s, axis=1, keepdims=True))
        return dx


class CrossEntropyModule(object):
    """
    Cross entropy loss module.
    """
    def forward(self, x, y):
        out = -np.sum(y * np.log(x)) / x.shape[0]
        return out

    def backward(self, x, y):
        dx = -np.divide(y, x) / y.shape[0]
        return dx
