import numpy as np

def softmax(a):
    ex = np.exp(a - a.max(axis=1, keepdims=True))
    return ex / ex.sum(axis=1, keepdims=True)

class Net:
    def __init__(self, n_in=4, n_out=3):
        rng = np.random.RandomState(1)
        self.W = rng.normal(0, 0.5, (n_in, n_out))
        self.b = np.zeros(n_out)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

def loss_fn(outputs, targets):
    # same as nn.CrossEntropyLoss
    probs = softmax(outputs)
    return -np.mean(np.log(probs[np.arange(len(targets)), targets]))

def step(net, X, targets):
    out = net.forward(X)
    loss = loss_fn(out, targets)
    d = softmax(out)
    d[np.arange(len(targets)), targets] -= 1
    d /= len(targets)
    return loss, net.X.T @ d, d.sum(axis=0)
