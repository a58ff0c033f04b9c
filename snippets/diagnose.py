"""Say what is wrong with a gradient of the softmax cross-entropy loss.

    python diagnose.py homework.py            a verdict in words; exit code 0, 1 or 2
    python diagnose.py homework.py --json     the same for programs
    python diagnose.py --help                 other names, other signatures

homework.py defines loss_and_gradient(logits, labels): logits (N, k) float64, labels (N,)
integers from 0, returning the mean loss and its (N, k) gradient. From a test or a notebook:

    from diagnose import diagnose
    diagnose(loss_and_gradient)

The program is judged by what it returns, never by its text. A mistake is named only when
what it would return is, to rounding, what the program did return: for several seeds,
shapes and scales. Whatever fits no mistake gets facts that narrow the search.

This file needs NumPy and nothing else. It stands alone: copy it where you like.
"""

import itertools
import json
import os
import random
import sys
import types
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Callable

import numpy as np

# Largest error of the gradient, relative to its largest entry. A right program in float64
# is off by about 1e-15, one that differentiates log(s + 1e-12) by 1e-9. In float32 the
# logits alone, up to about 10 here, bring errors of 10 times 6e-8.
TOLERANCE = {"float64": 1e-7, "float32": 5e-6}
# Of the loss, relative to the loss or to 1: a constant of 1e-7 inside the logarithm passes.
LOSS_TOLERANCE = 1e-5
# Where logits are huge: finite and roughly right. float32 resolves 1000 to 6e-5.
ROUGHLY = 1e-3


# ---------------------------------------------------------------------------------------
# What is right


def softmax(z, axis=1):
    exponentials = np.exp(z - z.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


@dataclass(frozen=True)
class Batch:
    """Logits z, labels y, and what follows from them.

    A mistake may put other probabilities P or other targets Y in their place, and other
    weights W of -log P in the loss.
    """

    z: np.ndarray
    y: np.ndarray
    P: np.ndarray
    Y: np.ndarray
    W: np.ndarray

    @classmethod
    def of(cls, z, y):
        Y = np.eye(z.shape[1])[y]
        return cls(z, y, softmax(z), Y, Y)

    @property
    def N(self):
        return self.z.shape[0]

    @property
    def k(self):
        return self.z.shape[1]

    @cached_property
    def losses(self):
        """The right loss of each row, by log-sum-exp: finite for every logit."""
        shifted = self.z - self.z.max(axis=1, keepdims=True)
        return np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(self.N), self.y]

    def __str__(self):
        return f"logits {self.z.shape}"


def batches():
    """Return the inputs of moderate size: no probability is uniform, each shape differs."""
    shapes = [  # N, k, scale, labels
        (5, 4, 1, [2, 0, 3, 2, 1]),
        (3, 6, 3, [5, 0, 2]),
        (4, 4, 1, [1, 3, 0, 2]),
        (7, 2, 1.5, [0, 1, 1, 0, 0, 1, 0]),
        (1, 5, 1, [3]),
        (4, 3, 0.01, [0, 1, 1, 2]),
        (16, 10, 2, [3, 9, 0, 0, 5, 7, 7, 7, 1, 2, 8, 4, 6, 9, 3, 5]),
    ]
    for seed, (N, k, scale, labels) in enumerate(shapes):
        draw = random.Random(seed)  # an import of numpy.random would cost as much as the rest
        z = np.array([[scale * draw.gauss(0, 1) for _ in range(k)] for _ in range(N)])
        yield Batch.of(z, np.array(labels))
    ties = [[1.0, 1.0, 0.0, -1.0], [2.0, 0.0, 2.0, 2.0], [0.0, 0.0, 0.0, 1.0]]
    yield Batch.of(np.array(ties), np.array([1, 0, 3]))


# ---------------------------------------------------------------------------------------
# What is known to go wrong


@dataclass(frozen=True)
class Mistake:
    """A known mistake.

    Attributes
    ----------
    name : str
    hint : str
        A question whose answer leads to the fix.
    fix : str
    evidence : callable, optional
        Takes the batch as the mistake sees it, the gradient and the loss returned, and
        the right ones; returns one line of numbers.
    variants : tuple of dict
        What the mistake replaces: the probabilities "P", the targets "Y", the weights of
        the loss "W", the formula of the gradient "form", the "sign". Two mistakes can be
        told apart when they replace different things.
    """

    name: str
    hint: str
    fix: str
    evidence: Callable = None
    variants: tuple = ()

    @property
    def page(self):
        return "mistakes/#" + "-".join(self.name.replace(",", "").lower().split())


def difference(b):
    return b.P - b.Y


def derivative_of_softmax_twice(b):
    """Through the second softmax, then through the first: rows times the Jacobian."""
    s, outer = softmax(b.z), b.P - b.Y
    return s * (outer - (s * outer).sum(axis=1, keepdims=True))


def derivative_over_axis_0(b):
    """A logit moves the probabilities of all examples in its column."""
    return b.P * b.Y.sum(axis=0) - b.Y


def derivative_over_everything(b):
    return b.P * b.N - b.Y


def over_everything(b):
    return softmax(b.z.reshape(1, -1)).reshape(b.z.shape)


def labels_less_1(b):
    return np.roll(b.Y, -1, axis=1)  # NumPy takes -1 for the last class


def labels_less_1_or_none(b):
    return labels_less_1(b) * (b.y > 0)[:, np.newaxis]


def classes_0_and_1(b):
    """A one-hot row used as indices is 0 everywhere, and 1 once."""
    return np.eye(b.k)[[0, 1]].sum(axis=0) * np.ones((b.N, 1))


def counts_of_0_and_1(b):
    return ((b.k - 1) * np.eye(b.k)[0] + np.eye(b.k)[1]) * np.ones((b.N, 1))


def numbers(values):
    return "[" + " ".join(f"{value:.4g}" for value in np.ravel(values)) + "]"


def show_row_sums(b, seen, right):
    return f"the rows of your gradient sum to {seen.gradient[0].sum():.4g}; they must sum to 0"


def show_sign(b, seen, right):
    n, c = 0, b.y[0]
    return (f"at the correct class of row 0 your gradient is {seen.gradient[n, c]:+.4g};"
            f" there it must be negative, and positive elsewhere")  # fmt: skip


def show_axis(b, seen, right):
    columns, rows = b.P.sum(axis=0), b.P.sum(axis=1)
    return (f"the probabilities behind it sum to {numbers(rows)} in the rows, which must be 1,"
            f" and to {numbers(columns)} in the columns")  # fmt: skip


