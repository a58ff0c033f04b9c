"""The mean loss of a batch and its gradient: the code to copy."""

import numpy as np


# --8<-- [start:loss_and_gradient]
def loss_and_gradient(logits, labels):
    """Return the mean softmax cross-entropy loss and its (N, k) gradient.

    Parameters
    ----------
    logits : array_like of real numbers, shape (N, k)
        One row of scores for each example. Not changed.
    labels : array_like of integers, shape (N,)
        The index of the correct class of each example, counted from 0.

    Returns
    -------
    loss : numpy.floating
        The mean of the N losses.
    gradient : ndarray of floats, shape (N, k)
        The derivative of the mean loss by each logit: (S - Y) / N. Rows sum to 0.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a label is not an integer in 0...k-1. A label of
        -1 is refused too: NumPy would take it for the last class.

    Notes
    -----
    Derived on the page "From formula to code", equations (C4) to (C7). One exponential
    serves both results; the shift by the largest logit keeps it finite [1]_.

    References
    ----------
    .. [1] P. Blanchard, D. J. Higham and N. J. Higham, "Accurately computing the
       log-sum-exp and softmax functions", IMA Journal of Numerical Analysis 41(4),
       2021, doi:10.1093/imanum/draa038.
    """
    logits, labels = np.asarray(logits), np.asarray(labels)
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError(f"need logits (N, k) and labels (N,), "
                         f"got {logits.shape} and {labels.shape}")
    N, k = logits.shape
    integers = np.issubdtype(labels.dtype, np.integer)
    if not integers or (labels < 0).any() or (labels >= k).any():
        raise ValueError(f"need integer labels in 0...{k - 1}, got {labels}")

    rows = np.arange(N)
    shifted = logits - logits.max(axis=1, keepdims=True)    # (N, k), at most 0
    exponentials = np.exp(shifted)                          # (N, k), at most 1
    totals = exponentials.sum(axis=1)                       # (N,),   at least 1
    loss = (np.log(totals) - shifted[rows, labels]).mean()  # mean of -log s_c

    gradient = exponentials / totals[:, np.newaxis]         # (N, k), softmax
    gradient[rows, labels] -= 1                             # minus one-hot
    return loss, gradient / N
# --8<-- [end:loss_and_gradient]
