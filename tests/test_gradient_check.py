import numpy as np
import pytest

from snippets.gradient_check import complex_step_gradient, forward_gradient, numerical_gradient, relative_error
from snippets.loss_and_gradient import loss_and_gradient
from tests.definitions import losses

LOGITS = np.random.default_rng(1).normal(size=(4, 5))
LABELS = np.array([4, 0, 2, 2])


def loss_only(logits):
    return loss_and_gradient(logits, LABELS)[0]


def test_central_differences_of_a_cubic_are_off_by_the_square_of_the_step():
    # (x + h)³ - (x - h)³ = 6 x² h + 2 h³: the quotient is 3 x² + h². Powers of two add exactly.
    assert numerical_gradient(lambda x: (x**3).sum(), [1.0, 2.0], step=0.25).tolist() == [3.0625, 12.0625]


def test_forward_differences_of_a_square_are_off_by_the_step():
    assert forward_gradient(lambda x: (x**2).sum(), [1.0, 2.0], step=0.25).tolist() == [2.25, 4.25]


@pytest.mark.parametrize(
    "method, dtype, step, bound",
    [
        # The formula's h² / 6 or h / 2 times a third or second derivative below 1/4, and eps / h
        # times a loss below 4.
        (numerical_gradient, np.float64, 1e-5, 1e-10),
        (forward_gradient, np.float64, 1e-8, 1e-7),
        (numerical_gradient, np.float32, 1e-2, 5e-5),
    ],
)
def test_error_at_the_best_step(method, dtype, step, bound):
    logits = LOGITS.astype(dtype)
    exact = loss_and_gradient(logits.astype(float), LABELS)[1]
    numeric = method(loss_only, logits, step)
    assert numeric.dtype == dtype
    np.testing.assert_allclose(numeric, exact, rtol=0, atol=bound)


@pytest.mark.parametrize("method", [numerical_gradient, forward_gradient])
def test_leaves_the_point_alone_and_takes_any_shape(method):
    for point in [np.array(2.0), np.arange(3.0), np.ones((2, 1, 2))]:
        before = point.copy()
        assert method(np.sum, point).shape == point.shape
        np.testing.assert_array_equal(point, before)


LIMIT = 1e-6  # the one on the page "Gradient check"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda g: -g, id="sign"),
        pytest.param(lambda g: g * len(LABELS), id="mean forgotten"),
        pytest.param(lambda g: g + np.eye(*g.shape) * 1e-5, id="a few entries off by 1e-5"),
        pytest.param(lambda g: g[:, ::-1], id="classes reversed"),
        pytest.param(lambda g: np.zeros_like(g), id="zero"),
    ],
)
def test_a_wrong_gradient_is_noticed(wrong):
    right = loss_and_gradient(LOGITS, LABELS)[1]
    numeric = numerical_gradient(loss_only, LOGITS)
    assert relative_error(right, numeric).max() <= LIMIT
    assert relative_error(wrong(right), numeric).max() > LIMIT


@pytest.mark.parametrize("scale", [0.1, 1, 3, 10, 30])
@pytest.mark.parametrize("shape", [(4, 5), (32, 10), (64, 30)])
def test_no_right_gradient_is_called_wrong(shape, scale):
    random = np.random.default_rng(0)
    logits, labels = scale * random.normal(size=shape), random.integers(shape[1], size=shape[0])
    numeric = numerical_gradient(lambda x: loss_and_gradient(x, labels)[0], logits)
    right = loss_and_gradient(logits, labels)[1]
    # A loss is rounded by a few eps of its size, and divided by 2h; some entry is near 1 / N.
    loss = max(1, loss_and_gradient(logits, labels)[0])
    assert relative_error(right, numeric).max() <= 10 * np.finfo(float).eps * loss / 1e-5 * shape[0] <= LIMIT


def test_relative_errors_are_shares_of_the_largest_entry_of_the_reference():
    assert relative_error([1.0, 0.0, -2.0, 0.0], [2.0, 0.0, 2.0, 4.0]).tolist() == [0.25, 0.0, 1.0, 1.0]
    assert relative_error([0.0, 3.0], [0.0, 0.0]).tolist() == [0.0, 3.0]
    assert np.isnan(relative_error([np.nan, 1.0], [1.0, 1.0])).tolist() == [True, False]
    with pytest.raises(ValueError, match=r"need two arrays of one shape, not empty, got \(2,\) and \(1, 2\)"):
        relative_error([1.0, 2.0], [[1.0, 2.0]])


def test_complex_steps_are_exact_to_rounding():
    point = LOGITS.copy()
    exact = loss_and_gradient(LOGITS, LABELS)[1]
    np.testing.assert_allclose(complex_step_gradient(lambda z: losses(z, LABELS).mean(), point), exact, rtol=0, atol=1e-16)
    np.testing.assert_array_equal(point, LOGITS)
    assert complex_step_gradient(lambda x: x**2, 3) == 6