def show_twice(b, seen, right):
    return (f"the probabilities behind it are {numbers(b.P[0])} in row 0: the softmax of"
            f" {numbers(softmax(b.z)[0])}, which is the softmax already")  # fmt: skip


def show_true_class(b, seen, right):
    c = b.y[0]
    return (f"only the correct class is not 0; in row 0 it is {seen.gradient[0, c]:.4g},"
            f" with s_c = {softmax(b.z)[0, c]:.4g} and N = {b.N}")  # fmt: skip


def show_targets(b, seen, right):
    return (f"in row 0 the label is {b.y[0]}, and 1 is subtracted at"
            f" {np.flatnonzero(b.Y[0]).tolist() or 'no class'}")  # fmt: skip


def show_scale(b, seen, right):
    n, c = np.unravel_index(np.abs(right.gradient).argmax(), right.gradient.shape)
    ratio = abs(seen.gradient[n, c] / right.gradient[n, c])
    return f"every entry has {ratio:.4g} times the size that it must have; N = {b.N}, k = {b.k}"


def show_both_scales(b, seen, right):
    ratios = [abs(seen.loss / right.loss), np.abs(seen.gradient).max() / np.abs(right.gradient).max()]
    return (f"your loss is {ratios[0]:.4g} times and your gradient {ratios[1]:.4g} times the"
            f" right one; N = {b.N}, k = {b.k}")  # fmt: skip


MISTAKES = [
    Mistake(
        "forgot to subtract the one-hot",
        "Is s all there is, or does the formula have a second term?",
        "subtract 1 at the correct class of each row: p[np.arange(N), labels] -= 1",
        show_row_sums,
        ({"form": lambda b: b.P},),
    ),
    Mistake(
        "wrong sign",
        "Does the loss fall or rise when the logit of the correct class grows?",
        "the gradient is s - y, not y - s; the loss is -log s_c",
        show_sign,
        ({"sign": -1},),
    ),
    Mistake(
        "only the derivative of the loss by s",
        "The loss depends on z through s. Which factor of the chain rule is missing?",
        "multiply -1/s_c by the row of the Jacobian: the product is s - y",
        show_true_class,
        ({"form": lambda b: -b.Y / b.P},),
    ),
    Mistake(
        "diagonal of the Jacobian taken for the answer",
        "Does s_c change when the logit of another class changes?",
        "the other classes count as well: together with -1/s_c the whole row is s - y",
        show_true_class,
        ({"form": lambda b: -b.Y * b.P * (1 - b.P)}, {"form": lambda b: -b.Y * (1 - b.P)}),
    ),
    Mistake(
        "softmax over the wrong axis",
        "Which numbers must sum to 1: those of one example, or those of one class?",
        "sum, and take the maximum, with axis=1, keepdims=True",
        show_axis,
        (
            {"P": lambda b: softmax(b.z, axis=0)},
            {"P": lambda b: softmax(b.z, axis=0), "form": derivative_over_axis_0},
            {"P": over_everything},
            {"P": over_everything, "form": derivative_over_everything},
        ),
    ),
    Mistake(
        "softmax applied twice",
        "What goes into your softmax: logits, or probabilities already?",
        "apply the softmax once; cross-entropy functions of libraries apply it themselves",
        show_twice,
        ({"P": lambda b: softmax(b.P)}, {"P": lambda b: softmax(b.P), "form": derivative_of_softmax_twice}),
    ),
    Mistake(
        "labels from 1",
        "Is the first class 0 or 1 in the labels, and in your index?",
        "labels count from 0: use them as they are, without - 1",
        show_targets,
        ({"Y": labels_less_1, "W": labels_less_1}, {"Y": labels_less_1_or_none, "W": labels_less_1_or_none}),
    ),
    Mistake(
        "one-hot where indices are expected, or the reverse",
        "Are the labels N class numbers, or an (N, k) matrix of 0 and 1?",
        "index with class numbers, p[np.arange(N), labels]; multiply with a one-hot matrix",
        show_targets,
        (
            {"Y": classes_0_and_1, "W": counts_of_0_and_1},
            {"Y": classes_0_and_1, "W": lambda b: counts_of_0_and_1(b) / b.k},
        ),
    ),
    Mistake(
        "forgot the batch mean",
        "The loss is a mean over N. What does that 1/N do to its derivative?",
        "divide the gradient by N (or, if the loss is meant to be a sum, run this with --sum)",
        show_scale,
    ),
    Mistake(
        "averaged twice",
        "How often is something divided by N on the way to the gradient?",
        "divide by N once",
        show_scale,
    ),
    Mistake(
        "averaged over all entries",
        "Of how many losses is the loss the mean: N, or N times k?",
        "divide by N; .mean() without an axis divides by N times k",
        show_scale,
    ),
    Mistake(
        "loss and gradient disagree on the mean",
        "Is the loss a sum and the gradient that of a mean, or the reverse?",
        "divide both by N, or neither (and then run this with --sum)",
        show_both_scales,
    ),
    Mistake(
        "unstable softmax",
        "What is exp(1000)? And exp(-1000), if it is all that a sum has?",
        "subtract each row's largest logit before exp: it changes nothing else",
    ),
    Mistake(
        "log of an underflowed probability",
        "What is log(exp(-800)) on a computer?",
        "take the logarithm first: loss = log(sum(exp(z - m))) - (z_c - m)",
    ),
    Mistake(
        "the caller's logits changed",
        "Does your function work on a copy, or on the array that it was given?",
        "write z = z - z.max(...) instead of z -= z.max(...), or begin with a copy",
    ),
    Mistake(
        "the returned probabilities corrupted",
        "After d = p, how many arrays are there?",
        "d = p.copy() before 1 is subtracted",
    ),
]
KNOWN = {mistake.name: mistake for mistake in MISTAKES}

# What the sum over the batch may be multiplied by.
SCALES = {
    "mean": lambda b: 1 / b.N,
    "sum": lambda b: 1.0,
    "averaged twice": lambda b: 1 / b.N**2,
    "averaged over all entries": lambda b: 1 / (b.N * b.k),
}


def as_seen_by(changes, b):
    """Return the batch with what a mistake puts in place of P, Y and W."""
    return replace(b, **{name: changes[name](b) for name in "PYW" if name in changes})


def predicted_gradient(changes, scale, b):
    seen = as_seen_by(changes, b)
    return changes.get("sign", 1) * changes.get("form", difference)(seen) * SCALES[scale](b)


def predicted_loss(changes, scale, b):
    if not changes.keys() & set("PYW"):
        total = b.losses.sum()
    else:
        seen = as_seen_by(changes, b)
        total = -(seen.W * np.log(seen.P)).sum()
    return changes.get("sign", 1) * total * SCALES[scale](b)


