"""What only the textbook versions do: they overflow. test_loss_and_gradient.py compares their values."""

import numpy as np
import pytest

from snippets.textbook import loss_and_gradient_batch, loss_and_gradient_loops, loss_and_gradient_vector


def test_large_logits_overflow():
    with pytest.raises(OverflowError):
        loss_and_gradient_loops([1000.0, 0.0], 0)
    with np.errstate(over="ignore", invalid="ignore"):
        assert np.isnan(loss_and_gradient_vector([1000.0, 0.0], 0)[0])
        assert np.isnan(loss_and_gradient_batch([[1000.0, 0.0]], [0])[0])
