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
import sys
import warnings
from collections import namedtuple
from contextlib import contextmanager
from pathlib import Path

if __name__ != "__main__" or "--child" in sys.argv:  # the command's parent process only waits
    import numpy as np

# Largest error of the gradient, relative to its largest entry. Exact float64 is off by about
# 1e-15, and by 1e-8 after a 1e-12 was added to a small s. In float32 logits up to 10 bring
# errors of 10 times 6e-8.
TOLERANCE = {"float64": 1e-7, "float32": 5e-6}
LOSS_TOLERANCE = 1e-5  # relative to the loss or 1: log(s + 1e-8) passes, with a remark
ROUGHLY = 1e-3  # for huge logits: float32 resolves 1000 to 6e-5


# What is right


def softmax(z, axis=1):
    exponentials = np.exp(z - z.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


class Batch:
    """Logits z (N, k) and labels y (N,), with the probabilities P and the one-hot targets Y.

    A mistake puts others in the place of P or Y, or other weights W of -log P in the loss.
    """

    def __init__(self, z, y, **other):
        self.z, self.y, (self.N, self.k) = z, y, z.shape
        self.P, self.Y = softmax(z), np.eye(self.k)[y]
        self.W = self.Y
        vars(self).update({name: change(self) for name, change in other.items()})

    def total_loss(self):
        """Return the right loss of the batch by log-sum-exp, finite for every logit."""
        shifted = self.z - self.z.max(axis=1, keepdims=True)
        return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(self.N), self.y]).sum()

    def __str__(self):
        return f"logits {self.z.shape}"


def batches():
    """Yield batches of moderate logits; no probability is uniform, and no shape comes twice."""
    import random  # in place of numpy.random, whose import takes as long as the whole verdict

    kinds = [  # N, k, scale of the logits, labels
        (5, 4, 1, [2, 0, 3, 2, 1]),
        (3, 6, 2, [5, 0, 2]),
        (4, 4, 1, [1, 3, 0, 2]),
        (7, 2, 1.5, [0, 1, 1, 0, 0, 1, 0]),
        (1, 5, 1, [3]),
        (4, 3, 0.01, [0, 1, 1, 2]),
        (16, 10, 2, [3, 9, 0, 0, 5, 7, 7, 7, 1, 2, 8, 4, 6, 9, 3, 5]),
    ]
    for seed, (N, k, scale, labels) in enumerate(kinds):
        draw = random.Random(seed)
        yield Batch(np.array([[scale * draw.gauss(0, 1) for _ in range(k)] for _ in range(N)]), np.array(labels))
    yield Batch(np.array([[1.0, 1.0, 0.0, -1.0], [2.0, 0.0, 2.0, 2.0], [0.0, 0.0, 0.0, 1.0]]), np.array([1, 0, 1]))


# What is known to go wrong


def difference(b):
    return b.P - b.Y


def through_softmax(b):
    """Rows times the Jacobian of the first softmax, after the second."""
    s = softmax(b.z)
    return s * (b.P - b.Y - (s * (b.P - b.Y)).sum(axis=1, keepdims=True))


def over_examples(b):
    return softmax(b.z, axis=0)


def over_everything(b):
    return softmax(b.z.reshape(1, -1)).reshape(b.z.shape)


def label_before(b):
    return np.roll(b.Y, -1, axis=1)  # NumPy takes -1 for the last class


def label_before_or_none(b):
    return label_before(b) * (b.y > 0)[:, np.newaxis]


def classes(*weights):
    """Weights of the first classes, the same in each row: what indices of 0 and 1 select."""
    return lambda b: np.ones((b.N, 1)) * np.eye(b.k)[: len(weights)].T.dot(weights)


class Mistake(namedtuple("Mistake", "name hint fix evidence variants", defaults=[None, ()])):
    """A known mistake.

    `hint` is a question that leads to `fix`. `evidence` has a line with the fields of
    `numbers_for`. Each of `variants` is what the mistake puts in the place of the probabilities
    "P", the targets "Y", the loss's weights "W", the gradient's "form" and "sign".
    """

    @property
    def page(self):
        return "mistakes/#" + self.name.replace(",", "").replace("'", "").lower().replace(" ", "-")


TRUE_CLASS = "only the correct class is not 0; in row 0 it is {correct:.4g}, with s_c = {s_c:.4g} and N = {N}"
TARGETS = "in row 0 the label is {label}, and 1 is subtracted at {subtracted}"
SIZE = "every entry has {ratio:.4g} times the size that it must have; N = {N}, k = {k}"

