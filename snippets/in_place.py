"""The mean loss of a batch and its gradient, for arrays too large to pass over twice."""

import numpy as np


# --8<-- [start:loss_and_gradient_in_place]
def loss_and_gradient_in_place(logits, labels, out):
    """Return the mean softmax cross-entropy loss, with its gradient in out.

    Parameters
    ----------
    logits : array_like of floats, shape (N, k)
        One row of scores for each example. Not changed, unless out is the same array.
    labels : array_like of integers, shape (N,)
        The index of the correct class of each example, counted from 0. Not changed.
    out : ndarray, shape and dtype of the logits
        Receives the derivative of the mean loss by each logit. It may be the logits
        themselves, which are then lost; it may not overlap them in any other way.

    Returns
    -------
    numpy.floating
        The mean of the N losses, in the dtype of the logits.

    Raises
    ------
    ValueError
        If shapes or dtypes do not fit, there is no row or no class, out overlaps the
        logits, or a label is not an integer in 0...k-1. Nothing is written then.

    Notes
    -----
    The operations of `loss_and_gradient`, in blocks of rows that stay in the cache from
    the first to the last. Derived on the page "From formula to code", equations (C4) to
    (C7). The page "Large arrays" says why blocks are faster.
    """
    logits, labels = np.asarray(logits), np.asarray(labels)
    if logits.ndim != 2 or logits.size == 0 or labels.shape != logits.shape[:1]:
        raise ValueError(f"need logits (N, k) and labels (N,), "
                         f"got {logits.shape} and {labels.shape}")
    if not (logits.dtype.kind == "f" and isinstance(out, np.ndarray)
            and (out.shape, out.dtype) == (logits.shape, logits.dtype)):
        raise ValueError("need floats, and out of the logits' shape and dtype")
    if out is not logits and np.shares_memory(out, logits):
        raise ValueError("out overlaps the logits")
    N, k = logits.shape
    integers = np.issubdtype(labels.dtype, np.integer)
    if not integers or (labels < 0).any() or (labels >= k).any():
        raise ValueError(f"need integer labels in 0...{k - 1}, got {labels}")

    rows = np.arange(N)
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
        np.multiply(s, 1 / N / total, out=s)         # softmax / N
    out[rows, labels] -= 1 / N                       # minus one-hot / N
    return (np.log(totals[:, 0]) - (correct - tops[:, 0])).mean()
# --8<-- [end:loss_and_gradient_in_place]