def combinations():
    """Yield the names and changes of no mistake, of each one, and of each pair."""
    yield (), {}
    single = [(mistake.name, variant) for mistake in MISTAKES for variant in mistake.variants]
    for name, variant in single:
        yield (name,), variant
    for (name, one), (other, two) in itertools.combinations(single, 2):
        if name == other or one.keys() & two.keys():
            continue
        changes = {**one, **two}
        # With no one-hot left, targets have no effect, and one formula replaces another.
        if "form" in changes and "Y" in changes and name == "forgot to subtract the one-hot":
            continue
        yield (name, other), changes


# ---------------------------------------------------------------------------------------
# The student's function


class Cannot(Exception):
    """There is nothing to judge. The arguments: why, with the way out; findings."""


class Malformed(Exception):
    """A result of the wrong shape or type. The argument: what it is and must be."""


class Raised(Exception):
    """The student's code raised. The arguments: its exception; the student's own line."""

    def __str__(self):
        error, line = self.args
        message = f": {error}" if str(error) else ""
        return f"{line}{type(error).__name__}{message}"


@contextmanager
def students_code():
    """Turn what the student's code raises into `Raised`; its warnings are not our subject."""
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (Exception, SystemExit) as error:
        raise Raised(error, own_line(error)) from None


def own_line(error):
    """Return "homework.py, line 3: ...: " of an exception, its deepest line in that file."""
    import traceback

    frames = [
        (frame.filename, frame.lineno, frame.line)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename != own_line.__code__.co_filename
    ]
    if isinstance(error, SyntaxError) and error.lineno:
        frames = [(error.filename, error.lineno, (error.text or "").strip())]
    if not frames:
        return ""
    file, number, line = [frame for frame in frames if frame[0] == frames[0][0]][-1]
    return f"{Path(file).name}, line {number}: {line}: "


@dataclass(frozen=True)
class Result:
    loss: float
    gradient: np.ndarray
    dtype: str = "float64"


# How the batch is put to the function, by its signature. One call each, except that of one
# example; the gradient has the shape of the first argument.
SIGNATURES = {
    "N,k": lambda z, y: [(z.copy(), y.copy())],
    "k,N": lambda z, y: [(z.T.copy(), y.copy())],
    "k": lambda z, y: [(row.copy(), int(label)) for row, label in zip(z, y)],
    "W,X,y,reg": lambda z, y: [(z.copy(), np.eye(len(z)), y.copy(), 0.0)],
}


class Student:
    """The student's function, called with copies, its results taken as float64.

    Parameters
    ----------
    function : callable
    signature : str
        A key of `SIGNATURES`.
    summed : bool
        Whether the loss is to be a sum over the batch, not a mean.
    gradient_only : bool
        Whether the function returns the gradient alone.
    """

    def __init__(self, function, signature="N,k", summed=False, gradient_only=False):
        self.function, self.signature, self.gradient_only = function, signature, gradient_only
        # One example has no mean: its calls add up to a sum.
        self.scale = "sum" if summed or signature == "k" else "mean"
        self.changed = self.corrupted = None  # evidence of the first call that did it

    def right(self, b):
        return Result(predicted_loss({}, self.scale, b), predicted_gradient({}, self.scale, b))

    def __call__(self, b, labels=None):
        """Return the Result for a batch; other labels only to see whether they are taken."""
        calls = SIGNATURES[self.signature](b.z, b.y if labels is None else labels)
        parts = [self.one_call(arguments) for arguments in calls]
        gradients = [part.gradient for part in parts]
        whole = {"k": np.stack, "k,N": lambda each: each[0].T}.get(self.signature, lambda each: each[0])
        return Result(sum(part.loss for part in parts), whole(gradients), parts[0].dtype)

    def one_call(self, arguments):
        before = [np.copy(argument) for argument in arguments]
        with students_code():
            returned = self.function(*arguments)
            # Copied at once: the array may be one that the next call writes into.
            loss, gradient, *more = [as_array(part) for part in self.parts(returned)]
        self.look_for_changes(before, arguments)
        if more and more[0].shape == gradient.shape and gradient.ndim == 2:
            self.look_for_corruption(softmax(before[0]), more[0])
        return Result(checked_loss(loss), *checked_gradient(gradient, before[0].shape))

    def parts(self, returned):
        if self.gradient_only:
            return np.nan, returned
        if isinstance(returned, (tuple, list)) and len(returned) >= 2:
            return returned
        if returned is None:
            raise Cannot("it returns None: end it with `return loss, gradient`")
        raise Cannot(
            "it returns one thing, where a loss and a gradient are needed: end it with"
            " `return loss, gradient`, or use --gradient-only if this is the gradient"
        )

    def look_for_changes(self, before, after):
        names = self.signature.split(",") if self.signature == "W,X,y,reg" else ("logits", "labels")
        for name, old, new in zip(names, before, after):
            if self.changed is None and not np.array_equal(old, new):
                at = tuple(int(i) for i in np.argwhere(old != new)[0])
                place = ", ".join(map(str, at))
                self.changed = name, f"{name}[{place}] was {old[at]:.4g} before the call and {new[at]:.4g} after it"

    def look_for_corruption(self, right, probabilities):
        sums, expected = probabilities.sum(axis=1), right.sum(axis=1)
        if self.corrupted is None and np.allclose(sums, 0, atol=1e-5) and np.allclose(expected, 1):
            self.corrupted = f"the rows of the probabilities that you return sum to {abs(sums[0]):.1g}; they must sum to 1"


def as_array(part):
    """Return a new array of a number, nested lists, a NumPy array, or a PyTorch tensor."""
    if hasattr(part, "detach"):
        part = part.detach().cpu().numpy()
    try:
        return np.array(part)
    except ValueError:  # lists of different lengths
        return np.array(None)


def checked_loss(loss):
    if loss.dtype.kind not in "fiu":
        raise Malformed(f"your loss has dtype {loss.dtype}; it must be a real number")
    if loss.size != 1:
        swap = "; is it the gradient? The order is loss, gradient" if loss.ndim == 2 else ""
        raise Malformed(f"your loss has shape {loss.shape}; it must be one number for the whole batch{swap}")
    return float(loss.reshape(()))


def checked_gradient(gradient, shape):
    if gradient.shape != shape:
        turned = ": it is transposed" if gradient.shape == shape[::-1] else ""
        raise Malformed(f"your gradient has shape {gradient.shape}; it must have that of its input, {shape}{turned}")
    if gradient.dtype.kind != "f" or gradient.dtype.itemsize < 4:
        raise Malformed(f"your gradient has dtype {gradient.dtype}; it must be float64 (float32 will do)")
    return gradient.astype(np.float64), "float32" if gradient.dtype.itemsize == 4 else "float64"


