"""Gradients computed from values of the function alone, to compare with."""

import numpy as np

from snippets.checks import as_floats


# --8<-- [start:numerical_gradient]
def numerical_gradient(function, x, step=1e-5):
    """Return the gradient of function at x by central differences.

    Parameters
    ----------
    function : callable
        Takes an array of the shape of x and returns one number. It must not change
        the array.
    x : array_like of real numbers, any shape
        The point. Not changed. float32 stays float32 and needs a larger step; integers
        and float16 become float64.
    step : float
        The distance h on each side of an entry.

    Returns
    -------
    ndarray of floats, the shape of x
        (f(x + h) - f(x - h)) / 2h, one entry of x at a time.

    Raises
    ------
    ValueError
        If x is not of real numbers.

    Notes
    -----
    Explained on the page "Gradient check", equation (G1).

    The formula is off by O(h²) and rounding adds O(eps / h), so that the best step is
    about eps^(1/3) [1]_: 6e-6 in float64, 5e-3 in float32.

    References
    ----------
    .. [1] W. H. Press et al., "Numerical Recipes", 3rd edition, 2007, section 5.7.
    """
    least = np.float32 if np.asarray(x).dtype == np.float32 else np.float64
    x = as_floats(x)
    x = x.astype(np.promote_types(x.dtype, least))  # a copy
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        entry = x[index]
        x[index] = entry + step
        above = function(x)
        x[index] = entry - step
        below = function(x)
        x[index] = entry
        gradient[index] = (above - below) / (2 * step)
    return gradient
# --8<-- [end:numerical_gradient]


# --8<-- [start:forward_gradient]
def forward_gradient(function, x, step=1e-8):
    """Return the gradient of function at x by forward differences.

    Half the work of `numerical_gradient`, and much less exact: here to be compared.

    Parameters
    ----------
    function : callable
        Takes an array of the shape of x and returns one number. It must not change
        the array.
    x : array_like of real numbers, any shape
        The point. Not changed. float32 stays float32 and needs a larger step; integers
        and float16 become float64.
    step : float
        The distance h.

    Returns
    -------
    ndarray of floats, the shape of x
        (f(x + h) - f(x)) / h, one entry of x at a time.

    Raises
    ------
    ValueError
        If x is not of real numbers.

    Notes
    -----
    Explained on the page "Gradient check", equation (G2).

    The formula is off by O(h) and rounding adds O(eps / h), so that the best step is
    about eps^(1/2) [1]_: 1e-8 in float64, 3e-4 in float32.

    References
    ----------
    .. [1] W. H. Press et al., "Numerical Recipes", 3rd edition, 2007, section 5.7.
    """
    least = np.float32 if np.asarray(x).dtype == np.float32 else np.float64
    x = as_floats(x)
    x = x.astype(np.promote_types(x.dtype, least))  # a copy
    gradient = np.empty_like(x)
    start = function(x)
    for index in np.ndindex(x.shape):
        entry = x[index]
        x[index] = entry + step
        gradient[index] = (function(x) - start) / step
        x[index] = entry
    return gradient
# --8<-- [end:forward_gradient]


# --8<-- [start:complex_step_gradient]
def complex_step_gradient(function, x, step=1e-30):
    """Return the gradient of function at x by complex steps.

    Parameters
    ----------
    function : callable
        Takes a complex array of the shape of x and returns one complex number. It may
        use only analytic operations: no abs, and max only of the real part.
    x : array_like of real numbers, any shape
        The point. Not changed.
    step : float
        The distance h along the imaginary axis. Nothing is subtracted, so that it can
        be as small as a float can be.

    Returns
    -------
    ndarray of float64, the shape of x
        Im f(x + ih) / h, one entry of x at a time.

    Raises
    ------
    ValueError
        If x is not of real numbers.

    Notes
    -----
    Used on the page "nan, inf and precision". The formula is off by O(h²), and
    rounding adds nothing [1]_.

    References
    ----------
    .. [1] W. Squire and G. Trapp, "Using complex variables to estimate derivatives of
       real functions", SIAM Review 40(1), 1998, doi:10.1137/S003614459631241X.
    """
    x = as_floats(x).astype(complex)
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += 1j * step
        gradient[index] = function(x).imag / step
        x[index] = x[index].real
    return gradient
# --8<-- [end:complex_step_gradient]


# --8<-- [start:relative_error]
def relative_error(gradient, reference):
    """Return the error of each entry as a share of the largest entry.

    Parameters
    ----------
    gradient, reference : array_like of real numbers, the same shape

    Returns
    -------
    ndarray of floats, that shape
        |gradient - reference| / max |reference|. Differences are rounded by the same
        amount everywhere, so that a small entry has few right digits, or none. NaN
        where the gradient is NaN, which no comparison with a limit passes. If the
        reference is 0, nothing is divided.

    Raises
    ------
    ValueError
        If the shapes differ, as NumPy would stretch one to the other; if there is no
        entry, or one is not a real number.

    Notes
    -----
    Used on the page "Gradient check". Called normwise, in contrast to componentwise
    [1]_, which divides each entry by its own size.

    References
    ----------
    .. [1] N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2nd edition,
       2002, section 1.2.
    """
    gradient, reference = as_floats(gradient), as_floats(reference)
    if gradient.shape != reference.shape or reference.size == 0:
        raise ValueError(f"need two arrays of one shape, not empty, "
                         f"got {gradient.shape} and {reference.shape}")
    largest = np.abs(reference).max()
    return np.abs(gradient - reference) / (largest if largest > 0 else 1)
# --8<-- [end:relative_error]