MISTAKES = [
    Mistake(
        "forgot to subtract the one-hot",
        "Is s all there is, or does the formula have a second term?",
        "subtract 1 at the correct class of each row: p[np.arange(N), labels] -= 1",
        "the rows of your gradient sum to {row_sum:.4g}, with N = {N}; they must sum to 0",
        [{"form": lambda b: b.P}],
    ),
    Mistake(
        "wrong sign",
        "Does the loss fall or rise when the logit of the correct class grows?",
        "the gradient is s - y, not y - s; the loss is -log s_c",
        "at row 0, class {label} your gradient is {correct:+.4g}; with the right sign it is {opposite:+.4g}",
        [{"sign": -1}],
    ),
    Mistake(
        "only the derivative of the loss by s",
        "The loss depends on z through s. Which factor of the chain rule is missing?",
        "multiply -1/s_c by row c of the Jacobian: the product is s - y",
        TRUE_CLASS,
        [{"form": lambda b: -b.Y / b.P}],
    ),
    Mistake(
        "diagonal of the Jacobian taken for the answer",
        "Does s_c change when the logit of another class changes?",
        "the other classes count as well: -1/s_c times the whole row c is s - y",
        TRUE_CLASS,
        [{"form": lambda b: -b.Y * b.P * (1 - b.P)}, {"form": lambda b: -b.Y * (1 - b.P)}],
    ),
    Mistake(
        "softmax over the wrong axis",
        "Which numbers must sum to 1: those of one example, or those of one class?",
        "sum, and take the maximum, with axis=1, keepdims=True",
        "the probabilities behind it sum to {rows} in the rows, which must be 1, and to {columns} in the columns",
        [
            {"P": over_examples},
            {"P": over_everything},
            # and what automatic differentiation makes of such a loss
            {"P": over_examples, "form": lambda b: b.P * b.Y.sum(axis=0) - b.Y},
            {"P": over_everything, "form": lambda b: b.P * b.N - b.Y},
        ],
    ),
    Mistake(
        "softmax applied twice",
        "What goes into your softmax: logits, or probabilities already?",
        "apply the softmax once; cross-entropy functions of libraries apply it themselves",
        "the probabilities behind it are {P} in row 0: the softmax of {s}, which is the softmax already",
        [{"P": lambda b: softmax(b.P)}, {"P": lambda b: softmax(b.P), "form": through_softmax}],
    ),
    Mistake(
        "labels from 1",
        "Is the first class 0 or 1 in the labels, and in your index?",
        "labels count from 0: use them as they are, without - 1",
        TARGETS,
        [{"Y": label_before, "W": label_before}, {"Y": label_before_or_none, "W": label_before_or_none}],
    ),
    Mistake(
        "one-hot where indices are expected, or the reverse",
        "Are the labels N class numbers, or an (N, k) matrix of 0 and 1?",
        "index with class numbers, p[np.arange(N), labels]; multiply with a one-hot matrix",
        TARGETS,
        [  # a one-hot row, used as indices, is 1 once and 0 elsewhere; -= 1 counts each class once
            {"Y": classes(1, 1), "W": lambda b: classes(b.k - 1, 1)(b)},
            {"Y": classes(1, 1), "W": lambda b: classes(1 - 1 / b.k, 1 / b.k)(b)},
        ],
    ),
    Mistake(
        "forgot the batch mean",
        "The loss is a mean over N. What does that 1/N do to its derivative?",
        "divide the gradient by N (or, if the loss is meant to be a sum, run this with --sum)",
        SIZE,
    ),
    Mistake(
        "averaged twice",
        "How often is something divided by N on the way to the gradient?",
        "divide by N once",
        SIZE,
    ),
    Mistake(
        "averaged over all entries",
        "Of how many losses is the loss the mean: N, or N times k?",
        "divide by N; .mean() without an axis divides by N times k",
        SIZE,
    ),
    Mistake(
        "loss and gradient disagree on the mean",
        "Is the loss a sum and the gradient that of a mean, or the reverse?",
        "divide both by N, or neither (and then run this with --sum)",
        "your loss is {loss_ratio:.4g} times and your gradient {ratio:.4g} times the right one; N = {N}, k = {k}",
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
        "d = p.copy(), and then subtract 1 from d",
    ),
]
KNOWN = {mistake.name: mistake for mistake in MISTAKES}

# What the sum over the batch may be multiplied by
SCALES = {
    "mean": lambda b: 1 / b.N,
    "sum": lambda b: 1.0,
    "averaged twice": lambda b: 1 / b.N**2,
    "averaged over all entries": lambda b: 1 / (b.N * b.k),
}


def as_seen_by(changes, b):
    """Return the batch with what a mistake puts in the place of P, Y and W."""
    return Batch(b.z, b.y, **{name: changes[name] for name in "PYW" if name in changes})


def predicted(changes, scale, b):
    """Return the Result of a program with these mistakes; with none, the right one."""
    seen, factor = as_seen_by(changes, b), changes.get("sign", 1) * SCALES[scale](b)
    total = -(seen.W * np.log(seen.P)).sum() if {"P", "W"} & changes.keys() else b.total_loss()
    return Result(factor * total, factor * changes.get("form", difference)(seen))


def combinations():
    """Yield the names and changes of no mistake, of each one, and of each pair."""
    single = [(mistake.name, variant) for mistake in MISTAKES for variant in mistake.variants]
    yield (), {}
    for name, variant in single:
        yield (name,), variant
    for (name, one), (other, two) in itertools.combinations(single, 2):
        # Where one mistake hides the other, or is its variant, nobody can tell them apart.
        hides = name == "forgot to subtract the one-hot" and "Y" in two
        if name != other and not one.keys() & two.keys() and not hides:
            yield (name, other), {**one, **two}


# The student's function


class Cannot(Exception):
    """Nothing can be judged. The argument: why, with the way out."""


class Malformed(Exception):
    """A result of the wrong shape or type. The argument: what it is and must be."""


class Raised(Exception):
    """The student's code raised. The arguments: its exception, and the student's own line."""

    def __str__(self):
        error, line = self.args
        return f"{line}{type(error).__name__}: {error}".removesuffix(": ")


@contextmanager
def students_code():
    """Turn what the student's code raises into `Raised`; its warnings are not our subject."""
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():  # whatever it sets itself
            warnings.simplefilter("ignore")
            yield
    except Cannot:
        raise
    except (Exception, SystemExit) as error:
        raise Raised(error, own_line(error)) from None


def own_line(error):
    """Return "homework.py, line 3: ...: ", the deepest line of an error in the student's file."""
    import traceback

    frames = [(frame.filename, frame.lineno, frame.line) for frame in traceback.extract_tb(error.__traceback__)]
    frames = [frame for frame in frames if frame[0] != own_line.__code__.co_filename]
    if isinstance(error, SyntaxError) and error.lineno:
        frames = [(error.filename, error.lineno, (error.text or "").strip())]
    if not frames:
        return ""
    file, number, line = [frame for frame in frames if frame[0] == frames[0][0]][-1]
    return f"{Path(file).name}, line {number}: {line}: "


