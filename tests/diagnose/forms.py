"""The forms in which people write a loss and its gradient, each made from a function of logits (N, k) and labels (N,)."""

import numpy as np


def call(f, logits, labels):
    """Return the loss and the gradient alone, as arrays."""
    loss, gradient = f(logits, labels)[:2]
    return loss, np.asarray(gradient)


def rows_one_hot(f):
    return lambda logits, Y: f(logits, Y.argmax(axis=1))


def targets_first(f):
    return lambda Y, predictions: f(predictions, Y.argmax(axis=1))


def labels_in_a_column(f):
    def program(scores, y):
        assert y.shape == (len(scores), 1)
        return f(scores, y[:, 0])

    return program


def columns(f):
    def program(Z, y):
        loss, gradient = call(f, Z.T, y)
        return loss, gradient.T

    return program


def columns_one_hot(f):
    def program(Z, Y):
        loss, gradient = call(f, Z.T, Y.argmax(axis=0))
        return loss, gradient.T

    return program


def one(f):
    def program(z, c):
        loss, gradient = call(f, z[np.newaxis], np.array([c]))
        return loss, gradient[0]

    return program


def one_one_hot(f):
    def program(z, y):
        assert z.ndim == y.ndim == 1
        loss, gradient = call(f, z[np.newaxis], np.array([y.argmax()]))
        return loss, gradient[0]

    return program


def one_in_a_column(f):
    def program(z, y):
        assert z.shape[1] == y.shape[1] == 1
        loss, gradient = call(f, z.T, np.array([y.argmax()]))
        return loss, gradient.T

    return program


def weights(f):
    def program(W, X, y, reg):
        loss, dscores = call(f, X @ W, y)
        return loss + reg * np.sum(W * W), X.T @ dscores + 2 * reg * W

    return program


def weights_transposed(f):
    def program(X, W, y):
        loss, dscores = call(f, (W @ X).T, y)
        return loss, dscores.T @ X.T

    return program


def weights_and_bias(f):
    def program(X, Y, W, b):
        loss, delta = call(f, X @ W + b, Y.argmax(axis=1))
        return {"cost": loss, "dW": X.T @ delta, "db": delta.sum(axis=0)}

    return program


def unnamed_weights(f):
    def program(first, second, third):
        loss, dscores = call(f, second @ first, third)
        return loss, second.T @ dscores

    return program


def gradient_first(f):
    return lambda logits, labels: call(f, logits, labels)[::-1]


def with_the_probabilities(f):
    def program(logits, labels):
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        return (e / e.sum(axis=1, keepdims=True), *call(f, logits, labels))

    return program


def of_a_layer(f):
    class Loss:
        def forward(self, x, t):
            self.loss, self.dx = call(f, x, t)
            return self.loss

        def backward(self, dout=1):
            return self.dx * dout

    return Loss


def of_a_layer_that_keeps(f):
    class Loss:
        def __call__(self, pred, target):
            self.x, self.target = pred, target.argmax(axis=1)
            self.loss = call(f, self.x, self.target)[0]

        def grad(self):
            self.dinputs = call(f, self.x, self.target)[1]

    return Loss


def model(f):
    class Model:
        def __init__(self, inputs, classes):
            self.W = np.full((inputs, classes), 9.0)

        def forward(self, X):
            self.X, self.scores = X, X @ self.W
            return self.scores

        def loss(self, y):
            return call(f, self.scores, y)[0]

        def backward(self, y):
            self.dW = self.X.T @ call(f, self.scores, y)[1]

    return Model


BATCHES = [
    rows_one_hot, targets_first, labels_in_a_column, columns, columns_one_hot, weights, weights_transposed, weights_and_bias,
    unnamed_weights, gradient_first, with_the_probabilities, of_a_layer, of_a_layer_that_keeps, model,
]
SINGLE = [one, one_one_hot, one_in_a_column]
