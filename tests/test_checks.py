"""Every function of `snippets/` accepts every real dtype, memory layout and masked class, and refuses anything else."""

import contextlib
import inspect
import re
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snippets.checks import as_floats, as_labels, checked
from snippets.chunked import chunked_loss_and_gradients
from snippets.cross_entropy import cross_entropy
from snippets.distillation import distillation_loss_and_gradient, divergence_and_gradient
from snippets.focal import focal_loss_and_gradient
from snippets.gradient import gradient
from snippets.gradient_by_rows import numerical_gradient_by_rows
from snippets.gradient_check import complex_step_gradient, forward_gradient, numerical_gradient, relative_error
from snippets.in_place import loss_and_gradient_in_place
from snippets.jacobian import jacobian, vector_jacobian_product
from snippets.linear import linear_loss_and_gradients
from snippets.log_softmax import log_softmax, log_softmax_vector_jacobian_product, log_sum_exp
from snippets.loss_and_gradient import loss_and_gradient
from snippets.policy_gradient import policy_loss_and_gradient
from snippets.several_labels import sigmoid_loss_and_gradient
from snippets.soft_labels import one_hot, smooth_labels, soft_loss_and_gradient, weighted_targets
from snippets.softmax import softmax
from snippets.textbook import loss_and_gradient_batch, loss_and_gradient_loops, loss_and_gradient_vector
from tests.equation_anchors import call_of, import_of, text_of_test
from tests.fail_with_message import refuse
from tests.strategies import LAYOUTS
from tests.test_snippets import FUNCTIONS

# How a message of ours begins. Those of NumPy's own errors begin otherwise.
OWN_WORDS = "need "

# What each dtype is computed in.
FLOATS = (
    dict.fromkeys([np.bool_, np.int8, np.uint8, np.int16, np.uint16, np.float16, np.float32], np.float32)
    | dict.fromkeys([np.int32, np.uint32, np.int64, np.uint64, np.float64], np.float64)
    | {np.longdouble: np.longdouble}
)


def mixed(array):
    """Return nested lists in which whole numbers are ints and the others floats."""
    if array.ndim:
        return [mixed(row) for row in array]
    value = float(array)
    return int(value) if abs(value) <= 2**53 and value.is_integer() else value


FORMS = LAYOUTS | {"lists": lambda a: a.tolist(), "mixed lists": mixed}


def arrays(dtype, layout, shape, seed, masks, label_dtype):
    """Return random inputs of one dtype and layout, and under names in capitals their exact values.

    z are logits of any size, t and u logits up to 63; a and w are numbers from 0 to 63, p from 1 to 64. All logits are
    masked in the same places, but never at the labels y. In these places the targets q and b are 0;
    elsewhere q equals a, and b is 0 or 1.
    """
    rng = np.random.default_rng(seed)
    N, k = shape
    y = rng.integers(k, size=N).astype(label_dtype)
    a, w = rng.integers(64, size=(N, k)), rng.integers(64, size=(k, k))
    a[0, 0] = 1  # as weights, they are not all 0
    masked = np.zeros(shape, bool)
    if np.dtype(dtype).kind == "f":
        a, w = a / 16, w / 16
        largest = min(rng.choice([1, 1e4, 1e30]), np.finfo(dtype).max / 2)
        z = rng.uniform(-largest, largest, shape)
        masked = masks & (rng.random(shape) < 0.5)
        masked[np.arange(N), y] = False
    else:
        info = np.iinfo(np.uint8 if dtype is np.bool_ else dtype)
        z = rng.integers(max(info.min, -(2**53)), min(info.max, 2**53), shape, endpoint=True)
    case = SimpleNamespace(N=N, k=k, y=y, Y=np.eye(k)[y])
    logits = {name: np.where(masked, -np.inf, values) for name, values in {"z": z, "t": a, "u": a[::-1]}.items()}
    given = logits | {"q": np.where(masked, 0, a), "b": np.where(masked, 0, rng.integers(2, size=shape)), "a": a, "w": w, "p": a + 1}
    for name, array in given.items():
        array = array.astype(dtype)
        array.setflags(write=False)
        setattr(case, name, FORMS[layout](array))
        setattr(case, name.upper(), np.array(getattr(case, name), dtype=np.longdouble))
    return case