Result = namedtuple("Result", "loss gradient dtype", defaults=["float64"])

# How a batch is put to the function, by its signature: one call, or one for each example. The
# gradient has the shape of the first argument.
SIGNATURES = {
    "N,k": lambda z, y: [(z.copy(), y.copy())],
    "k,N": lambda z, y: [(z.T.copy(), y.copy())],
    "k": lambda z, y: [(row.copy(), int(label)) for row, label in zip(z, y)],
    "W,X,y,reg": lambda z, y: [(z.copy(), np.eye(len(z)), y.copy(), 0.0)],
}


class Student:
    """The student's function: called with copies, its results taken as a `Result`."""

    def __init__(self, function, signature, summed, gradient_only):
        self.function, self.signature, self.gradient_only = function, signature, gradient_only
        # Calls for one example each are added up: there is no mean to forget.
        self.scale = "sum" if summed or signature == "k" else "mean"
        self.names = ["W", "X", "y", "reg"] if signature == "W,X,y,reg" else ["logits", "labels"]
        self.noticed = {}  # evidence by mistake, of the first call that made it

    def __call__(self, z, y):
        """Return the Result for logits (N, k) and labels (N,)."""
        parts = [self.one_call(arguments) for arguments in SIGNATURES[self.signature](z, y)]
        gradient = parts[0].gradient
        if self.signature == "k":
            gradient = np.stack([part.gradient for part in parts])
        elif self.signature == "k,N":
            gradient = gradient.T
        return Result(sum(part.loss for part in parts), gradient, parts[0].dtype)

    def one_call(self, arguments):
        before = [np.copy(argument) for argument in arguments]
        with students_code():
            returned = self.function(*arguments)
            # Copied at once: the next call may write into the same array.
            loss, gradient, *more = [as_array(part) for part in self.parts(returned)]
        for name, old, new in zip(self.names, before, arguments):
            if old.shape != np.shape(new):
                self.notice(name, f"{name} had shape {old.shape} before the call and {new.shape} after it")
            elif not np.array_equal(old, new):
                at = tuple(np.argwhere(old != new)[0].tolist())
                self.notice(
                    "the caller's logits changed" if name in ("logits", "W") else name,
                    f"{name}{list(at)} was {old[at]:.4g} before the call and {new[at]:.4g} after it",
                )
        if more and more[0].shape == gradient.shape and np.abs(more[0].sum(axis=-1)).max() < 1e-5:
            row_sum = abs(more[0].sum(axis=-1).flat[0])
            self.notice(
                "the returned probabilities corrupted",
                f"the rows of the probabilities that you return sum to {row_sum:.1g}; they must sum to 1",
            )
        return checked(loss, gradient, before[0].shape)

    def parts(self, returned):
        if self.gradient_only:
            return np.nan, returned
        if isinstance(returned, (tuple, list)) and len(returned) >= 2:
            return returned
        what = "None" if returned is None else "one thing, not a loss and a gradient"
        way_out = "" if returned is None else ", or use --gradient-only if this is the gradient"
        raise Cannot(f"it returns {what}: end it with `return loss, gradient`{way_out}")

    def notice(self, mistake, evidence):
        self.noticed.setdefault(mistake, evidence)


def as_array(part):
    """Return a new array of a number, nested lists, a NumPy array, or a PyTorch tensor."""
    if hasattr(part, "detach"):
        part = part.detach().cpu().numpy()
    try:
        return np.array(part)
    except ValueError:  # lists of different lengths
        return np.array(None)


def checked(loss, gradient, shape):
    """Return a Result of arrays with the right shapes and types."""
    if loss.size != 1 or loss.dtype.kind not in "fiu":
        hint = "; is it the gradient? The order is loss, gradient" if loss.shape == shape else ""
        raise Malformed(f"your loss has shape {loss.shape} and dtype {loss.dtype}; it must be one real number{hint}")
    if gradient.dtype.kind != "f" or gradient.dtype.itemsize < 4:
        raise Malformed(f"your gradient has dtype {gradient.dtype}; it must be float64 (float32 will do)")
    if gradient.shape != shape:
        hint = ": it is transposed" if gradient.shape == shape[::-1] else ""
        raise Malformed(f"your gradient has shape {gradient.shape}; it must have that of its input, {shape}{hint}")
    kind = "float32" if gradient.dtype.itemsize == 4 else "float64"
    return Result(float(loss.reshape(())), gradient.astype(np.float64), kind)


# The comparison


def error(got, expected, least=0.0):
    """Return the largest error, relative to the largest number expected or to `least`.

    It is infinite if anything is not finite, so that no comparison lets NaN pass.
    """
    relative = np.max(np.abs(got - expected)) / (max(np.max(np.abs(expected)), least) or 1.0)
    return relative if np.isfinite(relative) else np.inf


def loss_error(got, expected):
    return error(got, expected, least=1.0)


class Run:
    """A batch, what the function returned or raised for it, and what it must return."""

    def __init__(self, student, b):
        self.student, self.b, self.right = student, b, predicted({}, student.scale, b)
        try:
            self.seen, self.raised = student(b.z, b.y), None
        except Raised as raised:
            self.seen, self.raised = Result(np.nan, np.full(b.z.shape, np.nan)), raised
        self.gradient_error = error(self.seen.gradient, self.right.gradient)
        self.loss_error = 0.0 if student.gradient_only else loss_error(self.seen.loss, self.right.loss)

    def is_wrong(self, tolerance, of_loss=LOSS_TOLERANCE):
        return self.gradient_error > tolerance or self.loss_error > of_loss

    def mask(self, tolerance):
        """Return which entries are wrong. With "not", so that NaN is."""
        return ~(np.abs(self.seen.gradient - self.right.gradient) <= tolerance * np.abs(self.right.gradient).max())

    def outcome(self):
        if self.raised:
            return f"it raises {self.raised}"
        loss = "" if self.student.gradient_only else f"loss {self.seen.loss:.4g}, "
        return f"{loss}gradient {show(self.seen.gradient)}"


