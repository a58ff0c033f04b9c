import numpy as np


def softmax_grad(z, y):
    """
    z: logits, shape (N, K)
    y: 0/1 indicator matrix, shape (N, K)
    """
    dz = np.zeros_like(y)
    for n in range(z.shape[0]):
        ez = np.exp(z[n] - z[n].max())
        s = ez / ez.sum()
        for k in range(z.shape[1]):
            dz[n, k] = s[k] - y[n, k]
    return dz / z.shape[0]


z = np.array([[0.2, 1.0, -0.5], [2.0, 0.1, 0.3]])
y = np.array([[0, 1, 0], [0, 0, 1]])
print(softmax_grad(z, y))
