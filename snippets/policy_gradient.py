"""Policy gradient: the gradient of the loss, times the return."""

import numpy as np

from snippets.checks import as_floats, checked
from snippets.soft_labels import one_hot, soft_loss_and_gradient


# --8<-- [start:policy_loss_and_gradient]
def policy_loss_and_gradient(logits, actions, returns):
    """Return the mean of -R log s_a, and its (N, k) gradient.

    Parameters
    ----------
    logits : array_like of real numbers, shape (N, k)
        A row of scores of the k actions for each step, where -inf forbids one. Not
        changed.
    actions : array_like of integers, shape (N,)
        The action a that was taken, counted from 0. Not changed.
    returns : array_like of real numbers, shape (N,)
        The return R after it, or the advantage: positive or negative, and a constant for
        the gradient. Not changed.

    Returns
    -------
    loss : numpy.floating
        What an optimiser may minimise. Its gradient means something, its value does not.
    gradient : ndarray of floats, shape (N, k)
        R (s - y) / N in each row, where y is one-hot at the action.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no row or no action, the numbers are not real,
        or an action is not an integer in 0...k-1.

    Notes
    -----
    The REINFORCE estimate [1]_. A return is a label that sums to R instead of 1: the page
    "KL, focal and other losses", equation (B7).

    References
    ----------
    .. [1] R. J. Williams, "Simple statistical gradient-following algorithms for
       connectionist reinforcement learning", Machine Learning 8, 1992,
       doi:10.1007/BF00992696.
    """
    logits, actions = checked(logits, actions)
    returns = as_floats(returns)
    if returns.shape != actions.shape:
        raise ValueError(f"need actions (N,) and returns (N,), "
                         f"got {actions.shape} and {returns.shape}")
    Y = one_hot(actions, logits.shape[1]).astype(logits.dtype)    # (N, k)
    return soft_loss_and_gradient(logits, returns[:, np.newaxis] * Y)
# --8<-- [end:policy_loss_and_gradient]
