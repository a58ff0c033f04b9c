"""The Jacobian of the softmax function."""

import numpy as np

from snippets.softmax import softmax


# --8<-- [start:jacobian]
def jacobian(logits):
    """Return the k x k Jacobian ds/dz = diag(s) - s sᵀ of the softmax.

    Parameters
    ----------
    logits : array_like of real numbers, shape (k,)
        The scores z of k classes. Not changed.

    Returns
    -------
    ndarray of floats, shape (k, k)
        Entry (i, j) is the derivative of s_i by z_j. Symmetric; rows sum to 0.

    Raises
    ------
    ValueError
        If the logits are not a vector.

    Notes
    -----
    Derived on the page "Derivation", equation (D11).
    """
    if np.ndim(logits) != 1:
        raise ValueError(f"need logits of shape (k,), got {np.shape(logits)}")
    s = softmax(logits)
    return np.diag(s) - np.outer(s, s)
# --8<-- [end:jacobian]
