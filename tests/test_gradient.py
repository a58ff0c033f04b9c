import autograd
import numpy as np
from hypothesis import given

from snippets.gradient import gradient
from tests.definitions import mean_loss
from tests.strategies import vectors_and_label

EPS = np.finfo(float).eps


@given(vectors_and_label(largest=20))
def test_agrees_with_automatic_differentiation(example):
    logits, label = example
    expected = autograd.grad(mean_loss)(logits[np.newaxis], [label])[0]
    # Up to 20, the unshifted exponentials are exact to a few roundings, and all entries are
    # at most 1.
    np.testing.assert_allclose(gradient(logits, label), expected, rtol=0, atol=32 * EPS)


@given(vectors_and_label())
def test_entries_sum_to_zero_and_only_the_true_one_is_not_positive(example):
    logits, label = example
    result = gradient(logits, label)
    assert abs(result.sum()) <= 16 * EPS  # k <= 8 roundings of numbers up to 1
    assert result[label] <= 0
    assert (np.delete(result, label) >= 0).all()
