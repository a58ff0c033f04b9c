import numpy as np
import pytest
from hypothesis import given

from snippets.loss_and_gradient import loss_and_gradient
from snippets.soft_labels import one_hot, smooth_labels, soft_loss_and_gradient, weighted_targets
from tests.strategies import batches

EPS = np.finfo(float).eps


def test_one_hot_has_a_1_at_each_label():
    np.testing.assert_array_equal(one_hot([2, 0], 3), [[0, 0, 1], [1, 0, 0]])


@given(batches())
def test_one_hot_targets_give_the_loss_of_labels(batch):
    logits, labels = batch
    loss, gradient = soft_loss_and_gradient(logits, one_hot(labels, logits.shape[1]))
    expected_loss, expected = loss_and_gradient(logits, labels)
    np.testing.assert_allclose(loss, expected_loss, rtol=16 * EPS)
    np.testing.assert_allclose(gradient, expected, rtol=0, atol=4 * EPS)


@given(batches(largest=20))
def test_no_smoothing_and_equal_weights_change_nothing(batch):
    logits, labels = batch
    k = logits.shape[1]
    Y = one_hot(labels, k)
    np.testing.assert_array_equal(smooth_labels(labels, k, 0), Y)
    weights = np.full(len(labels), 2.5)
    np.testing.assert_allclose(weighted_targets(labels, k, weights), Y, rtol=8 * EPS)
    np.testing.assert_allclose(smooth_labels(labels, k, 0.3).sum(axis=1), 1, rtol=8 * EPS)


def test_a_row_of_weight_zero_may_have_any_label_and_changes_nothing():
    logits = np.array([[1.0, 2.0], [5.0, -5.0]])
    loss, gradient = soft_loss_and_gradient(logits, weighted_targets([0, -1], 2, [3.0, 0.0]))
    expected_loss, expected = loss_and_gradient(logits[:1], [0])
    np.testing.assert_allclose(loss, expected_loss, rtol=4 * EPS)
    np.testing.assert_allclose(gradient, [expected[0], [0, 0]], rtol=0, atol=4 * EPS)


def test_refuses_shapes_that_do_not_fit():
    with pytest.raises(ValueError, match=r"got \(1, 2\) and \(2,\)"):
        soft_loss_and_gradient([[1.0, 2.0]], [0.5, 0.5])
    with pytest.raises(ValueError, match=r"got \(2,\) and \(2,\)"):
        soft_loss_and_gradient([1.0, 2.0], [0.5, 0.5])
    with pytest.raises(ValueError, match=r"not all 0, got \(2,\) and \[0\. 0\.\]"):
        weighted_targets([0, 1], 2, [0.0, 0.0])