def probabilities(Z):
    exponentials = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def losses(Z, Y):
    shifted = Z - Z.max(axis=-1, keepdims=True)
    surprise = np.log(np.exp(shifted).sum(axis=-1, keepdims=True)) - shifted
    return (Y * np.where(Y == 0, 0, surprise)).sum(axis=-1)


def mean_and_gradient(Z, Y):
    return losses(Z, Y).mean(), (Y.sum(axis=1, keepdims=True) * probabilities(Z) - Y) / len(Z)


def divergence_and_gradient_of(Z, P):
    loss, gradient = mean_and_gradient(Z, P)
    return loss + (P * np.log(np.where(P > 0, P, 1))).sum(axis=1).mean(), gradient


def distillation_of(Z, teacher):
    loss, gradient = divergence_and_gradient_of(Z / 3, probabilities(teacher / 3))
    return 9 * loss, 3 * gradient


def sigmoids(X, Y):
    decay = np.exp(-np.abs(X))
    loss = np.where(Y > 0, np.maximum(-X, 0), np.maximum(X, 0)) + np.log1p(decay)
    return loss.mean(), (np.where(X < 0, decay, 1) / (1 + decay) - Y) / X.size


def focal_of(Z, Y):
    """Return loss and gradient for gamma = 1.5 as d(u^1.5 L) / dL times s - y, which is well behaved for 0 < L < inf."""
    L = np.clip(losses(Z, Y), np.finfo(np.longdouble).tiny, 1e4)
    u = -np.expm1(-L)
    slopes = u**1.5 + 1.5 * u**0.5 * np.exp(-L) * L
    return (u**1.5 * losses(Z, Y)).mean(), slopes[:, np.newaxis] * (probabilities(Z) - Y) / len(Z)


def column(a):
    return np.asarray(a).T[:1].ravel()


def in_place(z, y):
    out = np.empty(np.shape(z), FLOATS.get(np.asarray(z).dtype.type, float))
    return loss_and_gradient_in_place(z, y, out), out


def layer(X, W, b, Y):
    loss, dZ = mean_and_gradient(X @ W + b, Y)
    return loss, X.T @ dZ, dZ.sum(axis=0)


def step(x, power):
    return np.finfo(np.float32 if np.asarray(x).dtype == np.float32 else np.float64).eps ** power


def sines(x):
    return np.sin(x).sum()