def show(values):
    return "[" + " ".join(f"{value:.4g}" for value in np.ravel(values)) + "]"


def precision(student, runs):
    """Return "float32" if the gradient lacks float64's digits, else "float64".

    A change of the logits by 1e-10 of their size moves a float64 result in its last digits,
    and leaves a float32 result exactly as it was.
    """
    if runs[0].seen.dtype == "float32" or all(run.gradient_error < 1e-12 for run in runs):
        return runs[0].seen.dtype
    nudged = student(runs[0].b.z * (1 + 1e-10), runs[0].b.y).gradient
    return "float32" if np.mean(nudged == runs[0].seen.gradient) > 0.9 else "float64"


def explain(student, runs, part, tolerance, least, candidates):
    """Return names, changes and scale of the one explanation that fits all runs.

    Parameters
    ----------
    student : Student
    runs : list of Run
    part : {"gradient", "loss"}
        What is to be explained.
    tolerance, least : float
        How closely what was seen must fit what was predicted; see `error`.
    candidates : iterable of (names, changes)

    Returns
    -------
    tuple or None
        The explanation with the fewest names, two at most. None if nothing fits, or if
        different ones with as few names do.
    """
    found = {}
    for (names, changes), scale in itertools.product(candidates, SCALES):
        count = len(names) + (scale != student.scale)
        if count <= 2 and all(
            error(getattr(run.seen, part), getattr(predicted(changes, scale, run.b), part), least) <= tolerance
            for run in runs
        ):
            found.setdefault(count, []).append((names, changes, scale))
    best = found[min(found)] if found else []
    return best[0] if len({(names, scale) for names, _, scale in best}) == 1 else None


def explain_both(student, runs, tolerance):
    """Return the explanations of the gradient and of the loss."""
    gradient = explain(student, runs, "gradient", tolerance, 0.0, combinations())
    if student.gradient_only:
        return gradient, ((), {}, student.scale)
    of_loss = (each for each in combinations() if "form" not in each[1])
    return gradient, explain(student, runs, "loss", LOSS_TOLERANCE, 1.0, of_loss)


def scale_mistakes(required, of_loss, of_gradient):
    """Return the names of what loss and gradient are wrongly multiplied by."""
    own = "forgot the batch mean" if of_gradient == "sum" else of_gradient
    names = [own] if of_gradient != required and own in KNOWN else []
    if of_loss != of_gradient and not of_loss == required == "mean":
        names.insert(0, "loss and gradient disagree on the mean")
    return names


# The findings


def finding(mistake, evidence, page="is-mine-right/#facts"):
    """Return a finding; that of a fact names no mistake."""
    return {"mistake": mistake, "evidence": evidence, "page": KNOWN[mistake].page if mistake else page}


def numbers_for(run, changes):
    """Return the numbers of the evidence, by name."""
    b, seen, right = as_seen_by(changes, run.b), run.seen, run.right
    largest = np.abs(right.gradient).argmax()
    return {
        "N": b.N, "k": b.k, "label": b.y[0], "subtracted": np.flatnonzero(b.Y[0]).tolist() or "no class",
        "correct": seen.gradient[0, b.y[0]], "opposite": -seen.gradient[0, b.y[0]],
        "row_sum": seen.gradient[0].sum(), "s_c": softmax(b.z)[0, b.y[0]], "s": show(softmax(b.z)[0]),
        "P": show(b.P[0]), "rows": show(b.P.sum(axis=1)), "columns": show(b.P.sum(axis=0)),
        "ratio": abs(seen.gradient.flat[largest] / right.gradient.flat[largest]),
        "loss_ratio": abs(seen.loss / right.loss),
    }  # fmt: skip


def named_mistakes(student, run, gradient, loss):
    """Return findings for the explanations of gradient and loss; None explains nothing."""
    names, changes, scale = gradient or ((), {}, None)
    loss_names, _, loss_scale = loss or ((), {}, student.scale)
    scales = scale_mistakes(student.scale, loss_scale, scale) if gradient else []
    numbers = numbers_for(run, changes)
    found = [finding(name, KNOWN[name].evidence.format(**numbers)) for name in [*names, *scales]]
    for name in loss_names:
        if name not in names:
            evidence = f"your loss is {run.seen.loss:.6g}, as with this mistake; it must be {run.right.loss:.6g}"
            found.append(finding(name, evidence))
    if scale == loss_scale == "mean" != student.scale:
        found.append(finding(None, "loss and gradient are both those of the mean: leave out --sum"))
    return found


