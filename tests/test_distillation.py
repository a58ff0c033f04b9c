import numpy as np
import pytest
import scipy.special
from hypothesis import given

from snippets.distillation import distillation_loss_and_gradient, divergence_and_gradient
from snippets.loss_and_gradient import loss_and_gradient
from snippets.soft_labels import one_hot
from snippets.softmax import softmax
from tests.strategies import batches

EPS = np.finfo(float).eps


@given(batches(largest=20))
def test_agrees_with_scipy(batch):
    logits, _ = batch
    targets = softmax(logits[::-1] / 2)
    expected = scipy.special.rel_entr(targets, softmax(logits)).sum(axis=1).mean()
    # Sums of up to 8 terms, logarithms up to 42.
    np.testing.assert_allclose(divergence_and_gradient(logits, targets)[0], expected, rtol=0, atol=8 * 42 * EPS)


@given(batches())
def test_with_one_hot_labels_it_is_the_cross_entropy(batch):
    logits, labels = batch
    loss, gradient = divergence_and_gradient(logits, one_hot(labels, logits.shape[1]))
    expected_loss, expected = loss_and_gradient(logits, labels)
    np.testing.assert_allclose(loss, expected_loss, rtol=16 * EPS)
    np.testing.assert_allclose(gradient, expected, rtol=0, atol=4 * EPS)


@pytest.mark.parametrize("T", [1.0, 1e3, 1e5])
def test_at_a_high_temperature_logits_are_compared_and_the_gradient_keeps_its_size(T):
    rng = np.random.default_rng(0)
    z, t = rng.normal(size=(2, 6, 4))
    z, t = z - z.mean(axis=1, keepdims=True), t - t.mean(axis=1, keepdims=True)
    gradient = distillation_loss_and_gradient(z, t, T)[1]
    if T == 1:
        np.testing.assert_allclose(gradient, (softmax(z) - softmax(t)) / 6, rtol=0, atol=4 * EPS)
    else:  # the next term of the series is smaller by about max|z|² / T, and rounding to EPS is multiplied by T
        np.testing.assert_allclose(gradient, (z - t) / (4 * 6), rtol=0, atol=10 / T + T * EPS)


@pytest.mark.parametrize("T", [0, -1.0, np.nan])
def test_refuses_a_temperature_that_is_not_above_0(T):
    with pytest.raises(ValueError, match="need a temperature above 0, got"):
        distillation_loss_and_gradient([[1.0]], [[1.0]], T)
