"""The cross-entropy loss of one example."""

import numpy as np

from snippets.checks import checked


# --8<-- [start:cross_entropy]
def cross_entropy(logits, label):
    """Return the loss L = -log s_c of one example.

    Parameters
    ----------
    logits : array_like of real numbers, shape (k,)
        The scores z of k classes, where -inf masks a class. Not changed.
    label : int
        The index c of the true class, counted from 0.

    Returns
    -------
    numpy.floating
        The loss, never negative: inf if the label itself is masked, NaN if the logits
        hold NaN or +inf, or nothing but -inf.

    Raises
    ------
    ValueError
        If the logits are not a vector of real numbers, or the label is not an integer in
        0...k-1.

    Notes
    -----
    -log s_c = log(sum_j exp(z_j)) - z_c: derived on the page "A shorter proof",
    equations (L3) and (L6). The softmax is never formed, so that no
    probability can round to 0 before its logarithm is taken [1]_.

    References
    ----------
    .. [1] P. Blanchard, D. J. Higham and N. J. Higham, "Accurately computing the
       log-sum-exp and softmax functions", IMA Journal of Numerical Analysis 41(4),
       2021, doi:10.1093/imanum/draa038.
    """
    logits, label = checked(logits, label, ndim=1)
    shifted = logits - logits.max()
    return np.log(np.exp(shifted).sum()) - shifted[label]
# --8<-- [end:cross_entropy]
