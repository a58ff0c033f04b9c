import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class CrossEntropy:
    def calc(self, input_, label):
        return -np.log(np.sum(softmax(input_) * label))

    def loss_error(self, out, label):
        return softmax(out) - label
