"""The batched check agrees with the loop, and refuses losses whose rows depend on each other."""

import numpy as np
import pytest
from hypothesis import given

from snippets.gradient_by_rows import numerical_gradient_by_rows
from snippets.gradient_check import numerical_gradient
from snippets.loss_and_gradient import loss_and_gradient
from tests.definitions import losses
from tests.strategies import batches

EPS, STEP = np.finfo(float).eps, 1e-5


@given(batches())
def test_agrees_with_the_loop_and_with_the_derived_gradient(batch):
    logits, labels = batch
    by_rows = numerical_gradient_by_rows(losses, logits, labels)
    loop = numerical_gradient(lambda z: losses(z, labels).mean(), logits)
    # The same quotient. Logit and loss are rounded, to EPS / 2 of at most `size`, on both sides of
    # the entry, and divided by 2h; the loss of up to 8 classes has 8 roundings more, and the loop's
    # mean one for each of up to 6 rows.
    size = max(1, np.abs(logits).max(), losses(logits, labels).max())
    np.testing.assert_allclose(by_rows, loop, rtol=0, atol=16 * EPS * size / STEP)
    # and the formula's own error, below h² / 6 times a third derivative below 1/4
    _, derived = loss_and_gradient(logits, labels)
    np.testing.assert_allclose(by_rows, derived, rtol=0, atol=STEP**2 / 24 + 16 * EPS * size / STEP)


def some(N=6, k=5):
    rng = np.random.default_rng(3)
    return rng.normal(size=(N, k)), rng.integers(0, k, N)


@pytest.mark.parametrize("N, k", [(1, 1), (1, 7), (7, 1), (64, 10), (3, 50)])
def test_four_calls_whatever_the_size(N, k):
    calls = []

    def counted(logits, labels):
        calls.append(logits.shape)
        return losses(logits, labels)

    logits, labels = some(N, k)
    before = logits.copy()
    assert numerical_gradient_by_rows(counted, logits, labels).shape == (N, k)
    assert calls == [(k * N, k), (k * N, k), (N, k), (N, k)]
    np.testing.assert_array_equal(logits, before)


def over_the_wrong_axis(logits, labels):
    exponentials = np.exp(logits)
    return -np.log((exponentials / exponentials.sum(axis=0))[np.arange(len(labels)), labels])


def batch_normalised(logits, labels):
    return losses((logits - logits.mean(axis=0)) / logits.std(axis=0), labels)


def shifted_by_the_largest_of_all(logits, labels):
    """Independent all the same: a shift changes no loss."""
    return losses(logits - logits.max(), labels)


DEPENDENT = {
    "softmax over the wrong axis": over_the_wrong_axis,
    "batch normalisation": batch_normalised,
    "the batch's mean subtracted": lambda z, y: losses(z - z.mean(axis=0), y),
    "weighted by how hard a row is among the others": lambda z, y: losses(z, y) ** 2 / losses(z, y).mean(),
    "the next row's loss counts too, a little": lambda z, y: losses(z, y) + 1e-3 * losses(np.roll(z, 1, axis=0), y),
    "only the first two rows depend on each other": lambda z, y: losses(z, y) + z[0, 0] * z[1, 0] * (np.arange(len(y)) == 0),
}


@pytest.mark.parametrize("dependent", DEPENDENT.values(), ids=DEPENDENT)
@pytest.mark.parametrize("N, k", [(2, 3), (6, 5), (64, 10)])
def test_refuses_rows_that_depend_on_each_other(dependent, N, k):
    logits, labels = some(N, k)
    numeric = numerical_gradient(lambda z: dependent(z, labels).mean(), logits)  # works for dependent rows, too
    assert np.isfinite(numeric).all()
    with pytest.raises(ValueError, match="in a random direction: a row's loss\ndepends on other rows"):
        numerical_gradient_by_rows(dependent, logits, labels)


def test_a_masked_logit_hides_no_dependence():
    logits, labels = some()
    logits[0, (labels[0] + 1) % 5] = -np.inf
    dependent = DEPENDENT["the next row's loss counts too, a little"]
    with pytest.raises(ValueError, match="a row's loss\ndepends on other rows"):
        numerical_gradient_by_rows(dependent, logits, labels)


def test_takes_rows_that_only_look_dependent():
    logits, labels = some()
    by_rows = numerical_gradient_by_rows(shifted_by_the_largest_of_all, logits, labels)
    np.testing.assert_allclose(by_rows, loss_and_gradient(logits, labels)[1], rtol=0, atol=1e-9)


def test_how_often_a_small_dependence_is_missed():
    # The docstring gives the probability. What one row adds to another's loss goes from 1e-2, far above
    # the tolerance of 1e-6 of the slopes, down to the size of the tolerance.
    logits, labels = some()
    for size, most in [(1e-2, 0.01), (1e-4, 0.10)]:
        missed = 0
        for seed in range(200):
            coupling = size * np.random.default_rng(seed).normal(size=logits.shape[1])

            def dependent(z, y):
                return losses(z, y) + (np.roll(z, 1, axis=0) @ coupling) ** 2 / size

            try:
                numerical_gradient_by_rows(dependent, logits, labels)
                missed += 1
            except ValueError:
                pass
        assert missed <= most * 200, f"a dependence of size {size} was missed {missed} times out of 200"


@pytest.mark.parametrize(
    "function, said",
    [
        (lambda z, y: losses(z, y).mean(), r"one loss for each of 30 rows, got shape \(\)"),
        (lambda z, y: losses(z, y)[:, np.newaxis], r"one loss for each of 30 rows, got shape \(30, 1\)"),
        (lambda z, y: losses(z, y) * np.nan, "off by nan"),
        (lambda z, y: losses(z.astype(np.float32), y), "the step is wrong"),
    ],
    ids=["a mean", "a column", "not a number", "single precision"],
)
def test_refuses_losses_that_are_not_one_precise_number_for_each_row(function, said):
    with pytest.raises(ValueError, match=said):
        numerical_gradient_by_rows(function, *some())


def test_refuses_a_step_that_is_too_large():
    with pytest.raises(ValueError, match="the step is wrong"):
        numerical_gradient_by_rows(losses, *some(), step=0.5)