# ---------------------------------------------------------------------------------------
# The comparison


def error(got, expected):
    """Return the largest error, relative to the largest entry expected; NaN counts as infinite."""
    largest = np.abs(got - expected).max() / np.abs(expected).max()
    return largest if np.isfinite(largest) else np.inf


def loss_error(got, expected):
    distance = abs(got - expected) / max(1.0, abs(expected))
    return distance if np.isfinite(distance) else np.inf


def wrong_entries(got, expected, tolerance):
    # Written with "not", so that NaN is wrong.
    return ~(np.abs(got - expected) <= tolerance * np.abs(expected).max())


def wrong_loss(student, seen, right):
    return not student.gradient_only and loss_error(seen.loss, right.loss) > LOSS_TOLERANCE


@dataclass(frozen=True)
class Run:
    """A batch, what the function returned for it, and what it must return."""

    b: Batch
    seen: Result
    right: Result


def precision(student, runs):
    """Return "float32" if the gradient does not have float64's digits, else "float64".

    A change of the logits by 1e-10 of their size moves a float64 result in its last digits,
    and leaves a float32 result exactly as it was.
    """
    if runs[0].seen.dtype == "float32":
        return "float32"
    if all(error(run.seen.gradient, run.right.gradient) <= TOLERANCE["float64"] for run in runs):
        return "float64"
    b = runs[0].b
    with_a_nudge = student(replace(b, z=b.z * (1 + 1e-10))).gradient
    unmoved = np.mean(with_a_nudge == runs[0].seen.gradient)
    return "float32" if unmoved > 0.9 else "float64"


def explain(values, predict, candidates, required, fits):
    """Return names, changes and scale of the one explanation with the fewest names.

    Parameters
    ----------
    values : list of (Batch, value) pairs
        What was returned.
    predict : callable
        `predicted_gradient` or `predicted_loss`.
    candidates : iterable of (names, changes)
    required : str
        The scale that is right.
    fits : callable
        Whether a value is a predicted value, to rounding.

    Returns
    -------
    tuple or None
        None if nothing fits, or two different explanations do.
    """
    found = {}
    for (names, changes), scale in itertools.product(candidates, SCALES):
        count = len(names) + (scale != required)
        if count <= 2 and all(fits(value, predict(changes, scale, b)) for b, value in values):
            found.setdefault(count, []).append((names, changes, scale))
    best = found[min(found)] if found else []
    same = len({(names, scale) for names, _, scale in best}) == 1
    return best[0] if same else None


def explain_gradient(student, runs, tolerance):
    values = [(run.b, run.seen.gradient) for run in runs]
    return explain(
        values, predicted_gradient, combinations(), student.scale,
        lambda got, predicted: error(got, predicted) <= tolerance,
    )  # fmt: skip


def explain_loss(student, runs):
    if student.gradient_only:
        return (), {}, None
    values = [(run.b, run.seen.loss) for run in runs]
    candidates = [(names, changes) for names, changes in combinations() if "form" not in changes]
    return explain(
        values, predicted_loss, candidates, student.scale,
        lambda got, predicted: loss_error(got, predicted) <= LOSS_TOLERANCE,
    )  # fmt: skip


def scale_mistakes(required, of_loss, of_gradient):
    """Return the names of what loss and gradient are multiplied by, if it is not right."""
    of_loss = required if of_loss is None else of_loss
    own = {"sum": "forgot the batch mean"}.get(of_gradient, of_gradient)
    if of_loss != of_gradient and not (of_loss == required == "mean"):
        disagree = ["loss and gradient disagree on the mean"]
        return disagree + ([own] if own in KNOWN and of_gradient != required else [])
    return [own] if of_gradient != required and own in KNOWN else []


# ---------------------------------------------------------------------------------------
# The findings


def finding(mistake, evidence):
    """Return a finding; a fact has no mistake."""
    page = KNOWN[mistake].page if mistake else "is-mine-right/#facts"
    return {"mistake": mistake, "evidence": evidence, "page": page}


def named_mistakes(student, runs, gradient, loss):
    """Return findings for what explains gradient and loss; None stands for no explanation."""
    run = runs[0]
    names, changes, scale = gradient or ((), {}, student.scale)
    loss_names, loss_changes, loss_scale = loss or ((), {}, None)
    findings = [
        finding(name, KNOWN[name].evidence(as_seen_by(changes, run.b), run.seen, run.right)) for name in names
    ]
    for name in loss_names:
        if name not in names:
            evidence = f"your loss is {run.seen.loss:.6g}, as with this mistake; it must be {run.right.loss:.6g}"
            findings.append(finding(name, evidence))
    if gradient:
        for name in scale_mistakes(student.scale, loss_scale, scale):
            findings.append(finding(name, KNOWN[name].evidence(run.b, run.seen, run.right)))
        if scale == loss_scale == "mean" != student.scale:
            findings.append(finding(None, "loss and gradient are both those of the mean: leave out --sum"))
    return findings


def extremes(student, moderate_is_right):
    """Return the findings and remarks for logits near 1000 and -1000, and for a gap of 800."""
    near = np.array([[0.3, -1.2, 0.8, 0.1]])
    high, low = Batch.of(near + 1000, np.array([1])), Batch.of(near - 1000, np.array([2]))
    both = Batch.of(np.concatenate([high.z, low.z]), np.array([1, 2]))
    gap = Batch.of(np.array([[0.0, -800.0, -1.0, -2.0]]), np.array([1]))
    runs, findings, remarks = [], [], []
    for b, where in [(high, "1000"), (low, "-1000"), (both, "1000 in one row and -1000 in another")]:
        run = attempt(student, b)
        runs.append(run)
        if findings or roughly_right(student, run, moderate_is_right):
            continue
        evidence = f"for logits near {where}: {what_came(run)}"
        if b is both:
            findings.append(finding(None, f"{evidence}; each row alone is right. Subtract each row's own maximum"))
        elif is_overflow(run):
            findings.append(finding("unstable softmax", f"right for small logits, but {evidence}" if moderate_is_right else evidence))
        else:
            findings.append(finding(None, f"only for large logits: {evidence}"))
    run = attempt(student, gap)
    if not student.gradient_only and lost_in_log(run):
        evidence = f"logits 0 and -800, label at -800: {what_came(run, loss_only=True)}; the loss must be 800.4"
        findings.append(finding("log of an underflowed probability", evidence))
    elif not roughly_right(student, run, moderate_is_right):
        remarks.append(
            "Where the correct class is 800 below the largest logit, the result is not exact:"
            f" {what_came(run)}; right is loss {run.right.loss:.4g}, gradient {numbers(run.right.gradient)}."
        )
    failed = next((run for run in [*runs] if not roughly_right(student, run, moderate_is_right)), None)
    return findings, remarks, failed


