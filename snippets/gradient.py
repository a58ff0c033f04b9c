"""The gradient of the loss of one example: softmax minus one-hot."""

from snippets.checks import checked
from snippets.softmax import softmax


# --8<-- [start:gradient]
def gradient(logits, label):
    """Return the gradient s - y of the loss of one example.

    Parameters
    ----------
    logits : array_like of real numbers, shape (k,)
        The scores z of k classes, where -inf masks a class. Not changed.
    label : int
        The index c of the true class, counted from 0.

    Returns
    -------
    ndarray of floats, shape (k,)
        dL/dz. Its entries sum to 0; only entry c is negative. They are NaN if the logits
        hold NaN or +inf, or nothing but -inf.

    Raises
    ------
    ValueError
        If the logits are not a vector of real numbers, or the label is not an integer in
        0...k-1.

    Notes
    -----
    Derived step by step on the page "Derivation", equation (D9).
    """
    logits, label = checked(logits, label, ndim=1)
    difference = softmax(logits)
    difference[label] -= 1
    return difference
# --8<-- [end:gradient]
