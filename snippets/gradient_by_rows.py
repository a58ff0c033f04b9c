"""The difference quotients of all rows at once, for losses that depend on one row each."""

import numpy as np

from snippets.checks import checked


# --8<-- [start:numerical_gradient_by_rows]
def numerical_gradient_by_rows(losses, logits, labels, step=1e-5):
    """Return the gradient of the mean of independent losses by differences.

    What `numerical_gradient` needs 2 N k calls for, with 4 calls. Row n's loss must
    depend on row n alone, so that one entry of every row can move in the same call.

    Parameters
    ----------
    losses : callable
        Takes logits of shape (M, k) and labels of shape (M,), for any M, and returns
        the M losses. It must compute in float64.
    logits : array_like of real numbers, shape (N, k)
        The point. Not changed; computed in float64. An entry of -inf has derivative 0.
    labels : array_like of integers, shape (N,)
        The index of the true class of each example. Not changed.
    step : float
        The distance h on each side of an entry.

    Returns
    -------
    ndarray of float64, shape (N, k)
        The derivative of the mean of the N losses by each logit.

    Raises
    ------
    ValueError
        If logits and labels do not fit, or losses does not return one loss for each row,
        or if the result is not the derivative in a random direction: then the rows are not independent, or the
        step or the precision does not suit.

    Notes
    -----
    Derived on the page "Gradient check", equation (G1): here in two calls with k N rows
    each, which take memory for 2 N k² numbers. Two calls more compare the result with one
    ordinary difference in a random direction. A result that is off by D passes if D
    happens to be almost at right angles to that direction: with a probability of about
    0.8 times the tolerance divided by the norm of D.
    """
    logits, labels = checked(logits, labels)
    logits = logits.astype(float)
    N, k = logits.shape
    moves = step * np.eye(k)[:, np.newaxis]  # (k, 1, k): in copy i, class i
    tiled = np.tile(labels, k)               # (k N,)
    above = losses((logits + moves).reshape(-1, k), tiled)
    below = losses((logits - moves).reshape(-1, k), tiled)
    if np.shape(above) != tiled.shape:
        raise ValueError(f"need one loss for each of {k * N} rows, "
                         f"got shape {np.shape(above)}")
    gradient = (above - below).reshape(k, N).T / (2 * step * N)

    # Was it right to move all rows together? Once more, without the assumption.
    direction = np.random.default_rng(0).normal(size=(N, k))
    ahead = losses(logits + step * direction, labels).mean()
    behind = losses(logits - step * direction, labels).mean()
    slopes = gradient * direction
    error = abs((ahead - behind) / (2 * step) - slopes.sum())
    finite = logits[np.isfinite(logits)]
    size = max(abs(above).max(), abs(finite).max())
    rounding = 8 * k * size * np.finfo(float).eps / step
    if not error <= 1e-6 * abs(slopes).sum() + rounding:
        raise ValueError(f"off by {error:.1e} in a random direction: a row's "
                         "loss\ndepends on other rows, or the step is wrong")
    return gradient
# --8<-- [end:numerical_gradient_by_rows]
