"""The gradient of the loss of one example: softmax minus one-hot."""

import numpy as np

from snippets.softmax import softmax


# --8<-- [start:gradient]
def gradient(logits, label):
    """Return the gradient s - y of the loss of one example.

    Parameters
    ----------
    logits : array_like of real numbers, shape (k,)
        The scores z of k classes. Not changed.
    label : int
        The index c of the correct class, counted from 0.

    Returns
    -------
    ndarray of floats, shape (k,)
        dL/dz. Its entries sum to 0; only entry c is negative.

    Raises
    ------
    ValueError
        If the logits are not a vector, or the label is not in 0...k-1.

    Notes
    -----
    Derived step by step on the page "Derivation", equation (D9).
    """
    logits = np.asarray(logits)
    if logits.ndim != 1 or label not in range(logits.size):
        raise ValueError(f"need logits (k,) and a label in 0...k-1, "
                         f"got shape {logits.shape} and label {label}")
    difference = softmax(logits)
    difference[label] -= 1
    return difference
# --8<-- [end:gradient]
