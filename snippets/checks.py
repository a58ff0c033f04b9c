"""What the functions take: real numbers of any dtype, and labels that fit them."""

import numpy as np


# --8<-- [start:checked]
def checked(logits, labels, ndim=2):
    """Return float logits and integer labels that fit each other.

    Parameters
    ----------
    logits : array_like of real numbers, shape (N, k), or (k,) if ndim is 1
    labels : array_like of integers, shape (N,), or one integer if ndim is 1
        The index of the true class, counted from 0.
    ndim : int
        2 for a batch, 1 for a single example.

    Returns
    -------
    logits : ndarray of floats
        As `as_floats` returns them.
    labels : ndarray of integers

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no row or no class, the logits are not real
        numbers, or a label is not an integer in 0...k-1.

    Notes
    -----
    Used on the page "From formula to code".
    """
    logits, labels = as_floats(logits), np.asarray(labels)
    if (logits.ndim != ndim or logits.size == 0
            or labels.shape != logits.shape[:-1]):
        need = "(k,) and one label" if ndim == 1 else "(N, k) and labels (N,)"
        raise ValueError(f"need logits {need}, not empty, "
                         f"got {logits.shape} and {labels.shape}")
    return logits, as_labels(labels, logits.shape[-1])
# --8<-- [end:checked]


# --8<-- [start:as_logits]
def as_logits(logits):
    """Return rows of logits as floats.

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., k)
        Not changed.

    Returns
    -------
    ndarray of floats, shape (..., k)
        As `as_floats` returns them.

    Raises
    ------
    ValueError
        If there is no last axis, it has no entries, or they are not real numbers.

    Notes
    -----
    Used on the page "Derivation".
    """
    logits = as_floats(logits)
    if logits.ndim == 0 or logits.shape[-1] == 0:
        raise ValueError(f"need logits of shape (..., k), got {logits.shape}")
    return logits
# --8<-- [end:as_logits]


# --8<-- [start:as_labels]
def as_labels(labels, k):
    """Return labels as an array of integers, each in 0...k-1.

    Parameters
    ----------
    labels : array_like of integers, any shape
    k : int
        The number of classes.

    Returns
    -------
    ndarray of integers, that shape

    Raises
    ------
    ValueError
        If a label is not an integer in 0...k-1. NumPy would take -1 for the last class,
        and True and False as a choice of rows.

    Notes
    -----
    Used on the page "From formula to code".
    """
    labels = np.asarray(labels)
    integers = labels.dtype.kind in "iu"
    if not integers or (labels < 0).any() or (labels >= k).any():
        raise ValueError(f"need integer labels in 0...{k - 1}, got {labels}")
    return labels
# --8<-- [end:as_labels]


# --8<-- [start:as_floats]
def as_floats(numbers):
    """Return real numbers as an array of floats, float32 or wider.

    Parameters
    ----------
    numbers : array_like of real numbers, any shape
        Not changed.

    Returns
    -------
    ndarray of floats, that shape
        float32, float64 and longdouble stay what they are, without a copy. Booleans,
        float16 and integers of 8 or 16 bits become float32; wider integers become
        float64, which rounds those above 2**53.

    Raises
    ------
    ValueError
        If the numbers are complex, or no numbers.

    Notes
    -----
    NumPy subtracts unsigned integers modulo a power of 2, takes the exponential of 8 bits
    in float16, and float16 ends at 65504. Used on the page "From formula to code".
    """
    numbers = np.asarray(numbers)
    if numbers.dtype.kind not in "biuf":
        raise ValueError(f"need real numbers, got {numbers.dtype}")
    wide = np.promote_types(numbers.dtype, np.float32)
    return numbers.astype(wide, copy=False)
# --8<-- [end:as_floats]
