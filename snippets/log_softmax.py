"""The logarithm of the softmax, and its backward pass."""

import numpy as np

from snippets.checks import as_floats, as_logits
from snippets.softmax import softmax


# --8<-- [start:log_sum_exp]
def log_sum_exp(logits):
    """Return the logarithm of the sum of exponentials of each row of logits.

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., k)
        The scores z of k classes, along the last axis, where -inf masks a class. Not
        changed.

    Returns
    -------
    ndarray of floats, shape (...)
        NaN where a row holds NaN or +inf, or nothing but -inf.

    Raises
    ------
    ValueError
        If there is no last axis, it has no entries, or they are not real numbers.

    Notes
    -----
    Derived on the page "A shorter proof", equation (L6).
    """
    logits = as_logits(logits)
    largest = logits.max(axis=-1, keepdims=True)
    totals = np.exp(logits - largest).sum(axis=-1)
    return largest[..., 0] + np.log(totals)
# --8<-- [end:log_sum_exp]


# --8<-- [start:log_softmax]
def log_softmax(logits):
    """Return log s for each row of logits, also where s is rounded to 0.

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., k)
        The scores z of k classes, along the last axis, where -inf masks a class. Not
        changed.

    Returns
    -------
    ndarray of floats, shape (..., k)
        At most 0, and -inf for a masked class. NaN where a row holds NaN or +inf, or
        nothing but -inf.

    Raises
    ------
    ValueError
        If there is no last axis, it has no entries, or they are not real numbers.

    Notes
    -----
    log s_i = z_i - log(sum_j exp(z_j)), shifted by the largest logit: the page
    "A shorter proof", equations (L3) and (L6).
    """
    logits = as_logits(logits)
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - log_sum_exp(shifted)[..., np.newaxis]
# --8<-- [end:log_softmax]


# --8<-- [start:log_softmax_vector_jacobian_product]
def log_softmax_vector_jacobian_product(row, logits):
    """Return row times the Jacobian of log-softmax: its backward pass.

    Parameters
    ----------
    row : array_like of real numbers, shape (..., k)
        The upstream gradient: of some number with respect to log s. Not changed.
    logits : array_like of real numbers, shape (..., k)
        The scores z of k classes, where -inf masks a class. Not changed.

    Returns
    -------
    ndarray of floats, shape (..., k)
        The gradient of that number with respect to the logits. Each row sums to 0.

    Raises
    ------
    ValueError
        If the shapes differ, or the entries are not real numbers.

    Notes
    -----
    The derivative of log s_i with respect to z_j is [i = j] - s_j, so the product is
    row - s sum(row). With row = -y this is s - y: the page "KL, focal and other losses", equation
    (B1).
    """
    row, s = as_floats(row), softmax(logits)
    if row.shape != s.shape:
        raise ValueError(f"need two arrays of one shape (..., k), "
                         f"got {row.shape} and {s.shape}")
    return row - s * row.sum(axis=-1, keepdims=True)
# --8<-- [end:log_softmax_vector_jacobian_product]