def attempt(student, b):
    """Return a Run whose result may also be the exception that was raised."""
    try:
        seen = student(b)
    except Raised as raised:
        seen = raised
    return Run(b, seen, student.right(b))


def roughly_right(student, run, compare):
    """Whether a result is finite and, if asked to compare, near the right one."""
    if isinstance(run.seen, Raised):
        return False
    if not compare:
        return bool(np.isfinite(run.seen.gradient).all())
    # A loss that is not finite beside a right gradient is the logarithm's affair.
    loss_is_fine = student.gradient_only or not np.isfinite(run.seen.loss) or (
        loss_error(run.seen.loss, run.right.loss) <= ROUGHLY)  # fmt: skip
    return loss_is_fine and error(run.seen.gradient, run.right.gradient) <= ROUGHLY


def is_overflow(run):
    if isinstance(run.seen, Raised):
        return isinstance(run.seen.args[0], ArithmeticError)
    return not np.isfinite(run.seen.gradient).all()


def lost_in_log(run):
    if isinstance(run.seen, Raised):
        return isinstance(run.seen.args[0], ValueError)  # math.log(0)
    return not np.isfinite(run.seen.loss)


def what_came(run, loss_only=False):
    if isinstance(run.seen, Raised):
        return f"it raises {run.seen}"
    loss = f"loss {run.seen.loss:.4g}"
    return loss if loss_only else f"{loss}, gradient {numbers(run.seen.gradient)}"


# ---------------------------------------------------------------------------------------
# The facts, for what has no name

# On which of the batches is it wrong?
CONDITIONS = {
    "N = 1": lambda b: b.N == 1,
    "N > 1": lambda b: b.N > 1,
    "k = N": lambda b: b.k == b.N,
    "k is not N": lambda b: b.k != b.N,
    "k = 2": lambda b: b.k == 2,
    "k > 2": lambda b: b.k > 2,
    "labels repeat": lambda b: len(set(b.y.tolist())) < b.N,
    "no label repeats": lambda b: len(set(b.y.tolist())) == b.N,
    "there are more examples than classes": lambda b: b.N > b.k,
    "there are at least 10 classes": lambda b: b.k >= 10,
    "logits of a row are equal": lambda b: len(set(b.z[0].tolist())) < b.k,
    "a logit is larger than 2": lambda b: np.abs(b.z).max() > 2,
    "a probability is below 1e-3": lambda b: b.P.min() < 1e-3,
}


def rows_where(test):
    """Return a function from a batch to the mask of the rows that pass the test."""
    return lambda b: np.outer([test(b, n) for n in range(b.N)], np.ones(b.k)) > 0


def classes_where(test):
    return lambda b: np.outer(np.ones(b.N), [test(b, i) for i in range(b.k)]) > 0


# On which entries?
PLACES = {
    "the entries of the correct class": lambda b: b.Y > 0,
    "the entries of the other classes": lambda b: b.Y == 0,
    "the first row": rows_where(lambda b, n: n == 0),
    "the rows after the first": rows_where(lambda b, n: n > 0),
    "the last row": rows_where(lambda b, n: n == b.N - 1),
    "the rows before the last": rows_where(lambda b, n: n < b.N - 1),
    "the rows whose label comes again later": rows_where(lambda b, n: b.y[n] in b.y[n + 1 :]),
    "the rows whose label came before": rows_where(lambda b, n: b.y[n] in b.y[:n]),
    "the rows whose label is in other rows too": rows_where(lambda b, n: (b.y == b.y[n]).sum() > 1),
    "the rows with label 0": rows_where(lambda b, n: b.y[n] == 0),
    "the rows with the last label": rows_where(lambda b, n: b.y[n] == b.k - 1),
    "the first class": classes_where(lambda b, i: i == 0),
    "the classes after the first": classes_where(lambda b, i: i > 0),
    "the last class": classes_where(lambda b, i: i == b.k - 1),
    "the classes before the last": classes_where(lambda b, i: i < b.k - 1),
    "the classes that are a label of the batch": classes_where(lambda b, i: i in b.y),
    "the class with the largest logit": lambda b: b.z == b.z.max(axis=1, keepdims=True),
    "the rows where the correct class has the largest logit": rows_where(lambda b, n: b.z[n].argmax() == b.y[n]),
    "the rows where another class has the largest logit": rows_where(lambda b, n: b.z[n].argmax() != b.y[n]),
    "the entries with a negative logit": lambda b: b.z < 0,
    "the entries with a positive logit": lambda b: b.z > 0,
}


def fact_condition(runs, is_wrong):
    """Say for which batches it is wrong, if it is right for others."""
    failing = [is_wrong(run) for run in runs]
    if all(failing):
        return None
    for name, test in CONDITIONS.items():
        if [bool(test(run.b)) for run in runs] == failing:
            return f"wrong only when {name}"
    wrong = ", ".join(str(run.b) for run, fails in zip(runs, failing) if fails)
    right = ", ".join(str(run.b) for run, fails in zip(runs, failing) if not fails)
    return f"wrong for {wrong}; right for {right}"


def fact_place(runs, masks):
    """Say which entries are wrong, if others are right."""
    if all(mask.all() for mask in masks):
        return None
    for name, place in PLACES.items():
        places = [place(run.b) for run in runs]
        if all((mask == where).all() for mask, where in zip(masks, places)):
            return f"only {name} {'is' if name.startswith(('the first', 'the last', 'the class ')) else 'are'} wrong"
    mask, b = masks[0], runs[0].b
    rows, classes = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return (f"for {b}, {mask.sum()} of {mask.size} entries are wrong: rows {rows.tolist()},"
            f" classes {classes.tolist()}")  # fmt: skip


def fact_values(runs, masks):
    """Say what the wrong entries have in common: not finite, 0, a ratio, a distance."""
    got = np.concatenate([run.seen.gradient[mask] for run, mask in zip(runs, masks)])
    expected = np.concatenate([run.right.gradient[mask] for run, mask in zip(runs, masks)])
    if not np.isfinite(got).all():
        return f"{np.count_nonzero(~np.isfinite(got))} of {got.size} of these entries are nan or inf"
    if not got.any():
        return "these entries are all 0"
    ratio, distance = got / expected, got - expected
    if got.size > 1 and np.ptp(ratio) <= 1e-5 * np.abs(ratio).max():
        return f"each is {ratio[0]:.6g} times what it must be"
    if got.size > 1 and np.ptp(distance) <= 1e-5 * np.abs(distance).max():
        return f"each is off by {distance[0]:+.4g}"
    return None