def extremes(student, is_right):
    """Return findings, remarks and failed Runs for logits near 1000, -1000, and a gap of 800."""
    near, y = np.array([[0.3, -1.2, 0.8, 0.1]]), np.array([1, 2])
    both = np.concatenate([near + 1000, near - 1000])
    where = ["1000", "-1000", "1000 in one row, -1000 in another"]
    failed, findings, remarks = [], [], []
    for rows, place in zip([slice(0, 1), slice(1, 2), slice(0, 2)], where):
        run = Run(student, Batch(both[rows], y[rows]))
        raised = run.raised and not isinstance(run.raised.args[0], ArithmeticError)
        finite = np.isfinite(run.seen.gradient).all()
        # A loss that is not finite beside a right gradient is the logarithm's affair, below.
        fine = run.gradient_error <= ROUGHLY and (run.loss_error <= ROUGHLY or not np.isfinite(run.seen.loss))
        if failed or fine or (finite and not is_right):
            continue
        failed.append(run)
        evidence = f"only for logits near {place}: {run.outcome()}"
        if run.b.N == 2:
            findings.append(finding(None, evidence + "; each row alone is fine: subtract each row's own maximum"))
        elif raised or (finite and np.isfinite(run.seen.loss)):
            findings.append(finding(None, evidence))
        else:
            findings.append(finding("unstable softmax", evidence))
    run = Run(student, Batch(np.array([[0.0, -800.0, -1.0, -2.0]]), y[:1]))
    # math.log(0) raises, with words that depend on the version of Python.
    lost = "math domain" in str(run.raised) or "positive input" in str(run.raised)
    lost = lost or (not run.raised and not np.isfinite(run.seen.loss))
    if lost and not student.gradient_only:
        evidence = f"logits {show(run.b.z)}, label 1: {run.outcome()}; the loss must be {run.right.loss:.4g}"
        findings.append(finding("log of an underflowed probability", evidence))
        failed.append(run)
    elif run.is_wrong(ROUGHLY, ROUGHLY):
        right = f"loss {run.right.loss:.4g}, gradient {show(run.right.gradient)}"
        remarks.append(f"Far below the largest logit, digits are lost: for logits {show(run.b.z)},"
                       f" label 1, {run.outcome()}, where {right} is right.")  # fmt: skip
    return findings, remarks, failed


# The facts, for what has no name

CONDITIONS = {  # for which batches it is wrong
    "N = 1": lambda b: b.N == 1,
    "N > 1": lambda b: b.N > 1,
    "k = N": lambda b: b.k == b.N,
    "k is not N": lambda b: b.k != b.N,
    "k = 2": lambda b: b.k == 2,
    "k > 2": lambda b: b.k > 2,
    "labels repeat": lambda b: len(set(b.y.tolist())) < b.N,
    "no label repeats": lambda b: len(set(b.y.tolist())) == b.N,
    "N > k": lambda b: b.N > b.k,
    "k is 10 or more": lambda b: b.k >= 10,
    "logits of a row are equal": lambda b: len(set(b.z[0].tolist())) < b.k,
}
ROWS = {  # for which rows
    "the first row": lambda b, n: n == 0,
    "the rows after the first": lambda b, n: n > 0,
    "the last row": lambda b, n: n == b.N - 1,
    "the rows before the last": lambda b, n: n < b.N - 1,
    "the rows whose label comes again later": lambda b, n: b.y[n] in b.y[n + 1 :],
    "the rows whose label came before": lambda b, n: b.y[n] in b.y[:n],
    "the rows whose label other rows have too": lambda b, n: (b.y == b.y[n]).sum() > 1,
    "the rows with label 0": lambda b, n: b.y[n] == 0,
    "the rows with the last label": lambda b, n: b.y[n] == b.k - 1,
    "the rows where the correct class has the largest logit": lambda b, n: b.z[n].argmax() == b.y[n],
    "the rows where another class has the largest logit": lambda b, n: b.z[n].argmax() != b.y[n],
}
ENTRIES = {  # for which entries
    "the correct class": lambda b: b.Y > 0,
    "classes other than the correct one": lambda b: b.Y == 0,
    "the first class": lambda b: np.arange(b.k) == 0,
    "the classes after the first": lambda b: np.arange(b.k) > 0,
    "the last class": lambda b: np.arange(b.k) == b.k - 1,
    "the classes before the last": lambda b: np.arange(b.k) < b.k - 1,
    "classes that are the label of another row": lambda b: np.isin(np.arange(b.k), b.y) & (b.Y == 0),
    "the largest logit of each row": lambda b: b.z == b.z.max(axis=1, keepdims=True),
    "negative logits": lambda b: b.z < 0,
    "positive logits": lambda b: b.z > 0,
    **{place: lambda b, test=test: np.array([[test(b, n)] for n in range(b.N)]) for place, test in ROWS.items()},
}


def fact_condition(runs, failing):
    """Say for which batches it is wrong, if it is right for others."""
    if len(failing) == len(runs):
        return None
    for name, test in CONDITIONS.items():
        if [run for run in runs if test(run.b)] == failing:
            return f"wrong only when {name}"
    right = ", ".join(str(run.b) for run in runs if run not in failing)
    return f"wrong for {', '.join(str(run.b) for run in failing)}; right for {right}"


def fact_place(failing, masks):
    """Say which entries are wrong, if others are right."""
    if all(mask.all() for mask in masks):
        return None
    for name, place in ENTRIES.items():
        if all((mask == place(run.b)).all() for run, mask in zip(failing, masks)):
            return f"wrong only for {name}"
    rows, columns = (np.flatnonzero(masks[0].any(axis=axis)).tolist() for axis in (1, 0))
    return f"for {failing[0].b} {masks[0].sum()} of {masks[0].size} entries are wrong, in rows {rows}, classes {columns}"


def fact_values(failing, masks):
    """Say what the wrong entries have in common: not finite, 0, a ratio, a distance."""
    got = np.concatenate([run.seen.gradient[mask] for run, mask in zip(failing, masks)])
    expected = np.concatenate([run.right.gradient[mask] for run, mask in zip(failing, masks)])
    if not np.isfinite(got).all():
        return f"{np.count_nonzero(~np.isfinite(got))} of the {got.size} wrong entries are nan or inf"
    if not got.any():
        return "the wrong entries are all 0"
    if got.size > 1 and np.ptp(got / expected) <= 1e-5 * np.abs(got / expected - 1).max():
        return f"each wrong entry is {got[0] / expected[0]:.6g} times what it must be"
    if got.size > 1 and np.ptp(got - expected) <= 1e-5 * np.abs(got - expected).max():
        return f"each wrong entry is off by {got[0] - expected[0]:+.4g}"
    return None


