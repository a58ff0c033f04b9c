import autograd
import autograd.numpy
import numpy as np
import pytest

from snippets.linear import linear_loss_and_gradients

RNG = np.random.default_rng(0)
X, W, B = RNG.normal(size=(6, 3)), RNG.normal(size=(3, 4)), RNG.normal(size=4)
LABELS = np.array([0, 3, 1, 1, 2, 0])


def textbook_loss(W, b):
    exponentials = autograd.numpy.exp(X @ W + b)
    probabilities = exponentials / autograd.numpy.sum(exponentials, axis=1, keepdims=True)
    return -autograd.numpy.mean(autograd.numpy.log(probabilities[np.arange(6), LABELS]))


def test_agrees_with_automatic_differentiation():
    loss, dW, db = linear_loss_and_gradients(W, B, X, LABELS)
    # Sums of up to 6 products of numbers below 3.
    np.testing.assert_allclose(loss, textbook_loss(W, B), rtol=1e-14)
    np.testing.assert_allclose(dW, autograd.grad(textbook_loss, 0)(W, B), rtol=0, atol=1e-14)
    np.testing.assert_allclose(db, autograd.grad(textbook_loss, 1)(W, B), rtol=0, atol=1e-14)


def test_refuses_biases_that_numpy_would_stretch():
    with pytest.raises(ValueError, match=r"need X \(N, D\), W \(D, k\) and b \(k,\), got \(6, 3\), \(3, 4\) and \(1,\)"):
        linear_loss_and_gradients(W, B[:1], X, LABELS)
