import tracemalloc

import numpy as np
import pytest

from snippets.chunked import chunked_loss_and_gradients
from snippets.linear import linear_loss_and_gradients

EPS = np.finfo(float).eps
RNG = np.random.default_rng(0)
H, W, LABELS = RNG.normal(size=(50, 8)), RNG.normal(size=(8, 70)), RNG.integers(70, size=50)


@pytest.mark.parametrize("height, width", [(1, 1), (7, 9), (50, 70), (64, 10), (10, 128)])
def test_agrees_with_all_logits_at_once(height, width):
    loss, dH, dW = chunked_loss_and_gradients(H, W, LABELS, height, width)
    expected_loss, expected_dW, _ = linear_loss_and_gradients(W, np.zeros(70), H, LABELS)
    # Logits up to 12, of 8 products each, that are rounded in another order; sums of 70 and 50 numbers.
    np.testing.assert_allclose(loss, expected_loss, rtol=0, atol=64 * EPS)
    np.testing.assert_allclose(dW, expected_dW, rtol=0, atol=64 * EPS)
    differences = np.exp(H @ W) / np.exp(H @ W).sum(axis=1, keepdims=True) - np.eye(70)[LABELS]
    np.testing.assert_allclose(dH, differences @ W.T / 50, rtol=0, atol=64 * EPS)


def test_holds_no_array_of_the_logits_size():
    h, w, labels = RNG.normal(size=(400, 4)), RNG.normal(size=(4, 3000)), RNG.integers(3000, size=400)
    tracemalloc.start()
    chunked_loss_and_gradients(h, w, labels, height=100, width=200)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    block = 100 * 200 * 8
    assert peak < 4 * block + 3 * w.nbytes < 400 * 3000 * 8 / 5


@pytest.mark.parametrize(
    "changed",
    [{"H": H[:, :-1]}, {"W": W[0]}, {"H": H[:0], "labels": LABELS[:0]}, {"labels": LABELS[:-1]}, {"height": 0}, {"width": -1}, {"W": W[:, :0]}],
    ids=str,
)
def test_refuses_shapes_and_sizes_that_do_not_fit(changed):
    with pytest.raises(ValueError, match="need H|need integer labels"):
        chunked_loss_and_gradients(**({"H": H, "W": W, "labels": LABELS} | changed))


def test_refuses_labels_outside_the_vocabulary():
    with pytest.raises(ValueError, match=r"need integer labels in 0\.\.\.69"):
        chunked_loss_and_gradients(H, W, LABELS - 70)
