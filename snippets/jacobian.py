"""The Jacobian of the softmax function."""

import numpy as np

from snippets.checks import as_floats
from snippets.softmax import softmax


# --8<-- [start:jacobian]
def jacobian(logits):
    """Return the k x k Jacobian ds/dz = diag(s) - s sᵀ of the softmax.

    Parameters
    ----------
    logits : array_like of real numbers, shape (k,)
        The scores z of k classes, where -inf masks a class. Not changed.

    Returns
    -------
    ndarray of floats, shape (k, k)
        Entry (i, j) is the derivative of s_i by z_j. Symmetric; rows sum to 0.

    Raises
    ------
    ValueError
        If the logits are not a vector of real numbers.

    Notes
    -----
    Derived on the page "The Jacobian", equation (J4).
    """
    if np.ndim(logits) != 1:
        raise ValueError(f"need logits of shape (k,), got {np.shape(logits)}")
    s = softmax(logits)
    return np.diag(s) - np.outer(s, s)
# --8<-- [end:jacobian]


# --8<-- [start:vector_jacobian_product]
def vector_jacobian_product(row, logits):
    """Return row times the softmax's Jacobian, without the k x k matrix.

    Parameters
    ----------
    row : array_like of real numbers, shape (..., k)
        The upstream gradient: of some number with respect to the probabilities. Not
        changed.
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
    row (diag(s) - s sᵀ) = s * (row - row·s): k numbers to store instead of k². This is
    the backward pass of the softmax, for one example or for each row of a batch. Derived
    on the page "The Jacobian", equation (J5).
    """
    row, s = as_floats(row), softmax(logits)
    if row.shape != s.shape:
        raise ValueError(f"need two arrays of one shape (..., k), "
                         f"got {row.shape} and {s.shape}")
    return s * (row - (row * s).sum(axis=-1, keepdims=True))
# --8<-- [end:vector_jacobian_product]
