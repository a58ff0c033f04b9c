import numpy as np
import pytest
import scipy.special
from hypothesis import given

from snippets.log_softmax import log_softmax, log_softmax_vector_jacobian_product, log_sum_exp
from tests.strategies import batches

EPS = np.finfo(float).eps


@given(batches())
def test_agrees_with_scipy(batch):
    logits, _ = batch
    # Differences of numbers no larger than the spread of a row; sums of up to 8 exponentials.
    tolerance = 8 * EPS * (1 + np.ptp(logits))
    np.testing.assert_allclose(log_softmax(logits), scipy.special.log_softmax(logits, axis=1), rtol=0, atol=tolerance)
    np.testing.assert_allclose(log_sum_exp(logits), scipy.special.logsumexp(logits, axis=1), rtol=4 * EPS, atol=8 * EPS)


def test_loses_no_difference_between_large_logits():
    np.testing.assert_array_equal(log_softmax([1e15, 1e15 + 1]), log_softmax([0.0, 1.0]))


@pytest.mark.parametrize("function", [log_softmax, log_sum_exp])
@pytest.mark.parametrize("logits", [5.0, [], np.empty((3, 0))])
def test_refuses_logits_without_classes(function, logits):
    with pytest.raises(ValueError, match=r"need logits of shape \(\.\.\., k\), got"):
        function(logits)


def test_the_product_works_along_the_last_axis():
    row, logits = np.arange(24.0).reshape(2, 3, 4) % 7, np.arange(24.0).reshape(2, 3, 4) % 5
    one = log_softmax_vector_jacobian_product(row[1, 2], logits[1, 2])
    np.testing.assert_array_equal(log_softmax_vector_jacobian_product(row, logits)[1, 2], one)


def test_the_product_refuses_shapes_that_do_not_fit():
    with pytest.raises(ValueError, match=r"one shape \(\.\.\., k\), got \(1, 2\) and \(2,\)"):
        log_softmax_vector_jacobian_product([[1.0, 2.0]], [1.0, 2.0])
