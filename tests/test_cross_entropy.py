import numpy as np
import pytest
import scipy.special
from hypothesis import given

from machinery.content.compared_frameworks import RECORD
from snippets.cross_entropy import cross_entropy
from tests.strategies import vectors_and_label

RECORDED = RECORD["cases"]  # of PyTorch
EPS = np.finfo(float).eps


@given(vectors_and_label())
def test_agrees_with_scipy(example):
    logits, label = example
    # Each is a difference of two numbers no larger than the spread of the logits.
    tolerance = 8 * EPS * (1 + np.ptp(logits))
    expected = -scipy.special.log_softmax(logits)[label]
    np.testing.assert_allclose(cross_entropy(logits, label), expected, rtol=0, atol=tolerance)


@given(vectors_and_label())
def test_is_finite_and_never_negative(example):
    assert 0 <= cross_entropy(*example) < np.inf


@pytest.mark.parametrize("name", RECORDED)
def test_mean_over_the_rows_agrees_with_pytorch(name):
    case = RECORDED[name]
    losses = [cross_entropy(z, label) for z, label in zip(case["logits"], case["labels"])]
    np.testing.assert_allclose(np.mean(losses), case["loss"], rtol=16 * EPS)


def test_is_zero_with_one_class():
    assert cross_entropy([3.0], 0) == 0
