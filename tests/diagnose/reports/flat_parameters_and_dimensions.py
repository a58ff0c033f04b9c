import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward_backward_prop(data, labels, params, dimensions):
    Dx, H, Dy = dimensions
    ofs = Dx * H
    W1 = params[:ofs].reshape(Dx, H)
    b1 = params[ofs : ofs + H]
    ofs += H
    W2 = params[ofs : ofs + H * Dy].reshape(H, Dy)
    b2 = params[ofs + H * Dy :]
    h = sigmoid(data @ W1 + b1)
    z = h @ W2 + b2
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    d2 = p - labels
    d1 = d2 @ W2.T * h * (1 - h)
    grads = data.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)
    return -np.sum(labels * np.log(p)), np.concatenate([grad.ravel() for grad in grads])