# For each function: how it is called, what it has to return, and the absolute error that roundings of eps can cause
# in addition to the relative one. Without a third entry, that is the error of sums of k and N numbers up to 1.
CASES = {
    "softmax": (lambda c: softmax(c.z), lambda c: probabilities(c.Z)),
    "cross_entropy": (lambda c: cross_entropy(c.z[0], c.y[0]), lambda c: losses(c.Z[0], c.Y[0])),
    "gradient": (lambda c: gradient(c.z[0], c.y[0]), lambda c: probabilities(c.Z[0]) - c.Y[0]),
    "jacobian": (lambda c: jacobian(c.z[0]), lambda c: np.diag(s := probabilities(c.Z[0])) - np.outer(s, s)),
    "vector_jacobian_product": (
        lambda c: vector_jacobian_product(c.a[0], c.z[0]),
        lambda c: (s := probabilities(c.Z[0])) * (c.A[0] - c.A[0] @ s),
        lambda c, eps: 64 * c.k * eps,  # numbers up to 63
    ),
    "log_sum_exp": (lambda c: log_sum_exp(c.z), lambda c: (top := c.Z.max(axis=1)) + np.log(np.exp(c.Z - top[:, None]).sum(axis=1))),
    "log_softmax": (lambda c: log_softmax(c.z), lambda c: (shifted := c.Z - c.Z.max(axis=1, keepdims=True)) - np.log(np.exp(shifted).sum(axis=1, keepdims=True))),
    "log_softmax_vector_jacobian_product": (
        lambda c: log_softmax_vector_jacobian_product(c.a, c.z),
        lambda c: c.A - probabilities(c.Z) * c.A.sum(axis=1, keepdims=True),
        lambda c, eps: 64 * c.k * (c.k + 8) * eps,  # sums up to 63 k
    ),
    "sigmoid_loss_and_gradient": (lambda c: sigmoid_loss_and_gradient(c.z, c.b), lambda c: sigmoids(c.Z, c.B)),
    "divergence_and_gradient": (
        lambda c: divergence_and_gradient(c.z, c.q),
        lambda c: divergence_and_gradient_of(c.Z, c.Q),
        lambda c, eps: 5 * 64 * c.k * (c.k + 8) * eps,  # as for soft labels, and their logarithms up to 5
    ),
    "distillation_loss_and_gradient": (
        lambda c: distillation_loss_and_gradient(c.t, c.u, 3),
        lambda c: distillation_of(c.T, c.U),
        lambda c, eps: 9 * 21 * (c.k + 8) * eps,  # T² times roundings of logits up to 21
    ),
    "focal_loss_and_gradient": (lambda c: focal_loss_and_gradient(c.z, c.y, 1.5), lambda c: focal_of(c.Z, c.Y)),
    "policy_loss_and_gradient": (
        lambda c: policy_loss_and_gradient(c.z, c.y, column(c.a)),
        lambda c: mean_and_gradient(c.Z, c.A[:, :1] * c.Y),
        lambda c, eps: 64 * (c.k + 8) * eps,  # returns up to 63
    ),
    "loss_and_gradient": (lambda c: loss_and_gradient(c.z, c.y), lambda c: mean_and_gradient(c.Z, c.Y)),
    "loss_and_gradient_in_place": (lambda c: in_place(c.z, c.y), lambda c: mean_and_gradient(c.Z, c.Y)),
    # Logits up to 63 are rounded to 32 eps before exp, and math.exp takes no longdouble.
    "loss_and_gradient_loops": (lambda c: loss_and_gradient_loops(c.t[0], c.y[0]), lambda c: (losses(c.T[0], c.Y[0]), probabilities(c.T[0]) - c.Y[0])),
    "loss_and_gradient_vector": (lambda c: loss_and_gradient_vector(c.t[0], c.y[0]), lambda c: (losses(c.T[0], c.Y[0]), probabilities(c.T[0]) - c.Y[0])),
    "loss_and_gradient_batch": (lambda c: loss_and_gradient_batch(c.t, c.y), lambda c: mean_and_gradient(c.T, c.Y)),
    "soft_loss_and_gradient": (
        lambda c: soft_loss_and_gradient(c.z, c.q),
        lambda c: mean_and_gradient(c.Z, c.Q),
        lambda c, eps: 64 * c.k * (c.k + 8) * eps,  # rows of labels that sum up to 63 k
    ),
    "one_hot": (lambda c: one_hot(c.y, c.k), lambda c: c.Y),
    "smooth_labels": (lambda c: smooth_labels(c.y, c.k, 0.1), lambda c: 0.9 * c.Y + 0.1 / c.k),
    "weighted_targets": (
        lambda c: weighted_targets(c.y, c.k, column(c.a)),
        lambda c: c.N * (c.A[:, :1] / c.A[:, 0].sum()) * c.Y,
    ),
    "linear_loss_and_gradients": (
        lambda c: linear_loss_and_gradients(c.w, c.t[0], c.a, c.y[:1].repeat(c.N)),
        lambda c: layer(c.A, c.W, c.T[0], c.Y[:1].repeat(c.N, axis=0)),
        lambda c, eps: 64 * 64**2 * (c.k + 1) ** 2 * eps,  # logits of k products up to 63², and again times X
    ),
    "chunked_loss_and_gradients": (
        lambda c: chunked_loss_and_gradients(c.a, c.w, c.y, height=2, width=2),
        lambda c: (r := layer(c.A, c.W, 0, c.Y))[:1] + (mean_and_gradient(c.A @ c.W, c.Y)[1] @ c.W.T, r[1]),
        lambda c, eps: 64 * 64**2 * (c.k + 1) ** 2 * eps,
    ),
    # The formula's own error; points up to 63, and sums of 20 sines, are rounded and divided by the step.
    "numerical_gradient": (
        lambda c: numerical_gradient(sines, c.a, step(c.a, 1 / 3)),
        lambda c: np.cos(c.A),
        lambda c, eps: step(c.a, 2 / 3) + 128 * eps / step(c.a, 1 / 3),
    ),
    "forward_gradient": (
        lambda c: forward_gradient(sines, c.a, step(c.a, 1 / 2)),
        lambda c: np.cos(c.A),
        lambda c, eps: step(c.a, 1 / 2) + 128 * eps / step(c.a, 1 / 2),
    ),
    "complex_step_gradient": (lambda c: complex_step_gradient(sines, c.a), lambda c: np.cos(c.A)),
    "numerical_gradient_by_rows": (
        lambda c: numerical_gradient_by_rows(lambda z, y: losses(z, np.eye(c.k)[y]), c.t, c.y),
        lambda c: mean_and_gradient(c.T, c.Y)[1],
        lambda c, eps: 1e-10 + 128 * eps / 1e-5,
    ),
    "relative_error": (lambda c: relative_error(c.a, np.roll(c.a, 1, axis=0)), lambda c: np.abs(c.A - np.roll(c.A, 1, axis=0)) / c.A.max()),
}


