"""The formulas as a textbook prints them: steps on the way to `loss_and_gradient`.

All three overflow for large logits. They are here to be compared with the code to copy,
which is in `loss_and_gradient.py`.
"""

import math

import numpy as np


# --8<-- [start:loops]
def loss_and_gradient_loops(logits, label):
    """Return the loss and the gradient of one example, entry by entry.

    Parameters
    ----------
    logits : array_like of real numbers, shape (k,)
        The scores z of k classes, small enough for exp. Not changed.
    label : int
        The index c of the correct class, counted from 0.

    Returns
    -------
    loss : float
        -log s_c.
    gradient : ndarray of float64, shape (k,)
        s_i - y_i for each class i.

    Raises
    ------
    ValueError
        If the logits are not a vector, or the label is not in 0...k-1.
    OverflowError
        If a logit is above 709.78: `math.exp` has no larger result.

    Notes
    -----
    Written out on the page "From formula to code", equations (C1) to (C3).
    """
    k = len(logits)
    if np.ndim(logits) != 1 or label not in range(k):
        raise ValueError(f"need logits (k,) and a label in 0...k-1, "
                         f"got shape {np.shape(logits)} and label {label}")
    total = 0.0
    for j in range(k):
        total += math.exp(logits[j])

    gradient = np.zeros(k)
    for i in range(k):
        probability = math.exp(logits[i]) / total
        if i == label:
            loss = -math.log(probability)
            gradient[i] = probability - 1
        else:
            gradient[i] = probability
    return loss, gradient
# --8<-- [end:loops]


# --8<-- [start:vector]
def loss_and_gradient_vector(logits, label):
    """Return the loss and the gradient of one example, vector by vector.

    Parameters
    ----------
    logits : array_like of real numbers, shape (k,)
        The scores z of k classes, small enough for exp. Not changed.
    label : int
        The index c of the correct class, counted from 0.

    Returns
    -------
    loss : numpy.floating
        -log s_c.
    gradient : ndarray of floats, shape (k,)
        s - y.

    Raises
    ------
    ValueError
        If the logits are not a vector, or the label is not in 0...k-1.

    Notes
    -----
    Written out on the page "From formula to code", equations (C1) to (C3).
    """
    if np.ndim(logits) != 1 or label not in range(len(logits)):
        raise ValueError(f"need logits (k,) and a label in 0...k-1, "
                         f"got shape {np.shape(logits)} and label {label}")
    exponentials = np.exp(logits)                 # (k,)
    gradient = exponentials / exponentials.sum()  # (k,), softmax
    loss = -np.log(gradient[label])               # a number
    gradient[label] -= 1                          # (k,), minus one-hot
    return loss, gradient
# --8<-- [end:vector]


# --8<-- [start:batch]
def loss_and_gradient_batch(logits, labels):
    """Return the mean loss of a batch and its (N, k) gradient.

    Parameters
    ----------
    logits : array_like of real numbers, shape (N, k)
        One row of scores for each example, small enough for exp. Not changed.
    labels : array_like of integers, shape (N,)
        The index of the correct class of each example, counted from 0.

    Returns
    -------
    loss : numpy.floating
        The mean of the N losses.
    gradient : ndarray of floats, shape (N, k)
        (S - Y) / N.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a label is not an integer in 0...k-1.

    Notes
    -----
    Written out on the page "From formula to code", equations (C4) and (C5).
    """
    logits, labels = np.asarray(logits), np.asarray(labels)
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError(f"need logits (N, k) and labels (N,), "
                         f"got {logits.shape} and {labels.shape}")
    N, k = logits.shape
    integers = np.issubdtype(labels.dtype, np.integer)
    if not integers or (labels < 0).any() or (labels >= k).any():
        raise ValueError(f"need integer labels in 0...{k - 1}, got {labels}")

    rows = np.arange(N)                                # (N,)
    exponentials = np.exp(logits)                      # (N, k)
    totals = exponentials.sum(axis=1, keepdims=True)   # (N, 1)
    gradient = exponentials / totals                   # (N, k), softmax
    loss = -np.log(gradient[rows, labels]).mean()      # a number
    gradient[rows, labels] -= 1                        # (N, k), minus one-hot
    return loss, gradient / N
# --8<-- [end:batch]
