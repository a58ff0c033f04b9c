"""A layer with a large vocabulary behind it, and the loss, without ever holding all logits."""

import numpy as np

from snippets.checks import as_floats, as_labels
from snippets.log_softmax import log_sum_exp


# --8<-- [start:chunked_loss_and_gradients]
def chunked_loss_and_gradients(H, W, labels, height=1024, width=4096):
    """Return the mean loss of the logits H W, and its gradients dH, dW.

    Parameters
    ----------
    H : array_like of real numbers, shape (N, D)
        One hidden state a row, one row a token. Not changed.
    W : array_like of real numbers, shape (D, k)
        The last layer: a column for each of the k words. Not changed.
    labels : array_like of integers, shape (N,)
        The index of the correct word of each token, counted from 0. Not changed.
    height, width : int
        How many rows and how many words are computed at a time. No array is larger than
        the result or (height, width).

    Returns
    -------
    loss : numpy.floating
        The mean of the N losses.
    dH : ndarray of floats, shape (N, D)
        The derivative of the loss with respect to each hidden state.
    dW : ndarray of floats, shape (D, k)
        The derivative of the loss with respect to each weight.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no row, no column or no word, the numbers are
        not real, a label is not an integer in 0...k-1, or height or width is below 1.

    Notes
    -----
    The page "Sequences, padding, language models", equations (M3) and (M4), a block of logits
    at a time. The log-sum-exp of a row is added up over blocks of words (as [1]_ does for the softmax),
    and each block is computed again for the gradient, as in [2]_: four products of
    matrices instead of three, for memory that does not grow with N k. The loss is a
    difference of two numbers as large as the logits, and is rounded accordingly. NaN or
    infinite numbers are not meant.

    References
    ----------
    .. [1] M. Milakov and N. Gimelshein, "Online normalizer calculation for softmax",
       2018, arXiv:1805.02867.
    .. [2] E. Wijmans et al., "Cut Your Losses in Large-Vocabulary Language Models",
       ICLR 2025, arXiv:2411.09009.
    """
    H, W, labels = as_floats(H), as_floats(W), np.asarray(labels)
    if (H.ndim != 2 or W.ndim != 2 or H.shape[1] != len(W) or H.size == 0
            or labels.shape != H.shape[:1] or min(height, width) < 1):
        raise ValueError(f"need H (N, D), W (D, k), labels (N,), not empty, "
                         f"got {H.shape}, {W.shape}, {labels.shape}")
    N, k = len(H), W.shape[1]
    labels, dtype = as_labels(labels, k).astype(int), np.result_type(H, W)
    loss, dH, dW = 0, np.zeros(H.shape, dtype), np.zeros(W.shape, dtype)
    blocks = [slice(left, left + width) for left in range(0, k, width)]
    for top in range(0, N, height):
        rows = slice(top, top + height)
        h, c = H[rows], labels[rows]
        totals = -np.inf                            # log-sum-exp of each row
        for words in blocks:
            totals = np.logaddexp(totals, log_sum_exp(h @ W[:, words]))
        loss += (totals - (h * W[:, c].T).sum(axis=1)).sum()

        for words in blocks:
            s = np.exp(h @ W[:, words] - totals[:, None])     # softmax
            here = np.flatnonzero((words.start <= c) & (c < words.stop))
            s[here, c[here] - words.start] -= 1               # minus one-hot
            dH[rows] += s @ W[:, words].T / N
            dW[:, words] += h.T @ s / N
    return loss / N, dH, dW
# --8<-- [end:chunked_loss_and_gradients]
