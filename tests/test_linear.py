import autograd
import numpy as np
import pytest

from snippets.linear import linear_loss_and_gradients
from tests.definitions import mean_loss

RNG = np.random.default_rng(0)
X, W, B = RNG.normal(size=(6, 3)), RNG.normal(size=(3, 4)), RNG.normal(size=4)
LABELS = np.array([0, 3, 1, 1, 2, 0])


def defined_loss(W, b):
    return mean_loss(X @ W + b, LABELS)


def test_agrees_with_automatic_differentiation():
    loss, dW, db = linear_loss_and_gradients(W, B, X, LABELS)
    # Sums of up to 6 products of numbers below 3.
    np.testing.assert_allclose(loss, defined_loss(W, B), rtol=1e-14)
    np.testing.assert_allclose(dW, autograd.grad(defined_loss, 0)(W, B), rtol=0, atol=1e-14)
    np.testing.assert_allclose(db, autograd.grad(defined_loss, 1)(W, B), rtol=0, atol=1e-14)


def test_refuses_biases_that_numpy_would_stretch():
    with pytest.raises(ValueError, match=r"need X \(N, D\), W \(D, k\) and b \(k,\), got \(6, 3\), \(3, 4\) and \(1,\)"):
        linear_loss_and_gradients(W, B[:1], X, LABELS)