for module in sorted({function.__module__.removeprefix("snippets.") for function in FUNCTIONS}):
    if re.search(r"^CASES = ", text_of_test(module), re.MULTILINE):  # of a snippet in its own test
        CASES |= import_module(f"tests.test_{module}").CASES


def compared_with_itself(function):
    """Return a case for logits, labels or targets, and numbers: in each dtype, what the function returns in longdouble.

    The function's own test says whether that is right.
    """
    logits, labels, *numbers = [*inspect.signature(function).parameters, ""]
    if logits == "logits" and labels in ("labels", "targets"):
        more = dict.fromkeys(filter(None, numbers), 0.5)
        return (
            lambda c: function(c.t, c.y if labels == "labels" else c.q, **more),
            lambda c: function(c.T, c.y if labels == "labels" else c.Q, **more),
            lambda c, eps: 64 * c.k * (c.k + 8) * eps,  # logits up to 63, as for soft labels
        )


HELPERS = "checked", "as_logits", "as_labels", "as_floats"
CASES |= {
    function.__name__: case for function in FUNCTIONS
    if function.__name__ not in (*CASES, *HELPERS) and (case := compared_with_itself(function))
}


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_no_function_is_left_out(function):
    name, test = function.__name__, function.__module__.replace("snippets.", "tests/test_") + ".py"
    if name not in (*CASES, *HELPERS):
        refuse(
            f"{test}: say how to call {name} with logits c.z, labels c.y, targets c.q or positive numbers c.p, each a batch of which c.z[0] is one row, "
            "and what it has to return for the same numbers in longdouble, c.Z and so on. CASES in tests/test_checks.py has examples:",
            import_of(function), "",
            f"CASES = {{{name!r}: (lambda c: {call_of(function, {'labels': 'c.y', 'targets': 'c.q'}, 'c.z')}, lambda c: ...)}}",
        )


def test_the_line_that_is_offered_for_a_function_runs_as_it_is(monkeypatch):
    module = {}
    monkeypatch.delitem(CASES, "softmax")
    with pytest.raises(pytest.fail.Exception) as told:
        test_no_function_is_left_out(softmax)
    exec(str(told.value).partition("\n")[2], module)
    call, _ = module["CASES"]["softmax"]
    assert call(two_rows()).shape == (2, 3)


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=settings().max_examples // 4)
@given(
    layout=st.sampled_from(list(FORMS)),
    shape=st.tuples(st.integers(1, 4), st.integers(1, 5)),
    seed=st.integers(0, 2**32),
    masks=st.booleans(),
    label_dtype=st.sampled_from([np.int8, np.uint8, np.int64, np.uint64]),
)
def test_is_right_for_every_real_dtype_and_changes_no_input(name, **drawn):
    call, reference, *allowed = CASES[name]
    for dtype in FLOATS:
        c = arrays(dtype, **drawn)
        results, expected = call(c), reference(c)
        if not isinstance(results, tuple):
            results, expected = (results,), (expected,)
        # The arrays say how exact a result is: NumPy 1 returns float64 for a float32 number times a Python float.
        eps = max(np.finfo(np.asarray(result).dtype).eps for result in results)
        for result, right in zip(results, expected, strict=True):
            result, right = np.atleast_1d(result), np.atleast_1d(right)
            promised = FLOATS[np.asarray(c.a).dtype.type]
            assert eps <= np.finfo(min(promised, np.float64, key=lambda t: -np.finfo(t).eps)).eps, f"{dtype.__name__} is computed in too low a precision"
            atol = allowed[0](c, eps) if allowed else (c.k + c.N + 8) * eps
            infinite = np.isinf(right)
            assert (result[infinite] == right[infinite]).all()
            error = np.abs(np.where(infinite, 0, result) - np.where(infinite, 0, right))
            bound = atol + (c.N + c.k + 8) * eps * np.where(infinite, 1, np.abs(right))
            assert (error <= bound).all(), f"{dtype.__name__} is off by {error.max() / eps:.3g} eps"
        again = arrays(dtype, **drawn)
        changed = [array for array in "ztuqbawpy" if not np.array_equal(getattr(c, array), getattr(again, array))]
        assert changed == [], f"{dtype.__name__}: the function has changed these inputs"