def fact_probabilities(student, failing):
    """Say what the probabilities behind the gradient are: the gradient plus the one-hot."""
    sums = failing[0].seen.gradient.sum(axis=1)
    behind = [run.seen.gradient / SCALES[student.scale](run.b) + run.b.Y for run in failing]
    if not all((p > 0).all() and np.allclose(p.sum(axis=1), 1, atol=1e-5) for p in behind):
        off = np.abs(sums).max() > 1e-5 * np.abs(failing[0].seen.gradient).max()
        return f"the rows of your gradient sum to {show(sums)}; they must sum to 0" if off else None
    # The logarithms of a softmax of t times the logits differ by t times the logits' differences.
    slopes = np.concatenate([np.ravel(np.diff(np.log(p)) / (np.diff(run.b.z) + (np.diff(run.b.z) == 0)))
                             [np.ravel(np.diff(run.b.z)) != 0] for run, p in zip(failing, behind)])  # fmt: skip
    if np.ptp(slopes) <= 1e-4 * abs(slopes[0]):
        return f"the probabilities behind it are the softmax of {slopes[0]:.6g} times the logits"
    pair = f"row 0 has {show(behind[0][0])} and must have {show(failing[0].b.P[0])}"
    return f"the probabilities behind it are positive and sum to 1, but are not the softmax: {pair}"


def fact_other_rows(student, run, tolerance):
    """Say whether row 0 changes with the logits or the label of the last row."""
    z, y = run.b.z.copy(), run.b.y.copy()
    z[-1] += np.linspace(-1, 1, run.b.k)
    y[-1] = (y[-1] + 1) % run.b.k
    for what, moved in [("logits", student(z, run.b.y)), ("label", student(run.b.z, y))]:
        if run.b.N > 1 and error(moved.gradient[0], run.seen.gradient[0]) > tolerance:
            pair = f"{show(run.seen.gradient[0])} becomes {show(moved.gradient[0])}"
            return f"row 0 depends on the {what} of the last row: {pair}"
    return None


def fact_own_loss(student, run, kind):
    """Say whether the gradient is the derivative of the function's own loss."""
    if student.gradient_only or not np.isfinite(run.seen.loss):
        return None
    # Steps near the cube root of the rounding error, and the digits that they leave.
    step, tolerance = (1e-5, 1e-6) if kind == "float64" or run.loss_error < 1e-9 else (1e-2, 1e-2)
    numeric = np.empty_like(run.b.z)
    for at in np.ndindex(numeric.shape):
        move = np.zeros_like(numeric)
        move[at] = step
        numeric[at] = (student(run.b.z + move, run.b.y).loss - student(run.b.z - move, run.b.y).loss) / (2 * step)
    if error(run.seen.gradient, numeric) <= tolerance:
        return "your gradient is the derivative of your loss: the mistake is in the loss, or before it"
    n, i = np.unravel_index(np.abs(run.seen.gradient - numeric).argmax(), numeric.shape)
    loss = "wrong as well" if run.loss_error > LOSS_TOLERANCE else "right"
    return (f"your loss is {loss}, but your gradient is not its derivative: at row {n}, class {i} differences of"
            f" your loss give {numeric[n, i]:.4g}, your gradient has {run.seen.gradient[n, i]:.4g}")  # fmt: skip


def facts(student, runs, kind):
    """Return what can be said of a wrong result that fits no known mistake."""
    found, tolerance = [], TOLERANCE[kind]
    failing = [run for run in runs if run.gradient_error > tolerance]
    if failing:
        masks = [run.mask(tolerance) for run in failing]
        found += [
            fact_condition(runs, failing),
            fact_place(failing, masks),
            fact_values(failing, masks),
            fact_probabilities(student, failing),
            fact_other_rows(student, failing[0], tolerance),
            fact_own_loss(student, failing[0], kind),
        ]
    lossy = [run for run in runs if run.loss_error > LOSS_TOLERANCE]
    if lossy:
        run = lossy[0]
        nan = ". Is 1 subtracted from s before its logarithm is taken?" if np.isnan(run.seen.loss) else ""
        found.append(f"for {run.b} your loss is {run.seen.loss:.6g}; it must be {run.right.loss:.6g}{nan}")
        if not failing:
            found += ["your gradient is right", fact_condition(runs, lossy)]
    return [finding(None, fact) for fact in found if fact]


# The verdict


class Answer(dict):
    """The answer: a dictionary with the keys of --json, which prints as words.

    `remarks` are what is worth knowing and is no mistake.
    """

    def __init__(self, verdict, findings=(), gradient=None, loss=None, remarks=()):
        gradient = gradient or dict.fromkeys(["largest_relative_error", "at", "expected", "got"])
        loss = loss or dict.fromkeys(["expected", "got"])
        super().__init__(verdict=verdict, findings=list(findings), gradient=gradient, loss=loss)
        self.remarks = list(remarks)

    def __repr__(self):
        return in_words(self)  # for notebooks and failing tests


def for_json(number):
    """Return a number that JSON has, of 12 digits: nan and inf become strings for float()."""
    return float(f"{number:.12g}") if np.isfinite(number) else str(float(number))


def largest_relative_error(run, tolerance):
    """Return the entry whose error is largest beside it, of the wrong entries if there are any."""
    got, expected, wrong = run.seen.gradient, run.right.gradient, run.mask(tolerance)
    size = np.maximum(np.abs(got), np.abs(expected))
    relative = np.abs(got - expected) / np.where(size == 0, 1, size)
    # argmax takes a NaN for the largest, as it should here. Of equal errors it takes the first:
    # the rounding makes equal what differs in the last digit.
    n, i = np.unravel_index(np.where(wrong | ~wrong.any(), relative, -1).round(9).argmax(), got.shape)
    return {
        "largest_relative_error": for_json(relative[n, i]), "at": [int(n), int(i)],
        "expected": for_json(expected[n, i]), "got": for_json(got[n, i]),
    }  # fmt: skip


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
    answer.remarks.append("Run in this process, without a limit on time or memory.")
    return answer


