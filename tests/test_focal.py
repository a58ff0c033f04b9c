import autograd
import autograd.numpy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippets.focal import focal_loss_and_gradient
from snippets.loss_and_gradient import loss_and_gradient
from tests.definitions import correct_probabilities
from tests.strategies import batches

EPS = np.finfo(float).eps


def defined_focal_loss(logits, labels, gamma):
    correct = correct_probabilities(logits, labels)
    return -autograd.numpy.mean((1 - correct) ** gamma * autograd.numpy.log(correct))


@given(batches(largest=8), st.floats(1, 6))
def test_agrees_with_automatic_differentiation(batch, gamma):
    logits, labels = batch
    # 1 - s_c is rounded to EPS, and so is its power of gamma - 1 >= 0, times gamma and a loss of at most 16 + log 8.
    atol = 4 * gamma * 18 * 8 * EPS
    loss, gradient = focal_loss_and_gradient(logits, labels, gamma)
    np.testing.assert_allclose(loss, defined_focal_loss(logits, labels, gamma), rtol=0, atol=atol)
    if logits.shape[1] > 1:  # with one class, the derivative of the definition is 0 to the power of gamma - 1
        np.testing.assert_allclose(gradient, autograd.grad(defined_focal_loss)(logits, labels, gamma), rtol=0, atol=atol)


@given(batches())
def test_with_gamma_0_it_is_the_cross_entropy(batch):
    loss, gradient = focal_loss_and_gradient(*batch, gamma=0)
    expected_loss, expected = loss_and_gradient(*batch)
    np.testing.assert_allclose(loss, expected_loss, rtol=16 * EPS, atol=16 * EPS)
    np.testing.assert_allclose(gradient, expected, rtol=0, atol=32 * EPS)


@pytest.mark.parametrize("gamma", [0, 0.1, 0.5, 1, 5])
def test_probabilities_of_0_and_1_give_a_finite_loss_and_the_right_gradient(gamma):
    loss, gradient = focal_loss_and_gradient([[0.0, 1000.0], [0.0, 1000.0], [0.0, 1.0]], [0, 1, 1], gamma)
    last = focal_loss_and_gradient([[0.0, 1.0]], [1], gamma)[0]
    np.testing.assert_allclose(loss, (1000 + 0 + last) / 3, rtol=4 * EPS)
    np.testing.assert_array_equal(gradient[:2], np.array([[-1, 1], [0, 0]]) / 3)


@pytest.mark.parametrize("gamma", [-1, np.nan])
def test_refuses_a_gamma_below_0_or_nan(gamma):
    with pytest.raises(ValueError, match="need gamma of at least 0, got"):
        focal_loss_and_gradient([[1.0, 2.0]], [0], gamma)
