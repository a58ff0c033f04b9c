import numpy as np


class Network:
    def __init__(self, layers):
        self.layers = layers

    def softmax_crossentropy(self, y, ygt):
        '''y (1, C), ygt (1,)'''
        softmax = np.exp(y) / (np.exp(y).sum() + 1e-6)
        return -np.log(softmax[0, ygt] + 1e-6)[0]

    def grad_softmax_crossentropy(self, y, ygt):
        softmax = np.exp(y) / (np.exp(y).sum() + 1e-6)
        softmax[0, ygt] -= 1
        return softmax
