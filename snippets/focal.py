"""The focal loss: examples that are already right count less."""

import numpy as np

from snippets.checks import checked
from snippets.log_softmax import log_softmax


# --8<-- [start:focal_loss_and_gradient]
def focal_loss_and_gradient(logits, labels, gamma):
    """Return the mean focal loss and its (N, k) gradient.

    Parameters
    ----------
    logits : array_like of real numbers, shape (N, k)
        One row of scores for each example, where -inf masks a class. Not changed.
    labels : array_like of integers, shape (N,)
        The index of the true class of each example, counted from 0. Not changed.
    gamma : float
        At least 0. With 0, this is the cross-entropy; with more, examples with s_c near
        1 count less.

    Returns
    -------
    loss : numpy.floating
        The mean of the N losses -(1 - s_c)^gamma log s_c: inf if a label is a masked
        class, NaN if a row holds NaN or +inf, or nothing but -inf.
    gradient : ndarray of floats, shape (N, k)
        (1 - s_c)^gamma (1 + gamma s_c rho) (s - y) / N in each row, where
        rho = -log s_c / (1 - s_c), and 1 at s_c = 1.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no row or no class, the logits are not real
        numbers, a label is not an integer in 0...k-1, or gamma is not at least 0.

    Notes
    -----
    Defined in [1]_, derived on the page "KL, focal and other losses", equation (B6). 1 - s_c is
    -expm1(log s_c), without a difference of numbers near 1, and no power of it is
    negative: gamma may be any number from 0.

    References
    ----------
    .. [1] T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017,
       section 3.2, arXiv:1708.02002.
    """
    logits, labels = checked(logits, labels)
    if not gamma >= 0:
        raise ValueError(f"need gamma of at least 0, got {gamma}")
    rows = np.arange(len(labels))
    logs = log_softmax(logits)                         # (N, k)
    surprise = np.abs(logs[rows, labels])              # (N,), -log s_c
    rest = -np.expm1(-surprise)                        # (N,), 1 - s_c
    weight = rest**gamma                               # (N,)

    x = np.minimum(surprise, np.finfo(logs.dtype).max)
    s_rho = np.divide(x * np.exp(-x), rest, out=np.ones_like(x), where=rest > 0)
    gradient = np.exp(logs)                            # (N, k), softmax
    gradient[rows, labels] = -rest                     # minus one-hot
    gradient *= (weight * (1 + gamma * s_rho))[:, np.newaxis]
    return (weight * surprise).mean(), gradient / len(labels)
# --8<-- [end:focal_loss_and_gradient]