def fact_probabilities(student, runs):
    """Say what the probabilities behind the gradient are: the gradient plus the one-hot."""
    recovered = [(run.b, run.seen.gradient / SCALES[student.scale](run.b) + run.b.Y) for run in runs]
    if not all((p >= 0).all() and np.allclose(p.sum(axis=1), 1, atol=1e-5) for _, p in recovered):
        sums = runs[0].seen.gradient.sum(axis=1)
        if np.abs(sums).max() > 1e-5 * np.abs(runs[0].seen.gradient).max():
            return f"the rows of your gradient sum to {numbers(sums)}; they must sum to 0"
        return None
    # Of a softmax of t times the logits, the logarithms differ by t times the differences.
    with np.errstate(all="ignore"):
        slopes = np.concatenate([
            (np.diff(np.log(p), axis=1) / np.diff(b.z, axis=1))[np.diff(b.z, axis=1) != 0] for b, p in recovered
        ])  # fmt: skip
    if np.ptp(slopes) <= 1e-4 * abs(slopes[0]):
        return f"the probabilities behind it are the softmax of {slopes[0]:.6g} times the logits"
    return (f"the probabilities behind it are positive and sum to 1 in each row, but are not the softmax:"
            f" row 0 has {numbers(recovered[0][1][0])}, it must have {numbers(runs[0].b.P[0])}")  # fmt: skip


def fact_other_rows(student, run, tolerance):
    """Say whether row 0 changes with the logits or the label of another row."""
    z, y = run.b.z.copy(), run.b.y.copy()
    z[-1] += np.linspace(-1, 1, run.b.k)
    y[-1] = (y[-1] + 1) % run.b.k
    for what, b in [("logits", replace(run.b, z=z)), ("label", replace(run.b, y=y))]:
        moved = student(b).gradient[0]
        if error(moved, run.seen.gradient[0]) > tolerance:
            return (f"row 0 depends on the {what} of the last row: {numbers(run.seen.gradient[0])} becomes"
                    f" {numbers(moved)}")  # fmt: skip
    return None


def fact_own_loss(student, run, kind):
    """Say whether the gradient is the derivative of the function's own loss."""
    if student.gradient_only:
        return None
    # Steps near the cube root of the rounding error, and what they leave of the digits.
    step, tolerance = (1e-5, 1e-6) if kind == "float64" else (1e-2, 1e-2)
    numeric = np.empty_like(run.b.z)
    for at in np.ndindex(run.b.z.shape):
        move = np.zeros_like(run.b.z)
        move[at] = step
        above, below = (student(replace(run.b, z=run.b.z + sign * move)).loss for sign in (1, -1))
        numeric[at] = (above - below) / (2 * step)
    if error(run.seen.gradient, numeric) <= tolerance:
        return "your gradient is the derivative of your loss: the mistake is in the loss, or before it"
    n, c = np.unravel_index(np.nanargmax(np.abs(run.seen.gradient - numeric)), numeric.shape)
    loss = "wrong as well" if wrong_loss(student, run.seen, run.right) else "right"
    return (f"your loss is {loss}; your gradient is not its derivative: at row {n}, class {c} differences"
            f" of your loss give {numeric[n, c]:.4g}, your gradient {run.seen.gradient[n, c]:.4g}")  # fmt: skip


def facts(student, runs, kind):
    """Return what can be said of a wrong result that fits no known mistake."""
    tolerance = TOLERANCE[kind]
    masks = {id(run): wrong_entries(run.seen.gradient, run.right.gradient, tolerance) for run in runs}
    failing = [run for run in runs if masks[id(run)].any()]
    found = []
    if failing:
        wrong = [masks[id(run)] for run in failing]
        found += [
            fact_condition(runs, lambda run: bool(masks[id(run)].any())),
            fact_place(failing, wrong),
            fact_values(failing, wrong),
            fact_probabilities(student, failing),
            fact_other_rows(student, failing[0], tolerance) if failing[0].b.N > 1 else None,
        ]
    lossy = [run for run in runs if wrong_loss(student, run.seen, run.right)]
    if lossy:
        run = lossy[0]
        nan = ". Was 1 subtracted from the probabilities before the logarithm?" if np.isnan(run.seen.loss) else ""
        found.append(f"for {run.b} your loss is {run.seen.loss:.6g}; it must be {run.right.loss:.6g}{nan}")
        if not failing:
            found.append("your gradient is right")
            found.append(fact_condition(runs, lambda run: wrong_loss(student, run.seen, run.right)))
    found.append(fact_own_loss(student, (failing or lossy)[0], kind))
    return [finding(None, fact) for fact in found if fact]


# ---------------------------------------------------------------------------------------
# The verdict


class Answer(dict):
    """The answer: a dictionary with the keys of --json, which prints as words.

    Attributes
    ----------
    remarks : list of str
        What is worth knowing, and is no mistake.
    """

    def __init__(self, verdict, findings=(), run=None, tolerance=0.0, remarks=()):
        entry, loss = report(run, tolerance) if run else (dict.fromkeys(ENTRY), dict.fromkeys(LOSS))
        super().__init__(verdict=verdict, findings=list(findings), gradient=entry, loss=loss)
        self.remarks = list(remarks)

    def __str__(self):
        return in_words(self)

    __repr__ = __str__  # so that a notebook shows words


ENTRY = ("largest_relative_error", "at", "expected", "got")
LOSS = ("expected", "got")


def report(run, tolerance):
    """Return the entry with the largest relative error and the loss, for `Answer`.

    Of entries that are wrong, if there are any: the tiny ones of a right gradient have
    rounding errors that are large beside them.
    """
    if not isinstance(run.seen, Result):
        return dict.fromkeys(ENTRY), {"expected": plain(run.right.loss), "got": None}
    got, expected = run.seen.gradient, run.right.gradient
    size = np.maximum(np.abs(got), np.abs(expected))
    with np.errstate(invalid="ignore"):
        relative = np.abs(got - expected) / np.where(size == 0, 1, size)
    wrong = wrong_entries(got, expected, tolerance)
    # argmax takes the first NaN for the largest, as it should here
    n, i = np.unravel_index(np.where(wrong | ~wrong.any(), relative, -1).argmax(), got.shape)
    values = plain(relative[n, i]), [int(n), int(i)], plain(expected[n, i]), plain(got[n, i])
    loss = None if np.isnan(run.seen.loss) and run.seen.loss is np.nan else plain(run.seen.loss)
    return dict(zip(ENTRY, values)), {"expected": plain(run.right.loss), "got": loss}


