"""Labels as rows of numbers: one-hot, probabilities, smoothed, weighted."""

import numpy as np

from snippets.checks import as_floats, as_labels


# --8<-- [start:soft_loss_and_gradient]
def soft_loss_and_gradient(logits, targets):
    """Return the mean loss for soft labels and its (N, k) gradient.

    Parameters
    ----------
    logits : array_like of real numbers, shape (N, k)
        One row of scores for each example, where -inf masks a class. Not changed.
    targets : array_like of real numbers, shape (N, k)
        One row of label probabilities for each example. A row that sums to w counts as
        w examples. Not changed.

    Returns
    -------
    loss : numpy.floating
        The mean over the rows of -sum_i y_i log s_i: inf if a masked class has y_i > 0,
        NaN if a row holds NaN or +inf, or nothing but -inf.
    gradient : ndarray of floats, shape (N, k)
        (S - Y) / N, where the rows of Y sum to 1.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no row or no class, or the entries are not
        real numbers.

    Notes
    -----
    Derived on the page "Soft labels, smoothing, temperature", equations (S2) and (S3).
    """
    logits, targets = as_floats(logits), as_floats(targets)
    if (logits.ndim != 2 or logits.size == 0
            or targets.shape != logits.shape):
        raise ValueError(f"need logits and targets of one shape (N, k), "
                         f"got {logits.shape} and {targets.shape}")
    shifted = logits - logits.max(axis=1, keepdims=True)          # (N, k)
    exponentials = np.exp(shifted)                                # (N, k)
    totals = exponentials.sum(axis=1, keepdims=True)              # (N, 1)
    # A term with y_i = 0 is 0, also where log s_i is -inf.
    terms = np.where(targets == 0, 0, np.log(totals) - shifted)   # (N, k)
    losses = (targets * terms).sum(axis=1)                        # (N,)

    sums = targets.sum(axis=1, keepdims=True)                     # (N, 1)
    gradient = sums * exponentials / totals - targets             # (N, k)
    return losses.mean(), gradient / len(logits)
# --8<-- [end:soft_loss_and_gradient]


# --8<-- [start:one_hot]
def one_hot(labels, k):
    """Return a row for each label, with 1 at its class and 0 elsewhere.

    Parameters
    ----------
    labels : array_like of integers, shape (N,)
        The index of the true class of each example, counted from 0. Not changed.
    k : int
        The number of classes.

    Returns
    -------
    ndarray of float64, shape (N, k)
        The matrix Y of the pages.

    Raises
    ------
    ValueError
        If a label is not an integer in 0...k-1.

    Notes
    -----
    Defined on the page "From formula to code", above equation (C4).
    """
    return np.eye(k)[as_labels(labels, k)]
# --8<-- [end:one_hot]


# --8<-- [start:smooth_labels]
def smooth_labels(labels, k, smoothing):
    """Return one-hot labels with a part of each spread over all classes.

    Parameters
    ----------
    labels : array_like of integers, shape (N,)
        The index of the true class of each example, counted from 0. Not changed.
    k : int
        The number of classes.
    smoothing : float
        The part that is spread, from 0 (one-hot) to 1 (all classes alike).

    Returns
    -------
    ndarray of float64, shape (N, k)
        Rows that sum to 1.

    Raises
    ------
    ValueError
        If a label is not an integer in 0...k-1.

    Notes
    -----
    Derived on the page "Soft labels, smoothing, temperature", equations (S4) and (S5), after [1]_.

    References
    ----------
    .. [1] C. Szegedy et al., "Rethinking the Inception Architecture for Computer
       Vision", CVPR 2016, section 7, arXiv:1512.00567.
    """
    return (1 - smoothing) * one_hot(labels, k) + smoothing / k
# --8<-- [end:smooth_labels]


# --8<-- [start:weighted_targets]
def weighted_targets(labels, k, weights):
    """Return one-hot labels for a mean that is weighted by row.

    Parameters
    ----------
    labels : array_like of integers, shape (N,)
        The index of the true class of each example, counted from 0. In a row of
        weight 0 any number may stand. Not changed.
    k : int
        The number of classes.
    weights : array_like of non-negative numbers, shape (N,)
        How much each row counts. Not changed.

    Returns
    -------
    ndarray of float64, shape (N, k)
        Rows that sum to N w_n / (w_1 + ... + w_N), so that the plain mean over the rows
        is the weighted mean.

    Raises
    ------
    ValueError
        If the shapes do not fit, a label of a row that counts is not in 0...k-1, or no
        row counts.

    Notes
    -----
    Derived on the page "Means, class weights, ignored labels", equation (V3).
    """
    labels, weights = np.array(labels), as_floats(weights)        # a copy
    if (labels.ndim != 1 or weights.shape != labels.shape
            or not weights.sum() > 0):
        raise ValueError(f"need labels (N,) and weights (N,), not all 0, "
                         f"got {labels.shape} and {weights}")
    labels[weights == 0] = 0
    Y = weights[:, np.newaxis] * one_hot(labels, k)               # (N, k)
    return len(labels) * Y / Y.sum()                              # (N, k)
# --8<-- [end:weighted_targets]
