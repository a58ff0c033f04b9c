"""The formulas as a textbook prints them: steps on the way to `loss_and_gradient`.

All three overflow for large logits. They are here to be compared with the code to copy,
which is in `loss_and_gradient.py`.
"""

import math

import numpy as np

from snippets.checks import checked


# --8<-- [start:loops]
def loss_and_gradient_loops(logits, label):
    """Return the loss and the gradient of one example, entry by entry.

    Parameters
    ----------
    logits : array_like of real numbers, shape (k,)
        The scores z of k classes, small enough for exp. Not changed.
    label : int
        The index c of the true class, counted from 0.

    Returns
    -------
    loss : float
        -log s_c.
    gradient : ndarray of float64, shape (k,)
        s_i - y_i for each class i.

    Raises
    ------
    ValueError
        If the logits are not a vector of real numbers, or the label is not an integer in
        0...k-1, or its probability is 0: it has no logarithm.
    OverflowError
        If a logit is above 709.78: `math.exp` has no larger result.

    Notes
    -----
    Written out on the page "From formula to code", equations (C1) to (C3).
    """
    logits, label = checked(logits, label, ndim=1)
    k = len(logits)
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
        The index c of the true class, counted from 0.

    Returns
    -------
    loss : numpy.floating
        -log s_c.
    gradient : ndarray of floats, shape (k,)
        s - y.

    Raises
    ------
    ValueError
        If the logits are not a vector of real numbers, or the label is not an integer in
        0...k-1.

    Notes
    -----
    Written out on the page "From formula to code", equations (C1) to (C3).
    """
    logits, label = checked(logits, label, ndim=1)
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
        The index of the true class of each example, counted from 0.

    Returns
    -------
    loss : numpy.floating
        The mean of the N losses.
    gradient : ndarray of floats, shape (N, k)
        (S - Y) / N.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no row or no class, the logits are not real
        numbers, or a label is not an integer in 0...k-1.

    Notes
    -----
    Written out on the page "From formula to code", equations (C4) and (C5).
    """
    logits, labels = checked(logits, labels)
    rows = np.arange(len(labels))                      # (N,)
    exponentials = np.exp(logits)                      # (N, k)
    totals = exponentials.sum(axis=1, keepdims=True)   # (N, 1)
    gradient = exponentials / totals                   # (N, k), softmax
    loss = -np.log(gradient[rows, labels]).mean()      # a number
    gradient[rows, labels] -= 1                        # (N, k), minus one-hot
    return loss, gradient / len(labels)
# --8<-- [end:batch]
