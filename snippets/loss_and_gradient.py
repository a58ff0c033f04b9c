"""The mean loss of a batch and its gradient: the code to copy."""

import numpy as np

from snippets.checks import checked


# --8<-- [start:loss_and_gradient]
def loss_and_gradient(logits, labels):
    """Return the mean softmax cross-entropy loss and its (N, k) gradient.

    Parameters
    ----------
    logits : array_like of real numbers, shape (N, k)
        One row of scores for each example, where -inf masks a class. Not changed.
    labels : array_like of integers, shape (N,)
        The index of the true class of each example, counted from 0.

    Returns
    -------
    loss : numpy.floating
        The mean of the N losses: inf if a label is a masked class, NaN if a row holds
        NaN or +inf, or nothing but -inf.
    gradient : ndarray of floats, shape (N, k)
        The derivative of the mean loss by each logit: (S - Y) / N. Rows sum to 0. Loss
        and gradient are float32 for float32, float16 and small integers.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no row or no class, the logits are not real
        numbers, or a label is not an integer in 0...k-1.

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
    logits, labels = checked(logits, labels)                # or a ValueError
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)    # (N, k), at most 0
    exponentials = np.exp(shifted)                          # (N, k), at most 1
    totals = exponentials.sum(axis=1)                       # (N,),   at least 1
    loss = (np.log(totals) - shifted[rows, labels]).mean()  # mean of -log s_c

    gradient = exponentials / totals[:, np.newaxis]         # (N, k), softmax
    gradient[rows, labels] -= 1                             # minus one-hot
    return loss, gradient / len(labels)
# --8<-- [end:loss_and_gradient]