def judge(student):
    """Return the Answer for a student's function."""
    try:
        with np.errstate(all="ignore"):  # NaN and infinity are what is looked for
            return compare(student)
    except Malformed as malformed:
        return Answer("wrong", [finding(None, str(malformed))])
    except Raised as raised:
        return cannot(f"it raises an error, but not in each call. {raised}")
    except Cannot as reason:
        return cannot(str(reason))


def cannot(reason, findings=()):
    return Answer("cannot check", [*findings, finding(None, reason, "is-mine-right/#cannot-check")])


def compare(student):
    """Run the function on all batches and return the Answer."""
    runs = [Run(student, next(batches()))]
    if runs[0].raised:
        return cannot_run(student, runs[0])
    runs += [Run(student, b) for b in itertools.islice(batches(), 1, None)]
    raising, runs = [run for run in runs if run.raised], [run for run in runs if not run.raised]
    kind = precision(student, runs)
    tolerance = TOLERANCE[kind]
    wrong = [run for run in runs if run.is_wrong(tolerance)]
    if raising and not wrong:
        return cannot_run(student, raising[0])
    findings = [finding(None, f"for {run.b} {run.outcome()}") for run in raising]

    changing = unequal_calls(student, runs[0], tolerance)
    gradient = loss = None
    if changing:
        findings.append(finding(None, changing))
    elif wrong:
        gradient, loss = explain_both(student, runs, tolerance)
        findings += named_mistakes(student, runs[0], gradient, loss)
        findings += [] if gradient and loss else facts(student, runs, kind)
    # Of a program that nobody understands for small logits, large ones tell nothing.
    understood = not raising and not changing and (not wrong or (gradient and loss))
    large, remarks, failed = extremes(student, not wrong) if understood else ([], [], [])
    noticed = [finding(name if name in KNOWN else None, evidence) for name, evidence in student.noticed.items()]
    findings += large + noticed
    shown = [*wrong, *failed, *runs][0]
    return Answer(
        "wrong" if findings else "correct",
        findings,
        largest_relative_error(shown, tolerance),
        {"expected": for_json(shown.right.loss), "got": None if student.gradient_only else for_json(shown.seen.loss)},
        [] if findings else remarks_on(student, runs, kind) + remarks,
    )


def cannot_run(student, run):
    """Return the Answer for a function that raises; one-hot labels may be what it waits for."""
    arguments = zip(student.names, SIGNATURES[student.signature](run.b.z, run.b.y)[0])
    hint = "it gets NumPy arrays: " + ", ".join(f"{name} {np.shape(value)}" for name, value in arguments)
    if isinstance(run.raised.args[0], MemoryError):
        hint = "it needs more memory than there is: look for an array that grows"
    elif isinstance(run.raised.args[0], SystemExit):
        hint = "take the sys.exit() out"
    found = []
    try:
        if error(student(run.b.z, run.b.Y).gradient, run.right.gradient) <= TOLERANCE["float32"]:
            evidence = f"with one-hot labels {run.b.Y.shape} it is right; labels are class numbers, {run.b.y.tolist()}"
            found.append(finding("one-hot where indices are expected, or the reverse", evidence))
    except (Raised, Malformed, TypeError):
        pass
    return cannot(f"it raises an error. {run.raised}; {hint}", found)


def unequal_calls(student, run, tolerance):
    """Say how the results of equal calls differ, if they do."""
    for second in (student(run.b.z, run.b.y), student(run.b.z, run.b.y)):
        far = np.abs(second.gradient - run.seen.gradient)
        if error(second.gradient, run.seen.gradient) > tolerance and np.isfinite(far).all():
            n, i = np.unravel_index(far.argmax(), far.shape)
            pair = f"{run.seen.gradient[n, i]:.6g} and {second.gradient[n, i]:.6g}"
            return f"equal calls differ: at row {n}, class {i} they return {pair}"
        if loss_error(second.loss, run.seen.loss) > LOSS_TOLERANCE and np.isfinite(second.loss + run.seen.loss):
            return f"equal calls differ: they return the losses {run.seen.loss:.6g} and {second.loss:.6g}"
    return None


def remarks_on(student, runs, kind):
    """Return what is worth knowing about a right function."""
    remarks = []
    if kind == "float32":
        largest = max(run.gradient_error for run in runs)
        remarks.append(f"Computed in float32, right to {largest:.0e} of the largest entry. Check in float64.")
    elif max(run.loss_error for run in runs) > 1e-9:
        largest = max(run.loss_error for run in runs)
        remarks.append(f"The loss is off by {largest:.0e}, more than rounding: a constant inside the logarithm?")
    if student.signature == "W,X,y,reg":
        remarks.append("X was the identity and reg 0: X.T and the regularisation were not checked.")
    return remarks


# Words


def in_words(answer, paint=lambda text, colour: text):
    """Return the answer as text; paint(text, colour) may colour it."""
    from textwrap import fill

    def add(text, indent="", **colour):
        text = fill(text, 80, initial_indent=indent, subsequent_indent="  ", break_on_hyphens=False)
        lines.append(paint(text, **colour) if colour else text)

    lines = []
    verdict = answer["verdict"]
    add(f"{verdict.capitalize()}.", colour={"correct": "green", "wrong": "red"}.get(verdict, "yellow"))
    for found in answer["findings"]:
        lines.append("")
        if found["mistake"]:
            known = KNOWN[found["mistake"]]
            add(known.name[0].upper() + known.name[1:], colour="bold")
            for text in (found["evidence"], f"Hint: {known.hint}", f"Fix:  {known.fix}", f"Page: {found['page']}"):
                add(text, "  ")
        else:
            add(found["evidence"], "- ")
    gradient, loss = answer["gradient"], answer["loss"]
    lines.append("")
    if gradient["at"]:
        size, expected, got = (float(gradient[key]) for key in ("largest_relative_error", "expected", "got"))
        if size < 1e-12:  # its digits, and where it is, differ from one machine to the next
            add("Largest relative error below 1e-12: rounding.")
        else:
            add("Largest relative error {:.1e}: row {}, class {},".format(size, *gradient["at"])
                + f" expected {expected:.6g}, got {got:.6g}")  # fmt: skip
    if loss["got"] is not None:
        add(f"Loss: expected {float(loss['expected']):.6g}, got {float(loss['got']):.6g}")
    for remark in answer.remarks:
        add(f"Remark: {remark}")
    return "\n".join(lines).rstrip()