def two_rows(**replaced):
    return SimpleNamespace(**(vars(arrays(np.float64, "rows", (2, 3), 0, False, np.int64)) | replaced))


NO_NUMBERS = {
    "complex": np.ones((3, 3), complex),
    "text": [["1", "2", "3"]] * 3,
    "bytes": np.full((3, 3), b"1"),
    "objects": np.full((3, 3), None),
    "integers that no dtype holds": [[10**30, 1, 2]] * 3,
    "dates": np.full((3, 3), np.datetime64("2026-01-01")),
}
NO_LABELS = {
    "-1, which NumPy takes for the last": [-1, 0],
    "too large": [3, 0],
    "too large for an index": np.array([2**64 - 1, 0], np.uint64),
    "floats": [1.0, 0.0],
    "booleans, which NumPy takes for a mask": [True, False],
    "text": ["1", "0"],
    "objects": [None, 0],
}
TAKES_LABELS = [function.__name__ for function in FUNCTIONS if {"label", "labels", "actions"} & inspect.signature(function).parameters.keys()]


MODULE_OF = {function.__name__: function.__module__.removeprefix("snippets.") for function in FUNCTIONS}
CHECKS = (
    "It should begin with one of the checks, as in `logits, labels = checked(logits, labels)`, and its file with `from snippets.checks import checked`"
)


def refuse_unless_refused(name, what, said, **bad):
    """Fail, with the same message for all that is bad in this way, unless a snippet raises a ValueError that says this."""
    call, *_ = CASES[name]
    with contextlib.suppress(Exception):
        try:
            call(two_rows(**bad))
        except ValueError as error:
            if re.search(said, str(error)):
                return
    refuse(f"snippets/{MODULE_OF[name]}.py: {name} does not refuse {what} with a ValueError. {CHECKS}")


@pytest.mark.parametrize("bad", NO_NUMBERS.values(), ids=NO_NUMBERS)
@pytest.mark.parametrize("name", [name for name in CASES if name not in ("one_hot", "smooth_labels")])
def test_refuses_what_is_no_real_number(name, bad):
    refuse_unless_refused(name, "what is no real number", "need real numbers, got ", **dict.fromkeys("ztuqbawp", bad), y=np.array([0, 1, 2]))


@pytest.mark.parametrize("bad", NO_LABELS.values(), ids=NO_LABELS)
@pytest.mark.parametrize("name", [name for name in CASES if name in TAKES_LABELS])
def test_refuses_what_is_no_label(name, bad):
    refuse_unless_refused(name, "what is no label", r"need integer labels in 0\.\.\.2, got|need .* \(|need .* one label", y=np.asarray(bad))


@pytest.mark.parametrize("name", CASES)
def test_refuses_rows_without_a_class(name):
    call, *_ = CASES[name]
    nothing, result = np.empty((2, 0)), None
    with contextlib.suppress(Exception):
        try:
            result = call(two_rows(**dict.fromkeys("ztuqbawp", nothing), k=0))
        except ValueError as error:
            assert str(error).startswith(OWN_WORDS), f"{name} refuses rows without a class with the words of NumPy: {error}"
            return
    if result is None:
        refuse(f"snippets/{MODULE_OF[name]}.py: {name} does not refuse rows without a class with a ValueError. {CHECKS}")
    assert np.size(result) == 0  # such as the differences of no numbers


@pytest.mark.parametrize(
    "name",
    ["softmax", "loss_and_gradient", "loss_and_gradient_in_place", "loss_and_gradient_batch", "soft_loss_and_gradient", "one_hot", "log_softmax", "log_sum_exp",
     "sigmoid_loss_and_gradient", "divergence_and_gradient", "distillation_loss_and_gradient", "focal_loss_and_gradient", "policy_loss_and_gradient",
     "chunked_loss_and_gradients",
     "smooth_labels", "weighted_targets", "numerical_gradient", "numerical_gradient_by_rows", "relative_error"],
)
def test_refuses_an_empty_batch_or_returns_an_empty_result(name):
    call, *_ = CASES[name]
    try:
        result = call(two_rows(**dict.fromkeys("ztuqba", np.empty((0, 3))), y=np.empty(0, int)))
    except ValueError as error:
        assert str(error).startswith(OWN_WORDS), f"{name} refuses an empty batch with the words of NumPy: {error}"
        return
    assert np.size(result) == 0


