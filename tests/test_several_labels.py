import numpy as np
import pytest
import scipy.special
from hypothesis import given

from snippets.several_labels import sigmoid_loss_and_gradient
from tests.strategies import batches

EPS = np.finfo(float).eps


@given(batches())
def test_agrees_with_scipy(batch):
    x, _ = batch
    y = np.arange(x.size).reshape(x.shape) % 5 / 4
    losses = -y * scipy.special.log_expit(x) - (1 - y) * scipy.special.log_expit(-x)
    loss, gradient = sigmoid_loss_and_gradient(x, y)
    # Two numbers up to the largest logit, subtracted here and added there; then the mean.
    np.testing.assert_allclose(loss, losses.mean(), rtol=0, atol=64 * EPS * (1 + np.abs(x).max()))
    np.testing.assert_allclose(gradient, (scipy.special.expit(x) - y) / x.size, rtol=0, atol=4 * EPS)


def test_a_logit_of_minus_infinity_is_certain():
    loss, gradient = sigmoid_loss_and_gradient([-np.inf, 0.0], [0, 0])
    np.testing.assert_allclose(loss, np.log(2) / 2, rtol=EPS)
    assert gradient.tolist() == [0, 0.25]
    assert sigmoid_loss_and_gradient([-np.inf], [1])[0] == np.inf


def test_refuses_class_numbers_in_place_of_a_row_for_each_example():
    with pytest.raises(ValueError, match=r"one shape, not empty, got \(2, 3\) and \(2,\)"):
        sigmoid_loss_and_gradient(np.zeros((2, 3)), [0, 2])
