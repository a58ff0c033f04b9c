"""The mean loss of a batch and its gradient, for arrays too large to pass over twice."""

import numpy as np

from snippets.checks import checked


# --8<-- [start:loss_and_gradient_in_place]
def loss_and_gradient_in_place(logits, labels, out):
    """Return the mean softmax cross-entropy loss, with its gradient in out.

    Parameters
    ----------
    logits : array_like of real numbers, shape (N, k)
        One row of scores for each example, where -inf masks a class. Not changed, unless
        out is the same array. float16 and integers are copied into wider floats first.
    labels : array_like of integers, shape (N,)
        The index of the true class of each example, counted from 0. Not changed.
    out : ndarray of floats, shape (N, k)
        In the dtype of the logits; for float16 and small integers float32, for others
        float64. Receives the derivative of the mean loss by each logit. It may be the logits
        themselves, which are then lost; it may not overlap them in any other way.

    Returns
    -------
    numpy.floating
        The mean of the N losses, in the dtype of out: inf if a label is a masked class,
        NaN if a row holds NaN or +inf, or nothing but -inf.

    Raises
    ------
    ValueError
        If shapes or dtypes do not fit, there is no row or no class, the logits are not
        real numbers, out overlaps the logits, or a label is not an integer in 0...k-1.
        Nothing is written then.

    Notes
    -----
    The operations of `loss_and_gradient`, in blocks of rows that stay in the cache from
    the first to the last. Derived on the page "From formula to code", equations (C4) to
    (C7). The page "Speed and memory" says why blocks are faster.
    """
    logits, labels = checked(logits, labels)
    N, k = logits.shape
    if not (isinstance(out, np.ndarray)
            and (out.shape, out.dtype) == (logits.shape, logits.dtype)):
        raise ValueError(f"need out: an array ({N}, {k}) of {logits.dtype}")
    if out is not logits and np.shares_memory(out, logits):
        raise ValueError("out overlaps the logits")

    rows, share = np.arange(N), 1 / logits.dtype.type(N)
    correct = logits[rows, labels]                   # before out is written
    tops, totals = np.empty((2, N, 1), logits.dtype)
    height = max(1, 2**18 // (k * logits.itemsize))  # rows in 256 KiB
    for start in range(0, N, height):
        block = slice(start, start + height)
        z, top, total, s = logits[block], tops[block], totals[block], out[block]
        z.max(axis=1, keepdims=True, out=top)
        np.subtract(z, top, out=s)                   # at most 0
        np.exp(s, out=s)                             # at most 1
        s.sum(axis=1, keepdims=True, out=total)      # at least 1
        np.multiply(s, share / total, out=s)         # softmax / N
    out[rows, labels] -= share                       # minus one-hot / N
    return (np.log(totals[:, 0]) - (correct - tops[:, 0])).mean()
# --8<-- [end:loss_and_gradient_in_place]
