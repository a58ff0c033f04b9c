"""Learning from another model's probabilities: Kullback-Leibler divergence, with a temperature."""

import numpy as np

from snippets.checks import as_floats
from snippets.soft_labels import soft_loss_and_gradient
from snippets.softmax import softmax


# --8<-- [start:divergence_and_gradient]
def divergence_and_gradient(logits, targets):
    """Return the mean divergence KL(y || s), and its (N, k) gradient.

    Parameters
    ----------
    logits : array_like of real numbers, shape (N, k)
        One row of scores for each example, where -inf masks a class. Not changed.
    targets : array_like of real numbers, shape (N, k)
        One row of label probabilities y for each example. Not changed.

    Returns
    -------
    divergence : numpy.floating
        The mean over the rows of sum_i y_i log(y_i / s_i), 0 where y = s, up to
        rounding. The mean over rows is what PyTorch calls `batchmean`.
    gradient : ndarray of floats, shape (N, k)
        (S - Y) / N, where the rows of Y sum to 1.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no row or no class, or the entries are not
        real numbers.

    Notes
    -----
    KL(y || s) is the cross-entropy minus the entropy of y, which no logit changes. So the
    gradient is that of the cross-entropy: the page "KL, focal and other losses", equation (B3).
    """
    loss, gradient = soft_loss_and_gradient(logits, targets)
    targets = as_floats(targets)
    terms = targets * np.log(np.where(targets > 0, targets, 1))  # 0 log 0 = 0
    return loss + terms.sum(axis=1).mean(), gradient
# --8<-- [end:divergence_and_gradient]


# --8<-- [start:distillation_loss_and_gradient]
def distillation_loss_and_gradient(logits, teacher_logits, temperature):
    """Return T² KL(q || p) of teacher q and student p, and its gradient.

    Parameters
    ----------
    logits : array_like of real numbers, shape (N, k)
        The student's scores z. Not changed.
    teacher_logits : array_like of real numbers, shape (N, k)
        The teacher's scores, which are constants. Not changed.
    temperature : float
        T > 0 divides the logits of both before the softmax.

    Returns
    -------
    loss : numpy.floating
        The mean over the rows, times T².
    gradient : ndarray of floats, shape (N, k)
        T (P - Q) / N, where P are the student's probabilities at temperature T, and Q
        the teacher's.

    Raises
    ------
    ValueError
        If the shapes do not fit, there is no row or no class, the entries are not real
        numbers, or the temperature is not above 0.

    Notes
    -----
    The chain rule divides the gradient by T, and at a high T the difference P - Q also
    shrinks like 1 / T. The factor T² keeps the size of the gradient [1]_. Derived on the
    page "KL, focal and other losses", equation (B4).

    References
    ----------
    .. [1] G. Hinton, O. Vinyals and J. Dean, "Distilling the Knowledge in a Neural
       Network", 2015, section 2, arXiv:1503.02531.
    """
    T = temperature
    if not T > 0:
        raise ValueError(f"need a temperature above 0, got {T}")
    Q = softmax(as_floats(teacher_logits) / T)                      # (N, k)
    loss, gradient = divergence_and_gradient(as_floats(logits) / T, Q)
    return T**2 * loss, T * gradient
# --8<-- [end:distillation_loss_and_gradient]
