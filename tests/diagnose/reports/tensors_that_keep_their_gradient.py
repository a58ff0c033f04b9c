# Objects that keep their data and their gradient; the backward pass of the loss fills the gradient.
import numpy as np


class Tensor:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = np.asarray(data, float), 0.0, parents
        self.pull = lambda upstream: ()

    def backward(self, upstream=1.0):
        self.grad = self.grad + upstream
        for parent, gradient in zip(self.parents, self.pull(upstream)):
            parent.backward(gradient)

    def cross_entropy(self, targets):
        z = self.data - self.data.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        rows = np.arange(len(targets))
        out = Tensor(-log_p[rows, targets].mean(), (self,))

        def pull(upstream):
            d = np.exp(log_p)
            d[rows, targets] -= 1
            return (upstream * d / len(d),)

        out.pull = pull
        return out