def plain(number):
    """Return a number that JSON has: nan and inf become strings that float() reads."""
    return float(number) if np.isfinite(number) else str(float(number))


def diagnose(function, signature="N,k", sum=False, gradient_only=False):
    """Say whether a loss and its gradient are right, and if not, what is wrong.

    It runs in this process: no limit on time or memory holds.

    Parameters
    ----------
    function : callable
        Takes logits (N, k) and labels (N,), returns the mean loss and the (N, k) gradient.
    signature : {"N,k", "k,N", "k", "W,X,y,reg"}
        Logits in rows, in columns, or of one example; or weights W, inputs X, labels y and
        the strength of a regularisation, returning the loss and dW.
    sum : bool
        The loss is the sum over the batch, not the mean.
    gradient_only : bool
        The function returns the gradient alone.

    Returns
    -------
    Answer
        A dictionary with "verdict", "findings", "gradient" and "loss", which prints as words.
    """
    answer = judge(Student(function, signature, sum, gradient_only))
    answer.remarks.append("Run in this process: without a limit on time or memory.")
    return answer


def judge(student):
    """Return the Answer for a student's function."""
    try:
        return compare(student)
    except Malformed as malformed:
        return Answer("wrong", [finding(None, str(malformed))])
    except Raised as raised:
        if isinstance(raised.args[0], Cannot):
            return cannot(*raised.args[0].args)
        return cannot(*why_it_raised(student, raised))


def cannot(reason, findings=()):
    page = "is-mine-right/#cannot-check"
    return Answer("cannot check", [*findings, {"mistake": None, "evidence": reason, "page": page}])


def why_it_raised(student, raised):
    """Return the reason, and a finding if one-hot labels are what it waits for."""
    b = next(batches())
    name = "one-hot where indices are expected, or the reverse"
    try:
        taken = error(student(b, labels=b.Y).gradient, student.right(b).gradient) <= TOLERANCE["float32"]
    except (Raised, Malformed, TypeError):
        taken = False
    found = [finding(name, f"with one-hot labels of shape {b.Y.shape} it is right; it is called with {b.y}")]
    hint = {
        SystemExit: "take the sys.exit() out",
        MemoryError: "it needs more memory than there is: look for an array that grows",
    }.get(type(raised.args[0]), f"it is called with NumPy arrays, {b} float64 and labels {b.y.shape} int64")
    return f"it raises an error. {raised}; {hint}", found if taken else []


def compare(student):
    """Run the function on all batches and return the Answer."""
    runs, raised = [], []
    for b in batches():
        try:
            runs.append(Run(b, student(b), student.right(b)))
        except Raised as error_:
            if not runs:
                raise
            raised.append((b, error_))
    kind = precision(student, runs)
    tolerance = TOLERANCE[kind]
    wrong = [
        run for run in runs
        if error(run.seen.gradient, run.right.gradient) > tolerance or wrong_loss(student, run.seen, run.right)
    ]  # fmt: skip
    findings = [finding(None, f"for {b} it raises: {error_}") for b, error_ in raised]
    if raised and not wrong:
        raise raised[0][1]

    again = [unequal(run, student(run.b), tolerance) for run in (runs[0], runs[0])]
    remarks = []
    if any(again):
        findings.append(finding(None, next(filter(None, again))))
    elif wrong:
        findings += explained(student, runs, kind)
    large, small_print, failed = extremes(student, moderate_is_right=not wrong)
    findings += large
    findings += misbehaviour(student)
    shown = (wrong or ([failed] if failed else runs))[0]
    if not findings:
        remarks = remarks_on(student, runs, kind) + small_print
    return Answer("wrong" if findings else "correct", findings, shown, tolerance, remarks)


def explained(student, runs, kind):
    """Return the mistakes that explain gradient and loss, and facts for what is left."""
    gradient, loss = explain_gradient(student, runs, TOLERANCE[kind]), explain_loss(student, runs)
    named = named_mistakes(student, runs, gradient, loss)
    return named if gradient and loss else named + facts(student, runs, kind)


def unequal(run, second, tolerance):
    """Say how two results for equal arguments differ, if they do."""
    if error(second.gradient, run.seen.gradient) > tolerance and not np.isnan(run.seen.gradient).any():
        n, i = np.unravel_index(np.abs(second.gradient - run.seen.gradient).argmax(), second.gradient.shape)
        pair = f"{run.seen.gradient[n, i]:.6g} and {second.gradient[n, i]:.6g}"
        return f"two equal calls differ: at row {n}, class {i} they return {pair}"
    if loss_error(second.loss, run.seen.loss) > LOSS_TOLERANCE and not np.isnan(run.seen.loss):
        return f"two equal calls differ: they return the losses {run.seen.loss:.6g} and {second.loss:.6g}"
    return None


def misbehaviour(student):
    """Return findings for changed inputs and corrupted probabilities."""
    found = []
    if student.changed:
        name, evidence = student.changed
        found.append(finding("the caller's logits changed" if name in ("logits", "W") else None, evidence))
    if student.corrupted:
        found.append(finding("the returned probabilities corrupted", student.corrupted))
    return found


def remarks_on(student, runs, kind):
    """Return what is worth knowing about a right function."""
    remarks = []
    largest = max(error(run.seen.gradient, run.right.gradient) for run in runs)
    if kind == "float32":
        remarks.append(f"Computed in float32: right to {largest:.0e}. Check gradients in float64.")
    loss = 0 if student.gradient_only else max(loss_error(run.seen.loss, run.right.loss) for run in runs)
    if kind == "float64" and loss > 1e-9:
        remarks.append(f"The loss is off by {loss:.0e}, more than rounding: a constant inside the logarithm?")
    if student.signature == "W,X,y,reg":
        remarks.append("X was the identity and reg 0: X.T @ ... and the regularisation were not checked.")
    return remarks


# ---------------------------------------------------------------------------------------
# Words


