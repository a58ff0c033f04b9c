"""Their values are compared in test_loss_and_gradient.py; here is what only they do."""

import numpy as np
import pytest

from snippets.textbook import loss_and_gradient_batch, loss_and_gradient_loops, loss_and_gradient_vector


def test_large_logits_overflow():
    with pytest.raises(OverflowError):
        loss_and_gradient_loops([1000.0, 0.0], 0)
    with np.errstate(over="ignore", invalid="ignore"):
        assert np.isnan(loss_and_gradient_vector([1000.0, 0.0], 0)[0])
        assert np.isnan(loss_and_gradient_batch([[1000.0, 0.0]], [0])[0])


@pytest.mark.parametrize("function", [loss_and_gradient_loops, loss_and_gradient_vector])
@pytest.mark.parametrize(
    "logits, label, said",
    [([1.0, 2.0], -1, "label -1"), ([1.0, 2.0], 2, "label 2"), ([[1.0]], 0, r"shape \(1, 1\)")],
)
def test_refuses(function, logits, label, said):
    with pytest.raises(ValueError, match=said):
        function(logits, label)


@pytest.mark.parametrize("function", [loss_and_gradient_loops, loss_and_gradient_vector])
def test_leaves_its_input_alone(function):
    logits = np.array([1.0, 2.0])
    function(logits, 0)
    assert logits.tolist() == [1.0, 2.0]
