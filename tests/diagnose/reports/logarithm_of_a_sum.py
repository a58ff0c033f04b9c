# Softmax and loss in one class; "the sum, not the mean, so the learning rate scales with the batch".
import numpy as np


class CrossEntropy(object):
    def softmax(self, in_vect):
        numer = np.exp(in_vect - np.max(in_vect, axis=1, keepdims=True))
        return numer / np.sum(numer, axis=1, keepdims=True)

    def calc(self, X, y_):
        softX = self.softmax(X)
        losses = softX * y_
        return -np.log(np.sum(losses[:]))

    def loss_error(self, X, y_):
        return self.softmax(X) - y_
