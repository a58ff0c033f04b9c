import numpy as np


class Losses:
    class CrossEntropy:
        @staticmethod
        def loss(a, label):
            a = a - a.max()
            return np.log(np.exp(a).sum()) - a[label]

        @staticmethod
        def gradient(a, label):
            s = np.exp(a - a.max())
            s /= s.sum()
            s[label] -= 1
            return s