def painter(stream):
    """Return a function that colours text, if the stream is a terminal that wants it."""
    # Windows' older terminals print the codes instead of obeying them.
    coloured = stream.isatty() and not os.environ.get("NO_COLOR") and sys.platform != "win32"
    codes = {"bold": 1, "red": 31, "green": 32, "yellow": 33}
    return lambda text, colour: f"\x1b[{codes[colour]}m{text}\x1b[0m" if coloured else text


# The command: a parent that waits, and a child that runs the student's code


def parse(arguments):
    import argparse

    parser = argparse.ArgumentParser(
        prog="diagnose.py",
        description="Say what is wrong with a gradient of the softmax cross-entropy loss.",
        epilog="Exit code 0: correct. 1: wrong. 2: can't be checked. Memory is limited on Linux only.",
    )
    add = parser.add_argument
    add("file", help="Python file with your function")
    add("--function", default="loss_and_gradient", metavar="NAME", help="its name, if another one")
    add("--signature", default="N,k", choices=SIGNATURES, type=lambda text: text.strip("() ,").replace(" ", ""),
        help="what it takes: logits (N,k), (k,N) or (k,), and labels; or W,X,y,reg")  # fmt: skip
    add("--sum", action="store_true", help="the loss is the sum over the batch, not the mean")
    add("--gradient-only", action="store_true", help="it returns the gradient alone")
    add("--timeout", type=float, default=10, metavar="SECONDS", help="how long it may take: 10 s by default")
    add("--json", action="store_true", help="print the answer as JSON")
    add("--child", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments=None):
    """Run the command and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = parse(arguments)
    if options.child:
        return child(options)
    answer = answer_of_child(options, arguments)
    if sys.platform != "linux":
        answer.remarks.append("This system has no limit on memory.")
    text = json.dumps(answer, allow_nan=False) if options.json else in_words(answer, painter(sys.stdout))
    # A student's line may hold characters that the terminal lacks.
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "backslashreplace").decode(encoding))
    return {"correct": 0, "wrong": 1}.get(answer["verdict"], 2)


def answer_of_child(options, arguments):
    """Run this file in a process of its own and return its Answer."""
    import subprocess
    import tempfile

    # One thread is enough, and no plot may wait for somebody to close its window.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    nothing = subprocess.DEVNULL
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, main.__code__.co_filename, *arguments, "--child", folder]
        try:  # the child watches its own time; 5 s more if it can't
            ended = subprocess.run(command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment,
                                   timeout=options.timeout + 5).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            ended = "none"
        try:
            return Answer(**json.loads(Path(folder, "answer.json").read_text("utf-8")))
        except (OSError, ValueError):
            return cannot(why_no_answer(options, ended, Path(folder, "stopped.txt")))


def why_no_answer(options, ended, log):
    """Return why the child left no answer, with the line that it was in."""
    import linecache
    import re

    log = log.read_text("utf-8", "replace") if log.exists() else ""
    # faulthandler writes the deepest line first, and names in ASCII.
    file = str(Path(options.file).resolve())
    name = re.escape(file.encode("ascii", "backslashreplace").decode())
    line = re.search(rf'File "{name}", line (\d+)', log)
    where = f", in line {line[1]}: {linecache.getline(file, int(line[1])).strip()}" if line else ""
    if "Timeout" in log or ended == "none":
        return f"it did not end within {options.timeout:g} s{where}. If it is only slow, try --timeout 60"
    return f"it ended Python itself{where} (exit code {ended}): a crash, os._exit(), or no memory left"


def child(options):
    """Judge the file, and leave the answer in the folder that the parent reads."""
    watch(Path(options.child, "stopped.txt"), options.timeout)
    limit_memory()
    try:
        function = load(options.file, options.function)
        answer = judge(Student(function, options.signature, options.sum, options.gradient_only))
    except Cannot as reason:
        answer = cannot(str(reason))
    text = json.dumps({**answer, "remarks": answer.remarks}, allow_nan=False)
    Path(options.child, "answer.json").write_text(text, "utf-8")
    os._exit(0)  # whatever the student's code left running


def watch(path, seconds):
    """After so many seconds, or in a crash, write down the line that runs, and end."""
    import faulthandler

    log = open(path, "w")  # stays open as long as the process lives
    faulthandler.enable(log)
    faulthandler.dump_traceback_later(seconds, exit=True, file=log)


def limit_memory(gigabytes=2):
    """Limit what the process may allocate, where the system can."""
    if sys.platform == "linux":
        import resource

        # Data alone: libraries reserve far more addresses than they use.
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
    module = type(sys)("homework")
    module.__file__ = str(path)
    sys.modules["homework"] = module  # dataclasses look their module up
    sys.path[:0] = [str(path.parent), os.getcwd()]
    try:
        with students_code():  # not imported: that would leave a __pycache__ beside the homework
            exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    except Raised as raised:
        raise Cannot(f"it can't be loaded. {raised}") from None
    function = module
    for part in name.split("."):
        function = getattr(function, part, None)
    if not callable(function):
        raise Cannot(f"{file} has no function {name}: define it, or give its name with --function")
    return function


if __name__ == "__main__":
    sys.exit(main())