def in_words(answer, paint=lambda text, colour: text):
    """Return the answer as text; paint(text, colour) may colour it."""
    verdict = answer["verdict"]
    lines = [paint(f"{verdict.capitalize()}.", {"correct": "green", "wrong": "red"}.get(verdict, "yellow"))]
    for found in answer["findings"]:
        lines.append("")
        if found["mistake"]:
            known = KNOWN[found["mistake"]]
            lines.append(paint(known.name.capitalize(), "bold"))
            lines += [f"  {found['evidence']}", f"  Hint: {known.hint}", f"  Fix:  {known.fix}"]
            lines.append(f"  Page: {found['page']}")
        else:
            lines.append(f"- {found['evidence']}")
    gradient, loss = answer["gradient"], answer["loss"]
    if gradient["at"]:
        n, i = gradient["at"]
        size = float(gradient["largest_relative_error"])
        values = [f"{float(gradient[name]):.8g}" for name in ("expected", "got")]
        lines += ["", f"Largest relative error {size:.1e}: row {n}, class {i}, expected {values[0]}, got {values[1]}"]
    if loss["got"] is not None:
        lines.append(f"Loss: expected {float(loss['expected']):.8g}, got {float(loss['got']):.8g}")
    lines += [f"Remark: {remark}" for remark in answer.remarks]
    return "\n".join(lines)


def painter(stream):
    """Return a function that colours text, if the stream is a terminal that wants it."""
    # Windows' older terminals print the codes instead of obeying them.
    plain_text = not stream.isatty() or os.environ.get("NO_COLOR") or sys.platform == "win32"
    codes = {"bold": 1, "red": 31, "green": 32, "yellow": 33}
    return lambda text, colour: text if plain_text else f"\x1b[{codes[colour]}m{text}\x1b[0m"


# ---------------------------------------------------------------------------------------
# The command: a parent that waits, and a child that runs the student's code


def options_from(arguments):
    import argparse

    parser = argparse.ArgumentParser(
        prog="diagnose.py", description="Say what is wrong with a gradient of the softmax cross-entropy loss.",
        epilog="Exit code 0: correct. 1: wrong. 2: can't be checked. Memory is limited on Linux only.",
    )  # fmt: skip
    parser.add_argument("file", help="Python file with your function")
    parser.add_argument("--function", default="loss_and_gradient", metavar="NAME", help="its name, if another one")
    parser.add_argument("--signature", default="N,k", type=lambda text: text.strip("()").replace(" ", "").strip(","),
                        choices=SIGNATURES, help="arguments: logits (N,k), (k,N) or (k,) and labels; or W,X,y,reg")  # fmt: skip
    parser.add_argument("--sum", action="store_true", help="the loss is the sum over the batch, not the mean")
    parser.add_argument("--gradient-only", action="store_true", help="the function returns the gradient alone")
    parser.add_argument("--timeout", type=float, default=10, metavar="SECONDS", help="10, if you don't say otherwise")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments=None):
    """Run the command and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = options_from(arguments)
    if options.child:
        return child(options)
    answer = answer_of_child(options, arguments)
    if options.json:
        text = json.dumps(answer, allow_nan=False)
    else:
        if sys.platform != "linux":
            answer.remarks.append("This system has no limit on memory.")
        text = in_words(answer, painter(sys.stdout))
    # A student's line may hold characters that the terminal has not.
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "backslashreplace").decode(encoding))
    return {"correct": 0, "wrong": 1}.get(answer["verdict"], 2)


def answer_of_child(options, arguments):
    """Run this file again, in a process of its own, and return its Answer."""
    import subprocess
    import tempfile

    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    # One thread is enough; and no window of a plot may wait for somebody to close it.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, main.__code__.co_filename, *arguments, "--child", folder]
        try:
            ended = subprocess.run(command, env=environment, timeout=options.timeout + 5, **quiet).returncode
        except subprocess.TimeoutExpired:
            ended = "timeout"
        try:
            words = json.loads(Path(folder, "answer.json").read_text("utf-8"))
        except (OSError, ValueError):
            return cannot(why_no_answer(options, ended, Path(folder, "stopped.txt")))
    answer = Answer(words["verdict"], words["findings"], remarks=words.pop("remarks"))
    answer.update(words)
    return answer


def why_no_answer(options, ended, log):
    """Return why the child left no answer, with the line that it was in."""
    import linecache
    import re

    log = log.read_text("utf-8", "replace") if log.exists() else ""
    # faulthandler writes names in ASCII, the deepest line first
    file = str(Path(options.file).resolve())
    name = re.escape(file.encode("ascii", "backslashreplace").decode())
    line = re.search(rf'File "{name}", line (\d+)', log)
    where = f" in line {line[1]}: {linecache.getline(file, int(line[1])).strip()}" if line else ""
    if "Timeout" in log or ended == "timeout":
        return f"it did not come to an end within {options.timeout:g} s; it was{where or ' running'}. If it is only slow: --timeout 60"
    return f"it ended Python itself{where} (exit code {ended}): a crash, os._exit(), or no memory left"


def child(options):
    """Judge the file and leave the answer in the folder options.child."""
    watch(Path(options.child, "stopped.txt"), options.timeout)
    limit_memory()
    try:
        function = load(options.file, options.function)
        answer = judge(Student(function, options.signature, options.sum, options.gradient_only))
    except Cannot as reason:
        answer = cannot(*reason.args)
    text = json.dumps({**answer, "remarks": answer.remarks}, allow_nan=False)
    Path(options.child, "answer.json").write_text(text, "utf-8")
    os._exit(0)  # whatever the student's code left running


def watch(path, seconds):
    """After so many seconds, or in a crash, write the line that runs, and end."""
    import faulthandler

    log = open(path, "w")  # stays open as long as the process lives
    faulthandler.enable(log)
    faulthandler.dump_traceback_later(seconds, exit=True, file=log)


def limit_memory(gigabytes=2):
    """Limit what the process may allocate, where the system can."""
    if sys.platform == "linux":
        import resource

        # Of data alone: libraries reserve far more addresses than they use.
        resource.setrlimit(resource.RLIMIT_DATA, (gigabytes << 30, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def load(file, name):
    """Return the function of that name in a Python file.

    Raises
    ------
    Cannot
        If there is no such file or function, or the file raises while it is read.
    """
    path = Path(file).resolve()
    if not path.is_file():
        raise Cannot(f"there is no file {file}: name the Python file that holds your function")
    module = types.ModuleType(path.stem)
    module.__file__ = str(path)
    sys.modules[path.stem] = module
    sys.path[:0] = [str(path.parent), os.getcwd()]
    try:
        with students_code():
            # Not imported: that would leave a folder __pycache__ beside the homework.
            exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    except Raised as raised:
        raise Cannot(f"it can't be loaded. {raised}") from None
    function: Any = module
    for part in name.split("."):
        function = getattr(function, part, None)
    if not callable(function):
        raise Cannot(f"{file} has no function {name}: define it, or say --function with its name")
    return function


if __name__ == "__main__":
    sys.exit(main())
