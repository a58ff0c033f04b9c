"""A linear classifier: one layer of weights in front of the loss."""

from snippets.checks import as_floats
from snippets.loss_and_gradient import loss_and_gradient


# --8<-- [start:linear_loss_and_gradients]
def linear_loss_and_gradients(W, b, X, labels):
    """Return the mean loss of the logits X W + b, and its gradients dW, db.

    Parameters
    ----------
    W : array_like of real numbers, shape (D, k)
        The weights. Not changed.
    b : array_like of real numbers, shape (k,)
        The biases. Not changed.
    X : array_like of real numbers, shape (N, D)
        One example a row. Not changed.
    labels : array_like of integers, shape (N,)
        The index of the true class of each example, counted from 0.

    Returns
    -------
    loss : numpy.floating
        The mean of the N losses.
    dW : ndarray of floats, shape (D, k)
        The derivative of the loss by each weight.
    db : ndarray of floats, shape (k,)
        The derivative of the loss by each bias.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no row or no class, a number is not real, or a
        label is not an integer in 0...k-1.

    Notes
    -----
    Derived on the page "Gradients of the weights", equations (W3) and (W4).
    """
    W, b, X = as_floats(W), as_floats(b), as_floats(X)
    if X.shape[1:] + b.shape != W.shape:
        raise ValueError(f"need X (N, D), W (D, k) and b (k,), "
                         f"got {X.shape}, {W.shape} and {b.shape}")
    loss, dZ = loss_and_gradient(X @ W + b, labels)  # dZ: (N, k)
    dW = X.T @ dZ                                    # (D, N) @ (N, k) is (D, k)
    db = dZ.sum(axis=0)                              # (k,)
    return loss, dW, db
# --8<-- [end:linear_loss_and_gradients]
