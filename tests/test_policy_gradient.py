import numpy as np
import pytest
from hypothesis import given

from snippets.loss_and_gradient import loss_and_gradient
from snippets.policy_gradient import policy_loss_and_gradient
from tests.strategies import batches

EPS = np.finfo(float).eps


@given(batches())
def test_each_row_is_the_gradient_of_the_cross_entropy_times_its_return(batch):
    logits, actions = batch
    returns = np.arange(len(actions)) - 2.0
    gradient = policy_loss_and_gradient(logits, actions, returns)[1]
    expected = returns[:, np.newaxis] * loss_and_gradient(logits, actions)[1]
    np.testing.assert_allclose(gradient, expected, rtol=0, atol=16 * EPS)  # returns up to 3


def test_an_action_that_paid_becomes_more_probable_and_one_that_cost_less():
    gradient = policy_loss_and_gradient([[0.0, 0.0], [0.0, 0.0]], [0, 0], [1.0, -1.0])[1]
    assert gradient.tolist() == [[-0.25, 0.25], [0.25, -0.25]]


def test_refuses_returns_that_numpy_would_stretch():
    with pytest.raises(ValueError, match=r"need actions \(N,\) and returns \(N,\), got \(2,\) and \(1,\)"):
        policy_loss_and_gradient(np.zeros((2, 3)), [0, 1], [1.0])
