import autograd
import numpy as np
import pytest
from hypothesis import given

from snippets.gradient import gradient
from snippets.jacobian import jacobian, vector_jacobian_product
from snippets.softmax import softmax
from tests import definitions
from tests.strategies import vectors, vectors_and_label

EPS = np.finfo(float).eps


@given(vectors(largest=20))
def test_agrees_with_automatic_differentiation(logits):
    expected = autograd.jacobian(definitions.softmax)(logits)
    np.testing.assert_allclose(jacobian(logits), expected, rtol=0, atol=32 * EPS)  # entries up to 1


@given(vectors())
def test_is_symmetric_and_its_rows_sum_to_zero(logits):
    result = jacobian(logits)
    np.testing.assert_array_equal(result, result.T)
    np.testing.assert_allclose(result.sum(axis=1), 0, atol=16 * EPS)  # k <= 8 roundings


@given(vectors_and_label(largest=10))
def test_the_chain_rule_with_the_jacobian_gives_the_gradient(example):
    logits, label = example
    row = np.zeros(logits.size)
    row[label] = -1 / softmax(logits)[label]
    # Dividing by s_c >= 1e-9 and multiplying by it again: relative errors, of entries up to 1.
    np.testing.assert_allclose(row @ jacobian(logits), gradient(logits, label), rtol=0, atol=32 * EPS)


@pytest.mark.parametrize("logits", [3.0, [[1.0, 2.0]]])
def test_refuses_what_is_not_a_vector(logits):
    with pytest.raises(ValueError, match="need logits of shape"):
        jacobian(logits)


@given(vectors_and_label())
def test_the_product_without_the_matrix_is_the_product_with_it(example):
    logits, label = example
    row = np.arange(logits.size) - label
    expected = row @ jacobian(logits)
    # Entries up to 8, and sums of up to 8 of them.
    np.testing.assert_allclose(vector_jacobian_product(row, logits), expected, rtol=0, atol=64 * EPS)


@pytest.mark.parametrize("row, logits", [([1.0], [1.0, 2.0]), ([[1.0]], [1.0]), ([1.0], [[1.0]])])
def test_the_product_refuses_what_does_not_fit(row, logits):
    with pytest.raises(ValueError, match="two arrays of one shape"):
        vector_jacobian_product(row, logits)
