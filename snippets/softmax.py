"""The softmax function S: logits in, probabilities out."""

import numpy as np

from snippets.checks import as_logits


# --8<-- [start:softmax]
def softmax(logits):
    """Return the probabilities s = S(z) of each row of logits.

    Parameters
    ----------
    logits : array_like of real numbers, shape (..., k)
        The scores z of k classes, along the last axis, where -inf masks a class. Not
        changed.

    Returns
    -------
    ndarray of floats, shape (..., k)
        Non-negative; each row sums to 1. In float32 for float32, float16 and small
        integers. NaN where a row holds NaN or +inf, or nothing but -inf.

    Raises
    ------
    ValueError
        If there is no last axis, it has no entries, or they are not real numbers.

    Notes
    -----
    Defined on the page "Derivation", equation (D1).

    S(z) = S(z - m) for every number m, because the factor exp(-m) cancels. With m the
    largest logit, every exponent is at most 0, so that no exponential overflows, and
    one exponential is exactly 1, so that the sum cannot vanish [1]_.

    References
    ----------
    .. [1] P. Blanchard, D. J. Higham and N. J. Higham, "Accurately computing the
       log-sum-exp and softmax functions", IMA Journal of Numerical Analysis 41(4),
       2021, doi:10.1093/imanum/draa038.
    """
    logits = as_logits(logits)
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
# --8<-- [end:softmax]
