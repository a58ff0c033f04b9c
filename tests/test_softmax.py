import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from snippets.softmax import softmax
from tests.strategies import batches, vectors

EPS = np.finfo(float).eps


@given(batches())
def test_agrees_with_scipy(batch):
    logits, _ = batch
    # Both shift by the maximum and differ by the order of the additions: k roundings.
    np.testing.assert_allclose(softmax(logits), scipy.special.softmax(logits, axis=1), rtol=8 * EPS)


@given(vectors())
def test_gives_a_probability_distribution(logits):
    probabilities = softmax(logits)
    assert (probabilities >= 0).all()
    assert abs(probabilities.sum() - 1) <= 8 * EPS  # k <= 8 roundings


@given(vectors(), st.integers(-1000, 1000))
def test_a_shift_of_all_logits_changes_nothing(logits, shift):
    # z + m is rounded to eps * |z + m| before the softmax sees it, and exp turns that absolute
    # error into a relative one.
    tolerance = 4 * EPS * (2e4 + 1000)
    np.testing.assert_allclose(softmax(logits + shift), softmax(logits), rtol=tolerance, atol=1e-300)


def test_works_along_the_last_axis():
    logits = np.arange(24.0).reshape(2, 3, 4) % 5
    np.testing.assert_array_equal(softmax(logits)[1, 2], softmax(logits[1, 2]))


@pytest.mark.parametrize("logits", [5.0, [], np.empty((3, 0))])
def test_refuses_logits_without_classes(logits):
    with pytest.raises(ValueError, match=r"need logits of shape \(\.\.\., k\), got"):
        softmax(logits)
