import autograd
import numpy as np
import pytest
from hypothesis import given

from machinery.content.compared_frameworks import RECORD
from snippets.cross_entropy import cross_entropy
from snippets.gradient import gradient
from snippets.gradient_check import numerical_gradient
from snippets.loss_and_gradient import loss_and_gradient
from snippets.textbook import loss_and_gradient_batch, loss_and_gradient_loops, loss_and_gradient_vector
from tests.definitions import mean_loss
from tests.strategies import batches

RECORDED = RECORD["cases"]  # of PyTorch
EPS = np.finfo(float).eps


@pytest.mark.parametrize("name", RECORDED)
def test_agrees_with_pytorch(name):
    case = RECORDED[name]
    loss, derived = loss_and_gradient(case["logits"], case["labels"])
    np.testing.assert_allclose(loss, case["loss"], rtol=16 * EPS)
    np.testing.assert_allclose(derived, case["gradient"], rtol=0, atol=4 * EPS)


@given(batches(largest=20))
def test_agrees_with_automatic_differentiation(batch):
    expected = autograd.grad(mean_loss)(*batch)
    np.testing.assert_allclose(loss_and_gradient(*batch)[1], expected, rtol=0, atol=32 * EPS)


@given(batches())
def test_is_the_mean_of_its_rows(batch):
    logits, labels = batch
    loss, derived = loss_and_gradient(logits, labels)
    losses = [cross_entropy(z, label) for z, label in zip(logits, labels)]
    rows = [gradient(z, label) for z, label in zip(logits, labels)]
    np.testing.assert_allclose(loss, np.mean(losses), rtol=16 * EPS, atol=16 * EPS)
    np.testing.assert_allclose(derived, np.array(rows) / len(labels), rtol=0, atol=4 * EPS)


@given(batches())
def test_is_finite_and_its_rows_sum_to_zero(batch):
    loss, derived = loss_and_gradient(*batch)
    assert np.isfinite(loss) and loss >= 0
    np.testing.assert_allclose(derived.sum(axis=1), 0, atol=16 * EPS)


@given(batches(largest=3))
def test_agrees_with_central_differences(batch):
    logits, labels = batch
    numeric = numerical_gradient(lambda x: loss_and_gradient(x, labels)[0], logits)
    # At h = 1e-5 the formula is off by h² / 6 and rounding by EPS * loss / h, the loss below 10.
    np.testing.assert_allclose(loss_and_gradient(logits, labels)[1], numeric, rtol=0, atol=1e-9)


@given(batches(largest=20))
def test_the_steps_of_the_page_agree_one_after_another(batch):
    logits, labels = batch
    by_loops = [loss_and_gradient_loops(z, label) for z, label in zip(logits, labels)]
    by_vectors = [loss_and_gradient_vector(z, label) for z, label in zip(logits, labels)]
    textbook, stable = loss_and_gradient_batch(logits, labels), loss_and_gradient(logits, labels)
    # Losses up to 40 + log 8 and gradients up to 1, each after a handful of roundings.
    loss, entry = dict(rtol=0, atol=64 * 8 * EPS), dict(rtol=0, atol=32 * EPS)
    for loops, vectors in zip(by_loops, by_vectors):
        np.testing.assert_allclose(vectors[0], loops[0], **loss)
        np.testing.assert_allclose(vectors[1], loops[1], **entry)
    np.testing.assert_allclose(textbook[0], np.mean([row[0] for row in by_vectors]), **loss)
    np.testing.assert_allclose(textbook[1], [row[1] / len(labels) for row in by_vectors], **entry)
    np.testing.assert_allclose(stable[0], textbook[0], **loss)
    np.testing.assert_allclose(stable[1], textbook[1], **entry)
