import numpy as np


class SoftmaxModule:
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.out = e / np.sum(e, axis=1, keepdims=True)
        return self.out

    def backward(self, dout):
        jacobians = np.einsum("ij,jk->ijk", self.out, np.eye(self.out.shape[1])) - np.einsum("ij,ik->ijk", self.out, self.out)
        return np.einsum("ij,ijk->ik", dout, jacobians)


class CrossEntropyModule:
    def forward(self, x, y):
        return np.sum(-y * np.log(x + 1e-8), axis=1).mean()

    def backward(self, x, y):
        return -y / (x + 1e-8) / len(y)
