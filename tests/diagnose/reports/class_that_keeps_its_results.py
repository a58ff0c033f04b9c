# The loss is kept and not returned, the method's name is misspelled (JbnuLikelionforPytorch/JJH_DEEPLEARNING); right.
import numpy as np


class SoftmaxLoss:
    def foward(self, x, t):
        z = x - x.max(axis=1, keepdims=True)
        self.logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.t = t
        self.loss = -self.logp[np.arange(len(t)), t].mean()

    def backward(self):
        self.dx = np.exp(self.logp)
        self.dx[np.arange(len(self.t)), self.t] -= 1
        self.dx /= len(self.t)
