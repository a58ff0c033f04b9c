"""Several labels at once: a sigmoid for each class instead of one softmax for all."""

import numpy as np

from snippets.checks import as_floats


# --8<-- [start:sigmoid_loss_and_gradient]
def sigmoid_loss_and_gradient(logits, targets):
    """Return the mean binary cross-entropy loss and its gradient.

    Parameters
    ----------
    logits : array_like of real numbers, any shape, usually (N, k)
        One score for each class of each example; the classes are independent. Not changed.
    targets : array_like of real numbers, the same shape
        1 where a class is present, 0 where it is not, or a probability. Not changed.

    Returns
    -------
    loss : numpy.floating
        The mean over all entries, not only over the rows.
    gradient : ndarray of floats, the shape of the logits
        (sigmoid(x) - y) / (number of entries).

    Raises
    ------
    ValueError
        If the shapes differ, there is no entry, or one is not a real number.

    Notes
    -----
    Derived on the page "KL, focal and other losses", equation (B2). exp(-|x|) is at most 1 and
    serves loss and sigmoid. A logit of -inf is right if its target is 0, and makes the
    loss inf otherwise; NaN and +inf are not meant to be logits.
    """
    x, y = as_floats(logits), as_floats(targets)
    if x.shape != y.shape or x.size == 0:
        raise ValueError(f"need logits and targets of one shape, not empty, "
                         f"got {x.shape} and {y.shape}")
    decay = np.exp(-np.abs(x))                     # at most 1
    # The term with y = 0 is 0, also where x is -inf.
    losses = np.maximum(x, 0) - y * np.where(y == 0, 0, x) + np.log1p(decay)

    sigmoid = np.where(x >= 0, 1, decay) / (1 + decay)
    return losses.mean(), (sigmoid - y) / x.size
# --8<-- [end:sigmoid_loss_and_gradient]