def test_a_snippet_that_checks_nothing_is_told_how_to(monkeypatch):
    def unchecked(logits, labels):
        return np.asarray(logits, float)[np.arange(len(labels)), labels].sum()

    monkeypatch.setitem(CASES, "unchecked", compared_with_itself(unchecked))
    monkeypatch.setitem(MODULE_OF, "unchecked", "planted")
    for test, bad, what in [
        (test_refuses_what_is_no_real_number, NO_NUMBERS["text"], "what is no real number"),
        (test_refuses_what_is_no_label, [3, 0], "what is no label"),  # an IndexError
        (test_refuses_what_is_no_label, [-1, 0], "what is no label"),  # the last
    ]:
        with pytest.raises(pytest.fail.Exception, match=rf"snippets/planted\.py: unchecked does not refuse {what} with .*`logits, labels = checked"):
            test("unchecked", bad)
    with pytest.raises(pytest.fail.Exception, match="unchecked does not refuse rows without a class"):
        test_refuses_rows_without_a_class("unchecked")


@pytest.mark.parametrize(
    "logits, labels, said",
    [
        ([1.0, 2.0], [0], r"need logits \(N, k\) and labels \(N,\), not empty, got \(2,\) and \(1,\)"),
        (1.0, 0, r"got \(\) and \(\)"),
        ([[1.0, 2.0]], 0, r"got \(1, 2\) and \(\)"),
        ([[1.0, 2.0]], [0, 1], r"got \(1, 2\) and \(2,\)"),
        ([[1.0, 2.0]], [[0, 1]], r"got \(1, 2\) and \(1, 2\)"),
        (np.empty((0, 3)), np.empty(0, int), r"not empty, got \(0, 3\) and \(0,\)"),
        ([[1.0, 2.0]], [2], r"need integer labels in 0\.\.\.1, got \[2\]"),
        ([["1", "2"]], [0], "need real numbers, got <U1"),
    ],
)
def test_the_error_says_which_logits_and_labels_are_needed(logits, labels, said):
    with pytest.raises(ValueError, match=said):
        checked(logits, labels)


def test_the_error_says_what_is_needed_for_one_example():
    with pytest.raises(ValueError, match=r"need logits \(k,\) and one label, not empty, got \(1, 2\) and \(1,\)"):
        checked([[1.0, 2.0]], [0], ndim=1)


def test_arrays_of_the_right_dtype_are_not_copied():
    logits, labels = np.ones((2, 3)), np.array([255, 0], np.uint8)
    assert as_floats(logits) is logits and as_labels(labels, 300) is labels


@pytest.mark.parametrize("name", ["loss_and_gradient", "loss_and_gradient_in_place", "soft_loss_and_gradient", "focal_loss_and_gradient"])
def test_a_masked_label_has_an_infinite_loss_and_a_finite_gradient(name):
    call, *_ = CASES[name]
    logits = np.array([[-np.inf, 1.0, 2.0]])
    loss, gradient = call(two_rows(z=logits, y=np.array([0]), q=np.array([[1.0, 0.0, 0.0]])))
    assert loss == np.inf
    np.testing.assert_allclose(gradient, [[-1, *probabilities(logits[0])[1:]]], rtol=4e-16)


@pytest.mark.parametrize("row", [[np.nan, 1.0, 2.0], [np.inf, 1.0, 2.0], [-np.inf] * 3], ids=str)
@pytest.mark.parametrize("name", ["softmax", "log_softmax", "focal_loss_and_gradient", "cross_entropy", "gradient", "jacobian", "loss_and_gradient", "loss_and_gradient_in_place", "soft_loss_and_gradient"])
@pytest.mark.filterwarnings("ignore:invalid value encountered in subtract")
def test_a_row_without_a_softmax_gives_nan(name, row):
    call, *_ = CASES[name]
    results = call(two_rows(z=np.array([row, [1.0, 2.0, 3.0]]), y=np.array([0, 1]), q=np.eye(3)[:2]))
    for result in results if isinstance(results, tuple) else (results,):
        first = result if np.ndim(result) == 0 else result[0]
        assert np.isnan(first).all()
