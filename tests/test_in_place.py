"""The in-place function returns what `loss_and_gradient` does, and touches nothing else."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given

from snippets.in_place import loss_and_gradient_in_place
from snippets.loss_and_gradient import loss_and_gradient
from tests.strategies import LAYOUTS, batches


def assert_agrees(logits, labels, out):
    """Compare with loss_and_gradient; out may be the logits."""
    (N, k), eps = logits.shape, np.finfo(logits.dtype).eps
    expected_loss, expected = loss_and_gradient(logits.copy(), labels)
    loss = loss_and_gradient_in_place(logits, labels, out)
    assert loss.dtype == out.dtype == logits.dtype
    # Both add k numbers above 0, in orders that may differ: at most (k - 1) eps / 2 each. Then a
    # logarithm and two differences, and the mean of N numbers above 0.
    np.testing.assert_allclose(loss, expected_loss, rtol=(N + 4) * eps, atol=(k + 4) * eps)
    # A roundoff is at most eps / 2 of the number, and none is above 1/N. Here: 1/N, the quotient,
    # the product, 1/N again, the difference. There: the quotient, the difference, the division by
    # N. That makes 4 eps / N, and the sums' (k - 1) eps.
    np.testing.assert_allclose(out, expected, rtol=k * eps, atol=4 * eps / N)


@given(batches())
def test_agrees_for_any_logits(batch):
    logits, labels = batch
    assert_agrees(logits, labels, np.full_like(logits, np.nan))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "N, k",
    [
        pytest.param(1, 1, id="one entry"),
        pytest.param(1, 1000, id="one row"),
        pytest.param(300, 1000, id="several blocks, the last one not full"),
        pytest.param(3, 70_000, id="rows longer than a block"),
        pytest.param(70_000, 3, id="many rows"),
    ],
)
def test_agrees_in_blocks(N, k, dtype):
    rng = np.random.default_rng(0)
    logits, labels = rng.normal(scale=3, size=(N, k)).astype(dtype), rng.integers(0, k, N)
    assert_agrees(logits, labels, np.full_like(logits, np.nan))


def some(dtype=float):
    rng = np.random.default_rng(1)
    return rng.normal(size=(40, 30)).astype(dtype), rng.integers(0, 30, 40)


def test_is_finite_where_exponentials_overflow():
    logits, labels = some()
    logits *= 1e4
    out = np.empty_like(logits)
    assert_agrees(logits, labels, out)
    assert np.isfinite(out).all()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_layout_of_the_array_for_the_gradient(layout):
    logits, labels = some()
    assert_agrees(logits, labels, LAYOUTS[layout](np.zeros_like(logits)))


def test_out_may_be_the_logits():
    logits, labels = some()
    assert_agrees(logits, labels, logits)


def test_allocates_nothing_of_the_logits_size():
    rng = np.random.default_rng(0)
    logits, labels = rng.normal(size=(500, 1000)), rng.integers(0, 1000, 500)
    out = np.empty_like(logits)
    peaks = {}
    for name, call in {
        "in place": lambda: loss_and_gradient_in_place(logits, labels, out),
        "temporaries": lambda: loss_and_gradient(logits, labels),
    }.items():
        tracemalloc.start()
        call()
        peaks[name] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peaks["in place"] < logits.nbytes / 20 < 2 * logits.nbytes < peaks["temporaries"]


Z = np.zeros((2, 3))


@pytest.mark.parametrize(
    "logits, labels, out, said",
    [
        (Z, [0, 3], Z + 1, r"need integer labels in 0\.\.\.2, got \[0 3\]"),
        (Z, [0, 0], Z[:1] + 1, r"need out: an array \(2, 3\) of float64"),
        (Z, [0, 0], np.ones((2, 3), np.float32), "of float64"),
        (Z, [0, 0], [[1.0] * 3] * 2, "of float64"),
        (Z.astype(np.float16), [0, 0], np.ones((2, 3), np.float16), "of float32"),
        (Z.astype(int), [0, 0], np.ones((2, 3), int), "of float64"),
    ],
)
def test_refuses_before_it_writes(logits, labels, out, said):
    before = np.array(out)
    with pytest.raises(ValueError, match=said):
        loss_and_gradient_in_place(logits, labels, out)
    np.testing.assert_array_equal(out, before)


@pytest.mark.parametrize("first, second", [(np.s_[:3], np.s_[1:]), (np.s_[1:], np.s_[:3]), (np.s_[:], np.s_[:])])
def test_refuses_an_overlap_that_is_not_the_same_array(first, second):
    both = np.arange(12.0).reshape(4, 3)
    with pytest.raises(ValueError, match="overlaps"):
        loss_and_gradient_in_place(both[first], [0] * len(both[first]), both[second])
    assert both.tolist() == np.arange(12.0).reshape(4, 3).tolist()


def test_takes_interleaved_arrays_which_share_no_entry():
    both = np.zeros((4, 6))
    both[:, ::2], labels = some()[0][:4, :3], [0, 1, 2, 0]
    assert_agrees(both[:, ::2], labels, both[:, 1::2])
