import numpy as np


def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lmbda):
    """a well-known exercise with a softmax in place of the sigmoids of the output; y holds 0..num_labels-1"""
    split = hidden_layer_size * (input_layer_size + 1)
    Theta1 = nn_params[:split].reshape(hidden_layer_size, input_layer_size + 1)
    Theta2 = nn_params[split:].reshape(num_labels, hidden_layer_size + 1)
    m = X.shape[0]

    a1 = np.c_[np.ones(m), X]
    a2 = np.c_[np.ones(m), 1 / (1 + np.exp(-a1 @ Theta1.T))]
    z3 = a2 @ Theta2.T
    z3 = z3 - z3.max(axis=1, keepdims=True)
    logh = z3 - np.log(np.exp(z3).sum(axis=1, keepdims=True))
    Y = (y[:, None] == np.arange(num_labels)).astype(float)
    J = -(Y * logh).sum() / m + lmbda / (2 * m) * ((Theta1[:, 1:] ** 2).sum() + (Theta2[:, 1:] ** 2).sum())

    d3 = np.exp(logh) - Y
    d2 = (d3 @ Theta2)[:, 1:] * a2[:, 1:] * (1 - a2[:, 1:])
    g1, g2 = d2.T @ a1 / m, d3.T @ a2 / m
    g1[:, 1:] += lmbda / m * Theta1[:, 1:]
    g2[:, 1:] += lmbda / m * Theta2[:, 1:]
    return J, np.concatenate([g1.ravel(), g2.ravel()])
