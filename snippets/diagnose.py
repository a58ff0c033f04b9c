"""Say what is wrong with a gradient of the softmax cross-entropy loss.

    python diagnose.py homework.py            a verdict in words; exit code 0, 1 or 2
    python diagnose.py homework.py --json     the same for programs
    python diagnose.py --help                 other names, other signatures

homework.py defines loss_and_gradient(logits, labels): logits (N, k) float64, labels (N,) integers
from 0, returning the mean loss and its (N, k) gradient. What it returns in a third place is taken
for the probabilities. From a test or a notebook:

    from diagnose import diagnose
    diagnose(loss_and_gradient)

The program is judged by what it returns, never by its text. A mistake is named only when what it
would return is, to rounding, what the program did return: for several seeds, shapes and scales.
Whatever fits no mistake gets facts that narrow the search.

This file needs NumPy and nothing else. It stands alone: copy it where you like. Its parts: what is
right, what is known to go wrong, the student's function, the comparison, the facts, the verdict,
the words, the command.
"""

import itertools
import json
import os
import sys
import warnings
from collections import namedtuple
from contextlib import contextmanager, suppress
from pathlib import Path

if __name__ != "__main__" or "--child" in sys.argv:  # the command's parent process only waits
    import numpy as np

# Errors of a gradient are relative to its largest entry. In float64 they are about 1e-15, and 1e-8
# where 1e-12 was added to a small s; in float32 10 times 6e-8, for logits up to 10.
ROUNDING = {"float64": 1e-7, "float32": 5e-6}
WRONG = 5e-6  # more than float32 and forward differences bring; less than that is a remark
LOSS_WRONG = 1e-5  # relative to the loss or 1
ROUGHLY = 1e-3  # for huge logits: float32 resolves 1000 to 6e-5

NO_LIMIT = "Log-sum-exp of each row, shifted by its largest logit, has no such limit."
COLUMNS = "A row means one example here, as in logits (N, k): a column of your (k, N)."

Result = namedtuple("Result", "loss gradient")


# What is right


def softmax(z, axis=1):
    exponentials = np.exp(z - z.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


class Batch:
    """Logits z (N, k) and labels y (N,), with the probabilities P and the one-hot targets Y.

    A mistake puts others in the place of P or Y, or other weights W of -log P in the loss.
    """

    def __init__(self, z, y, changes=()):
        self.z, self.y, (self.N, self.k) = z, y, z.shape
        self.P, self.Y = softmax(z), np.eye(self.k)[y]
        self.W = self.Y
        vars(self).update({name: changes[name](self) for name in "PYW" if name in changes})

    @property
    def s_c(self):
        return (self.P * self.Y).sum(axis=1, keepdims=True)

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
    yield Batch(np.array([[6.0, 0.2, -0.5], [0.3, 1.1, -0.8]]), np.array([0, 2]))  # s_c is near 1 in the first row


# What is known to go wrong


def difference(b):
    return b.P - b.Y


def times_jacobian(s, rows):
    return s * (rows - (s * rows).sum(axis=1, keepdims=True))


def over_examples(b):
    return softmax(b.z, axis=0)


def shifted_over_examples(b):
    """The maximum is that of a row, as it should be: it does not cancel in a sum over examples."""
    exponentials = np.exp(b.z - b.z.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=0)


def over_everything(b):
    return softmax(b.z.ravel(), axis=0).reshape(b.z.shape)


def label_before(b):
    return np.roll(b.Y, -1, axis=1)  # NumPy takes -1 for the last class


def label_before_or_none(b):
    return label_before(b) * (b.y > 0)[:, np.newaxis]


def classes(*weights):
    """Weights of the first classes, the same in each row: what indices of 0 and 1 select."""
    return lambda b: np.ones((b.N, 1)) * np.eye(b.k)[: len(weights)].T.dot(weights)


class Mistake(namedtuple("Mistake", "name hint fix evidence variants", defaults=["", ()])):
    """A known mistake.

    `hint` is a question that leads to `fix`; both hold for a mean and a sum, for logits of each
    signature. `evidence` has a line with the fields of
    `numbers_for`. Each of `variants` is what the mistake puts in the place of the probabilities
    "P", the targets "Y", the loss's weights "W", the gradient's "form" and "sign".
    """

    @property
    def page(self):
        return "mistakes/#" + self.name.replace(",", "").replace("'", "").lower().replace(" ", "-")


ONE_CLASS = "row 0 of your gradient is {row}: 0 but at {targets}; there s is {s}, and N = {N}"
TARGETS = "in row 0 the label is {label}; your gradient is as if it were {targets}"
SIZE = "every entry {has} {ratio:.4g} times the size that it must have; N = {N}, k = {k}"

MISTAKES = [
    Mistake("forgot to subtract the one-hot",
            "Is s all there is, or does the formula have a second term?",
            "subtract 1 at the correct class of each example; in p (N, k): p[np.arange(N), labels] -= 1",
            "the rows of your gradient sum to {row_sums}, with N = {N}; they must sum to 0",
            [{"form": lambda b: b.P}]),
    Mistake("wrong sign",
            "Does the loss fall or rise when the logit of the correct class grows?",
            "the gradient is s - y, not y - s; the loss is -log s_c",
            "at row 0, class {label} your gradient is {correct:+.4g}; with the right sign it is {opposite:+.4g}",
            [{"sign": -1}]),
    Mistake("only the derivative of the loss by s",
            "The loss depends on z through s. Which factor of the chain rule is missing?",
            "multiply -1/s_c by row c of the Jacobian: the product is s - y",
            ONE_CLASS, [{"form": lambda b: -b.Y / b.P}]),
    Mistake("diagonal of the Jacobian taken for the answer",
            "Does s_c change when the logit of another class changes?",
            "the other classes count as well: -1/s_c times the whole row c is s - y",
            ONE_CLASS, [{"form": lambda b: -b.Y * b.P * (1 - b.P)}, {"form": lambda b: -b.Y * (1 - b.P)}]),
    Mistake("softmax over the wrong axis",
            "Which numbers must sum to 1: those of one example, or those of one class?",
            "sum, and take the maximum, over the classes of each example: in logits (N, k) with axis=1, keepdims=True",
            "the probabilities behind it sum to {rows} over the classes of each example, which must be 1, and to {columns}"
            " over the examples of each class",
            [{"P": over_examples}, {"P": over_everything}, {"P": shifted_over_examples},
             # and what automatic differentiation makes of such a loss
             {"P": over_examples, "form": lambda b: b.P * b.Y.sum(axis=0) - b.Y},
             {"P": over_everything, "form": lambda b: b.P * b.N - b.Y}]),
    Mistake("softmax applied twice",
            "What goes into your softmax: logits, or probabilities already?",
            "apply the softmax once; cross-entropy functions of libraries apply it themselves",
            "the probabilities behind it are {P} in row 0: the softmax of {s}, which is the softmax already",
            [{"P": lambda b: softmax(b.P)},
             {"P": lambda b: softmax(b.P), "form": lambda b: times_jacobian(softmax(b.z), b.P - b.Y)}]),
    Mistake("labels from 1",
            "Is the first class 0 or 1 in the labels, and in your index?",
            "labels count from 0: use them as they are, without - 1",
            TARGETS,
            [{"Y": label_before, "W": label_before}, {"Y": label_before_or_none, "W": label_before_or_none}]),
    Mistake("one-hot where indices are expected, or the reverse",
            "Are the labels N class numbers, or an (N, k) matrix of 0 and 1?",
            "index with class numbers, in p (N, k) as p[np.arange(N), labels]; multiply with a one-hot matrix",
            TARGETS,  # a one-hot row, used as indices, is 1 once and 0 elsewhere; -= 1 counts each class once
            [{"Y": classes(1, 1), "W": lambda b: classes(b.k - 1, 1)(b)},
             {"Y": classes(1, 1), "W": lambda b: classes(1 - 1 / b.k, 1 / b.k)(b)}]),
    Mistake("forgot the batch mean",
            "The loss is a mean over N. What does that 1/N do to its derivative?",
            "divide the gradient by N (or, if the loss is meant to be a sum, run this with --sum)",
            SIZE),
    Mistake("averaged twice",
            "How often is something divided by N on the way to the gradient?",
            "a mean is divided by N once, a sum not at all",
            SIZE),
    Mistake("averaged over all entries",
            "How many losses does a batch have: N, or N times k?",
            "a mean is divided by N, a sum by nothing; .mean() of (N, k) without an axis divides by N times k",
            SIZE),
    Mistake("averaged over the classes",
            "How many losses does a batch have: N, or k?",
            "don't divide by k, the number of classes; a mean is divided by N, the number of examples, a sum by nothing",
            SIZE),
    Mistake("loss and gradient disagree on the mean",
            "Is the loss a sum and the gradient that of a mean, or the reverse?",
            "divide both by N, or neither (--sum is for neither)",
            "your loss {is_} {loss_ratio:.4g} times and your gradient {ratio:.4g} times the right one; N = {N}, k = {k}"),
    Mistake("unstable softmax",
            "What is exp(1000)? And exp(-1000), if it is all that a sum has?",
            "subtract each example's largest logit before exp: it changes nothing else"),
    Mistake("log of an underflowed probability",
            "What is log(exp(-800)) on a computer?",
            "take the logarithm first: loss = log(sum(exp(z - m))) - (z_c - m)"),
    Mistake("the caller's logits changed",
            "Does your function work on a copy, or on the array that it was given?",
            "write z = z - z.max(...) instead of z -= z.max(...), or begin with a copy"),
    Mistake("the returned probabilities corrupted",
            "After d = p, how many arrays are there?",
            "d = p.copy(), and then subtract 1 from d"),
]  # fmt: skip
KNOWN = {mistake.name: mistake for mistake in MISTAKES}

SCALES = {  # what the sum over the batch may be multiplied by
    "mean": lambda b: 1 / b.N,
    "sum": lambda b: 1.0,
    "averaged twice": lambda b: 1 / b.N**2,
    "averaged over all entries": lambda b: 1 / (b.N * b.k),
    "averaged over the classes": lambda b: 1 / b.k,
}
OVER = dict(zip(SCALES, [" / N", "", " / N²", " / (N k)", " / k"]))


def predicted(changes, scale, b):
    """Return the Result of a program with these mistakes; with none, the right one."""
    seen, factor = Batch(b.z, b.y, changes), changes.get("sign", 1) * SCALES[scale](b)
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


# What has no name, but a formula: with its reason, and what it makes of a batch
FORMULAS = {
    "gradient": [
        ("s_c (s - y)", "the derivative of -s_c, where the logarithm is missing", lambda b: b.s_c * difference(b)),
        ("(s - y) s (1 - s)", "s (1 - s) belongs to a sigmoid; s - y is all there is",
         lambda b: difference(b) * b.P * (1 - b.P)),
        ("s times (s - y - sum of s (s - y))", "the Jacobian times s - y, as for a squared error; for this loss, s - y is"
         " the gradient by the logits already, with no Jacobian behind it", lambda b: times_jacobian(b.P, difference(b))),
        ("(s - y) / (s (1 - s))", "a binary cross-entropy by s", lambda b: difference(b) / (b.P * (1 - b.P))),
        ("s (1 - s)", "the diagonal of the Jacobian", lambda b: b.P * (1 - b.P)),
        ("s - 1", "1 is to be subtracted at the correct class alone", lambda b: b.P - 1),
        ("s - 1 at the labels of all rows", "of p (N, k), p[:, labels] takes them all in each row, p[np.arange(N), labels] each"
         " row's own", lambda b: b.P - b.Y.any(axis=0)),
        ("s - c", "not the number of the class is to be subtracted, but 1 there", lambda b: b.P - b.y[:, np.newaxis]),
        ("N s - y", "only y is divided by N", lambda b: b.N * b.P - b.Y),
        ("s - N y", "only s is divided by N", lambda b: b.P - b.N * b.Y),
        ("log s - y", "logarithms stand in the place of the probabilities", lambda b: np.log(b.P) - b.Y),
        ("z - y", "logits stand in the place of the probabilities", lambda b: b.z - b.Y),
        ("exp(z) - y", "each row of exp(z) is to be divided by its sum", lambda b: np.exp(b.z) - b.Y),
        ("exp(z - max) - y", "each row of exp is to be divided by its sum",
         lambda b: np.exp(b.z - b.z.max(axis=1, keepdims=True)) - b.Y),
        ("s, but -1/s at the correct class", "the derivative by s in one place, by z in the others",
         lambda b: np.where(b.Y, -1 / b.P, b.P)),
        ("sigmoid(z) - y", "each class for itself; a softmax divides by the sum over all",
         lambda b: 1 / (1 + np.exp(-b.z)) - b.Y),
    ],
    "loss": [
        ("s_c", "the logarithm is missing", lambda b: b.s_c),
        ("log2 s_c", "it must be the natural logarithm", lambda b: np.log2(b.s_c)),
        ("log10 s_c", "it must be the natural logarithm", lambda b: np.log10(b.s_c)),
        ("y log s + (1 - y) log(1 - s)", "a binary cross-entropy", lambda b: np.log(np.where(b.Y, b.P, 1 - b.P))),
        ("y log p + (1 - y) log(1 - p), with p = sigmoid(z)", "a binary cross-entropy of each class",
         lambda b: -np.log1p(np.exp(np.where(b.Y, -b.z, b.z)))),
        ("(s - y)²", "a squared error", lambda b: difference(b) ** 2),
        ("s log s", "the entropy: the labels do not occur", lambda b: b.P * np.log(b.P)),
        ("log s", "all classes count, not just the correct one", lambda b: np.log(b.P)),
        ("z_c", "without the logarithm of the sum of exponentials", lambda b: b.z * b.Y),
        ("log sum exp(z)", "without z_c", lambda b: np.log(np.exp(b.z).sum(axis=1))),
        ("log sum exp(z - m) - z_c", "the largest logit m is subtracted from z, and not from z_c",
         lambda b: -np.log(b.s_c).ravel() - b.z.max(axis=1)),
        ("log sum exp(z) + m - z_c", "the largest logit m is subtracted from z_c, and not from z",
         lambda b: -np.log(b.s_c).ravel() + b.z.max(axis=1)),
        ("mean of log s at the labels of all rows",
         "of p (N, k), p[:, labels] takes them all in each row, p[np.arange(N), labels] each row's own",
         lambda b: b.Y.mean(axis=0) * np.log(b.P)),
        ("log max s", "the largest class is not the correct one", lambda b: np.log(b.P.max(axis=1))),
    ],
}  # fmt: skip


# The student's function


class Stop(Exception):
    """Ends the judgement. The arguments: the verdict, and why, with the way out."""


class Raised(Exception):
    """The student's code raised. The arguments: its exception, and the student's own line."""

    def __str__(self):
        error, line = self.args
        return f"{line}{type(error).__name__}: {error}".removesuffix(": ")


@contextmanager
def students_code():
    """Turn what the student's code raises into `Raised`; its warnings are not our subject."""
    process = os.getpid()
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():  # whatever it sets itself
            warnings.simplefilter("ignore")
            yield
    except (Stop, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise Raised(error, own_line(error)) from None
    finally:
        if os.getpid() != process:
            os._exit(0)  # a fork that the student's code left: one process judges, not two


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


# How a batch is put to the function, by its signature: one call, or one for each example. The
# gradient has the shape of the first argument.
SIGNATURES = {
    "N,k": lambda z, y: [(z.copy(), y.copy())],
    "k,N": lambda z, y: [(z.T.copy(), y.copy())],
    "k": lambda z, y: [(row.copy(), int(label)) for row, label in zip(z, y)],
    # A column of zeros, so that X.shape[1] is not N. The row of W that it meets changes nothing.
    "W,X,y,reg": lambda z, y: [(np.vstack([z, z[:1]]), np.eye(len(z), len(z) + 1), y.copy(), 0.0)],
}


class Student:
    """The student's function: called with copies, its results taken as a `Result`."""

    def __init__(self, function, signature, summed, gradient_only):
        if signature not in SIGNATURES:
            raise ValueError(f"signature is {signature!r}; it must be one of {', '.join(map(repr, SIGNATURES))}")
        self.function, self.signature, self.gradient_only = function, signature, gradient_only
        # Calls for one example each are added up: there is no mean to forget.
        self.scale = "sum" if summed or signature == "k" else "mean"
        self.names = ["W", "X", "y", "reg"] if signature == "W,X,y,reg" else ["logits", "labels"]
        self.noticed = {}  # evidence by mistake, of the first call that made it
        self.corrupted = []  # evidence of each call that returned probabilities, None if they are none

    def __call__(self, z, y):
        """Return the Result for logits (N, k) and labels (N,)."""
        parts = [self.one_call(arguments) for arguments in SIGNATURES[self.signature](z, y)]
        gradient = parts[0].gradient
        if self.signature == "k":
            gradient = np.stack([part.gradient for part in parts])
        elif self.signature == "k,N":
            gradient = gradient.T
        return Result(sum(part.loss for part in parts), gradient)

    def one_call(self, arguments):
        before = [np.copy(argument) for argument in arguments]
        with students_code():
            arrays = [as_array(part) for part in self.parts(self.function(*arguments))]
            # Copied at once: the next call may write into the same array.
            loss, gradient, *more = [array.copy() for array in arrays]
        self.look_at_inputs(before, arguments)
        result = checked(loss, gradient, before[0].shape)
        if self.signature == "W,X,y,reg":
            gradient, result = gradient[:-1], result._replace(gradient=result.gradient[:-1])
        if more and more[0].shape == gradient.shape and more[0].dtype.kind == "f":
            self.look_at_probabilities(gradient, more[0], np.shares_memory(*arrays[1:]))
        return result

    def look_at_inputs(self, before, after):
        for name, old, new in zip(self.names, before, after):
            if old.shape != np.shape(new):
                self.notice(name, f"{name} had shape {old.shape} before the call and {np.shape(new)} after it")
            elif (changed := ~(np.abs(old - new) <= 1e-9)).any():  # z -= m and then z += m leave rounding errors
                at = tuple(np.argwhere(changed)[0].tolist())
                mistake = "the caller's logits changed" if name in ("logits", "W") else name
                self.notice(mistake, f"{name}{list(at)} was {old[at]:.4g} before the call and {new[at]:.4g} after it")

    def look_at_probabilities(self, gradient, p, same_memory):
        """Notice p after `p -= y`: before the division by N, or where the gradient lies. Other sums of 0 may be meant."""
        classes = 0 if self.signature == "k,N" else -1
        N, row_sum = gradient.size // gradient.shape[classes], np.abs(p.sum(axis=classes)).max()
        if row_sum < 1e-5 and (same_memory or np.allclose(p, N * gradient, atol=1e-6)):
            evidence = f"the rows of the probabilities that you return sum to {row_sum:.1g}; they must sum to 1"
            self.corrupted.append(evidence if same_memory or N > 1 else "")  # N = 1 tells nothing
        else:
            self.corrupted.append(None)

    def notice(self, mistake, evidence):
        self.noticed.setdefault(mistake, evidence)

    def parts(self, returned):
        """Return the loss, the gradient and, if there is one, the third thing that was returned."""
        several = isinstance(returned, (tuple, list)) and len(returned) >= 2
        if self.gradient_only and several and np.ndim(returned[0]) == 0 < np.ndim(returned[1]):
            raise Stop("cannot check", "it returns more than the gradient: leave out --gradient-only")
        if self.gradient_only:
            return np.nan, returned
        if several and any(part is None for part in returned[:2]):
            raise Stop("cannot check", f"it returns None for its {'loss' if returned[0] is None else 'gradient'}")
        if several:
            return returned[:3]
        if returned is None:
            raise Stop("cannot check", "it returns None: end it with `return loss, gradient`")
        raise Stop("cannot check", f"it returns one {type(returned).__name__}, not a loss and a gradient: end it with"
                   " `return loss, gradient`, or use --gradient-only if this is the gradient")  # fmt: skip


def as_array(part):
    """Return a number, nested lists, a NumPy array, or a PyTorch tensor as an array, of float64 if it can be."""
    if hasattr(part, "detach"):
        part = part.detach().cpu().numpy()
    try:
        array = np.asarray(part)
    except ValueError:  # lists of different lengths
        return np.array(None)
    with suppress(TypeError, ValueError):
        return array.astype(np.float64) if array.dtype == object else array  # Decimal and Fraction become numbers
    return array


def checked(loss, gradient, shape):
    """Return a Result of arrays with the right shapes and types."""
    if loss.size != 1 or loss.dtype.kind not in "fiu":
        hint = "; is it the gradient? The order is loss, gradient" if loss.shape == shape else ""
        raise Stop("wrong", f"your loss has shape {loss.shape} and dtype {loss.dtype}; it must be one real number{hint}")
    if gradient.dtype.kind != "f" or gradient.dtype.itemsize < 4:
        raise Stop("wrong", f"your gradient has dtype {gradient.dtype}; it must be float64 (float32 will do)")
    if gradient.shape != shape:
        hint = ": it is transposed" if gradient.shape == shape[::-1] else ""
        raise Stop("wrong", f"your gradient has shape {gradient.shape}; it must have that of its input, {shape}{hint}")
    return Result(float(loss.reshape(())), gradient.astype(np.float64))


# The comparison


def error(got, expected, least=0.0):
    """Return the largest error, relative to the largest number expected or to `least`.

    It is infinite if anything is not finite, so that no comparison lets NaN pass.
    """
    relative = np.max(np.abs(got - expected)) / (max(np.max(np.abs(expected)), least) or 1.0)
    return relative if np.isfinite(relative) else np.inf


class Run:
    """A batch, what the function returned or raised for it, and what it must return."""

    def __init__(self, student, b, labels=None):
        self.student, self.b, self.right = student, b, predicted({}, student.scale, b)
        try:
            self.seen, self.raised = student(b.z, b.y if labels is None else labels), None
        except Raised as raised:
            self.seen, self.raised = Result(np.nan, np.full(b.z.shape, np.nan)), raised
        self.gradient_error = error(self.seen.gradient, self.right.gradient)
        self.loss_error = 0.0 if student.gradient_only else error(self.seen.loss, self.right.loss, least=1.0)
        # With "not", so that NaN is wrong.
        far = np.abs(self.seen.gradient - self.right.gradient)
        self.mask = ~(far <= WRONG * np.abs(self.right.gradient).max())

    def has_loss(self):
        return bool(np.isfinite(self.seen.loss) or self.student.gradient_only)

    def is_finite(self):
        return self.has_loss() and bool(np.isfinite(self.seen.gradient).all())

    def is_wrong(self, of_gradient=WRONG, of_loss=LOSS_WRONG):
        return self.gradient_error > of_gradient or self.loss_error > of_loss

    def underflows(self):
        """Return whether NumPy raised because exp of something far below rounds to 0: log-sum-exp lives with that."""
        return bool(self.raised and "underflow encountered" in str(self.raised.args[0]))

    def outcome(self):
        if self.raised:
            return f"it raises {self.raised}"
        loss = "" if self.student.gradient_only else f"loss {self.seen.loss:.4g}, "
        return f"{loss}gradient {show(self.seen.gradient)}"


def show(values):
    shown = [f"{value:.4g}" for value in np.ravel(values)]
    return f"[{' '.join(shown if len(shown) <= 16 else [*shown[:4], '...'])}]"


def apart(one, other, digits):
    """Return two numbers with so many digits, or more if they look alike."""
    texts = f"{one:.{digits}g}", f"{other:.{digits}g}"
    return texts if texts[0] != texts[1] or digits > 16 else apart(one, other, digits + 1)


def precision(student, run):
    """Return "float32" if the gradient lacks float64's digits, else "float64".

    A change of the logits by 1e-10 of their size moves a float64 result in its last digits,
    and leaves a float32 result exactly as it was.
    """
    nudged = student(run.b.z * (1 + 1e-10), run.b.y).gradient
    return "float32" if np.mean(nudged == run.seen.gradient) > 0.9 else "float64"


def fits(runs, part, prediction, kind):
    """Return whether the loss or the gradient of all runs is that of prediction(batch)."""
    least, tolerance = (1.0, LOSS_WRONG) if part == "loss" else (0.0, ROUNDING[kind])
    return all(error(getattr(run.seen, part), prediction(run.b), least) <= tolerance for run in runs)


def explain(student, runs, part, kind):
    """Return names, changes and scale of the one explanation that fits the loss or gradient of all runs.

    It is the one with the fewest names, two at most. None if nothing fits, or if different ones do.
    """
    found = {}
    for (names, changes), scale in itertools.product(combinations(), SCALES):
        count = len(names) + (scale != student.scale)
        if count > 2 or (part == "loss" and "form" in changes):
            continue  # a formula of the gradient says nothing of the loss
        if fits(runs, part, lambda b: getattr(predicted(changes, scale, b), part), kind):
            found.setdefault(count, []).append((names, changes, scale))
    best = found[min(found)] if found else []
    return best[0] if len({(names, scale) for names, _, scale in best}) == 1 else None


def constant_in_the_logarithm(student, runs, kind):
    """Return the constant of a loss -log(s_c + constant), whose gradient is its derivative or s - y; or None."""
    for constant in (1e-8, 1e-7, 1e-6, 1e-5):

        def is_that(run):
            b, scale = run.b, SCALES[student.scale](run.b)
            loss, gradient = -np.log(b.s_c + constant).sum(), difference(b) * b.s_c / (b.s_c + constant)
            right = student.gradient_only or error(run.seen.loss, scale * loss, least=1.0) <= ROUNDING[kind]
            return right and min(run.gradient_error, error(run.seen.gradient, scale * gradient)) <= ROUNDING[kind]

        if all(is_that(run) for run in runs):
            return constant
    return None


# The findings


def finding(mistake, evidence, page="is-mine-right/#facts"):
    """Return a finding; that of a fact names no mistake."""
    return {"mistake": mistake, "evidence": evidence, "page": KNOWN[mistake].page if mistake else page}


def numbers_for(student, run, gradient, loss):
    """Return the numbers of the evidence, by name."""
    (_, changes, scale), (_, of_loss, loss_scale) = gradient, loss
    b, seen = Batch(run.b.z, run.b.y, changes), run.seen
    sums = [f"{row_sum:.4g}" for row_sum in seen.gradient.sum(axis=1)]
    return {
        "N": b.N, "k": b.k, "label": b.y[0], "targets": np.flatnonzero(b.Y[0]).tolist() or "no class",
        "row": show(seen.gradient[0].round(12) + 0),
        "correct": seen.gradient[0, b.y[0]], "opposite": -seen.gradient[0, b.y[0]],
        "row_sums": sums[0] if len(set(sums)) == 1 else show(seen.gradient.sum(axis=1)), "s": show(softmax(b.z)[0]),
        "P": show(b.P[0]), "rows": show(b.P.sum(axis=1)), "columns": show(b.P.sum(axis=0)),
        # Beside another mistake it is what remains when that is mended.
        "has": "would still have" if changes else "has", "is_": "would still be" if changes or of_loss else "is",
        "ratio": SCALES[scale](b) / SCALES[student.scale](b), "loss_ratio": SCALES[loss_scale](b) / SCALES[student.scale](b),
    }  # fmt: skip


def named_mistakes(student, run, gradient, loss):
    """Return findings for the explanations of gradient and loss; None explains nothing."""
    both, nothing = gradient and loss and not student.gradient_only, ((), {}, student.scale)
    gradient, loss = gradient or nothing, loss or nothing
    (names, _, scale), (loss_names, _, loss_scale) = gradient, loss
    names = list(names)
    if both and loss_scale != scale and not loss_scale == student.scale == "mean":
        names.append("loss and gradient disagree on the mean")
    if scale != student.scale and scale != "mean":
        names.append("forgot the batch mean" if scale == "sum" else scale)
    numbers = numbers_for(student, run, gradient, loss)
    found = [finding(name, KNOWN[name].evidence.format(**numbers)) for name in names]
    evidence = f"your loss is {run.seen.loss:.6g}, as with this mistake; it must be {run.right.loss:.6g}"
    found += [finding(name, evidence) for name in loss_names if name not in names]
    if scale == "mean" != student.scale and (loss_scale == "mean" or student.gradient_only):
        what = "your gradient is that" if student.gradient_only else "loss and gradient are both those"
        found.append(finding(None, f"{what} of the mean: leave out --sum"))
    return found


def large_logits(student, is_right):
    """Return a finding and the failed Run for logits near 1000, near -1000, or both."""
    near, y = np.array([[0.3, -1.2, 0.8, 0.1]]), np.array([1, 2])
    both = np.concatenate([near + 1000, near - 1000])
    where = ["1000", "-1000", "1000 in one row, -1000 in another"]
    for rows, place in zip([[0], [1], [0, 1]], where):
        run = Run(student, Batch(both[rows], y[rows]))
        finite = np.isfinite(run.seen.gradient).all()
        # A loss that is not finite beside a right gradient is the logarithm's affair, below.
        fine = run.gradient_error <= ROUGHLY and (run.loss_error <= ROUGHLY or not np.isfinite(run.seen.loss))
        if fine or (finite and not is_right):
            continue
        evidence = f"for logits near {place}: {run.outcome()}"
        if run.b.N == 2:
            return [finding(None, evidence + "; each row alone is fine: subtract each row's own maximum")], [run]
        overflow = isinstance(run.raised.args[0], ArithmeticError) if run.raised else not np.isfinite(run.seen.loss)
        return [finding("unstable softmax" if overflow or not (finite or run.raised) else None, evidence)], [run]
    return [], []


def large_top(student, kind):
    """Return findings, remarks and failed Runs for a correct class that is far above 39 others.

    A row that is shifted by its mean keeps 39/40 of the distance, too much for exp at the larger one
    of two. At the smaller one 1 / s is infinite already, which a right gradient may live with.
    """
    distances = (90.0, 100.0) if kind == "float32" else (720.0, 740.0)
    near, far = (Run(student, Batch(np.eye(40)[1:2] * distance, np.array([1]))) for distance in distances)
    if far.is_finite() or far.underflows():
        return [], [], []
    where = f"where the correct class is {distances[1]:g} above 39 others: {far.outcome()}"
    if near.is_finite():
        return [finding("unstable softmax", where)], [], [far]
    if far.has_loss():
        return [], [f"It breaks down {where}. {NO_LIMIT}"], []
    if far.raised and not isinstance(far.raised.args[0], ArithmeticError):
        return [], [], []  # it may take fewer classes alone
    return [finding(None, f"{where}. {NO_LIMIT}")], [], [far]


def large_gap(student, is_right):
    """Return findings, remarks and failed Runs for a correct class that is 15 or 800 below another."""
    def at(gap):
        return Run(student, Batch(np.array([[0.0, -gap, -1.0, -2.0]]), np.array([1])))

    def words_for(run):
        right = f"loss {run.right.loss:.4g}, gradient {show(run.right.gradient)}"
        return f"logits {show(run.b.z)}, label 1: {run.outcome()}", right

    # There s_c is 2e-7: a constant of 1e-7 in the logarithm takes 3 % of the loss, and a third of its derivative.
    near, run = at(15.0), at(800.0)
    where, right = words_for(near)
    if is_right and near.is_wrong(0.5, 0.05):
        return [finding(None, f"{where}; it must be {right}")], [], [near]
    where, right = words_for(run)
    # math.log(0) and math.exp(800) raise, the first with words that depend on the version of Python.
    words = ("math domain", "positive input", "OverflowError")
    if not run.has_loss() and (not run.raised or any(word in str(run.raised) for word in words)):
        evidence = f"{where}; the loss must be {run.right.loss:.4g}"
        # exp(-gap) is 0 beyond 103 in float32, beyond 745 in float64; exp(gap) and 1 / s are infinite before that.
        if at(720.0).has_loss() or (at(90.0).has_loss() and not at(110.0).has_loss()):
            return [finding("log of an underflowed probability", evidence)], [], [run]
        return [finding(None, f"{evidence}. {NO_LIMIT}")], [], [run]
    if run.underflows() or not run.is_wrong(ROUGHLY, ROUGHLY):
        return [], [], []
    capped = run.loss_error > ROUGHLY and error(run.seen.loss, at(720.0).seen.loss) <= ROUGHLY
    what = f"The loss is capped at {run.seen.loss:.4g}" if capped else "It breaks down"
    return [], [f"{what}: for {where}, where {right} is right. {NO_LIMIT}"], []


# The facts, for what has no name: each a test, what it means, and what its opposite means

CONDITIONS = [  # for which batches it is wrong
    (lambda b: b.N == 1, "N = 1", "N > 1"),
    (lambda b: b.k == b.N, "k = N", "k is not N"),
    (lambda b: b.k == 2, "k = 2", "k > 2"),
    (lambda b: len(set(b.y.tolist())) < b.N, "labels repeat", "no label repeats"),
    (lambda b: b.N > b.k, "N > k", "N is at most k"),
    (lambda b: b.k >= 10, "k is 10 or more", "k is below 10"),
    (lambda b: len(set(b.z[0].tolist())) < b.k, "logits of a row are equal", "no logits of a row are equal"),
]
ENTRIES = [  # for which entries
    (lambda b: b.Y > 0, "the correct class", "classes other than the correct one"),
    (lambda b: np.arange(b.k) == 0, "the first class", "the classes after the first"),
    (lambda b: np.arange(b.k) == b.k - 1, "the last class", "the classes before the last"),
    (lambda b: np.isin(np.arange(b.k), b.y) & (b.Y == 0), "classes that are the label of another row",
     "the correct class and classes that are no label"),
    (lambda b: b.z == b.z.max(axis=1, keepdims=True), "the largest logit of each row", "logits below the largest of a row"),
    (lambda b: b.z < 0, "negative logits", "logits that are not negative"),
    (lambda b: b.z > 0, "positive logits", "logits that are not positive"),
]  # fmt: skip
ROWS = [  # for which rows
    (lambda b, n: n == 0, "the first row", "the rows after the first"),
    (lambda b, n: n == b.N - 1, "the last row", "the rows before the last"),
    (lambda b, n: b.y[n] in b.y[n + 1 :], "the rows whose label comes again later", "the last row with each label"),
    (lambda b, n: b.y[n] in b.y[:n], "the rows whose label came before", "the first row with each label"),
    (lambda b, n: (b.y == b.y[n]).sum() > 1, "the rows whose label other rows have too", "the rows with a label of their own"),
    (lambda b, n: b.y[n] == 0, "the rows with label 0", "the rows with another label than 0"),
    (lambda b, n: b.y[n] == b.k - 1, "the rows with the last label", "the rows with another label than the last"),
    (lambda b, n: b.z[n].argmax() == b.y[n], "the rows where the correct class has the largest logit",
     "the rows where another class has the largest logit"),
]  # fmt: skip
ENTRIES += [(lambda b, test=test: np.array([[test(b, n)] for n in range(b.N)]), *names) for test, *names in ROWS]


def facts(student, runs, kind):
    """Return what can be said of a wrong result that fits no known mistake."""
    found = []
    failing = [run for run in runs if run.gradient_error > WRONG]
    if failing:
        run, sums = failing[0], failing[0].seen.gradient.sum(axis=1)
        found += [
            fact_condition(runs, failing),
            fact_place(failing),
            fact_equal_rows(failing),
            fact_formula(runs, "gradient", kind) or fact_values(failing) or fact_targets(student, failing)
            or fact_probabilities(student, failing),
            f"the rows of your gradient sum to {show(sums)}; they must sum to 0"
            if np.abs(sums).max() > 1e-5 * np.abs(run.seen.gradient).max() else None,
            fact_other_rows(student, run),
            fact_own_loss(student, runs, run, kind),
        ]  # fmt: skip
    lossy = [run for run in runs if run.loss_error > LOSS_WRONG]
    if lossy:
        got, expected = lossy[0].seen.loss, lossy[0].right.loss
        nan = ". Is 1 subtracted from s before its logarithm is taken?" if np.isnan(got) else ""
        found += [f"for {lossy[0].b} your loss is {got:.6g}; it must be {expected:.6g}{nan}",
                  fact_formula(runs, "loss", kind) or fact_temperature(student, runs, kind)]  # fmt: skip
        if not failing:
            found += ["your gradient is right", fact_condition(runs, lossy)]
    return [finding(None, fact) for fact in found if fact]


def fact_condition(runs, failing):
    """Say for which batches it is wrong, if it is right for others."""
    if len(failing) == len(runs):
        return None
    for test, *names in CONDITIONS:
        for name, value in zip(names, (True, False)):
            if [run for run in runs if test(run.b) == value] == failing:
                return f"of the {len(runs)} batches tried, it is wrong in exactly those where {name}"
    right = ", ".join(str(run.b) for run in runs if run not in failing)
    return f"of the batches tried, it is wrong for {', '.join(str(run.b) for run in failing)}; right for {right}"


def fact_place(failing):
    """Say which entries are wrong, if others are right."""
    if all(run.mask.all() for run in failing):
        return None
    for place, *names in ENTRIES:
        for name, value in zip(names, (True, False)):
            if all((run.mask == (place(run.b) == value)).all() for run in failing):
                return f"in each wrong batch tried, the wrong entries are exactly those of {name}"
    mask = failing[0].mask
    rows, columns = (np.flatnonzero(mask.any(axis=axis)).tolist() for axis in (1, 0))
    return f"for {failing[0].b} {mask.sum()} of {mask.size} entries are wrong, in rows {rows}, classes {columns}"


def fact_equal_rows(failing):
    """Say whether the gradient has the same row N times, and not only zeros."""
    gradients = [run.seen.gradient for run in failing if run.b.N > 1]
    if gradients and all(rows.any() and (rows == rows[0]).all() for rows in gradients):
        return "all rows of your gradient are equal. Is it one row, N times, as [[0] * k] * N makes it?"
    return None


def fact_temperature(student, runs, kind):
    """Say whether the loss is right for logits of another size."""
    for t in (0.1, 0.2, 0.25, 0.5, 2, 3, 4, 5, 10):
        if fits(runs, "loss", lambda b: predicted({}, student.scale, Batch(t * b.z, b.y)).loss, kind):
            return f"your loss is that of the softmax of {t:g} times the logits"
    return None


def fact_formula(runs, part, kind):
    """Say which formula gives the loss or the gradient of all runs."""
    factors = {1: "", -1: "-", 2: "2 ", -2: "-2 "}
    for (formula, reason, form), factor, scale in itertools.product(FORMULAS[part], factors, SCALES):
        whole = np.sum if part == "loss" else np.array
        if fits(runs, part, lambda b: factor * SCALES[scale](b) * whole(form(b)), kind):
            total = "sum of " if part == "loss" else ""
            return f"your {part} is {factors[factor]}{total}({formula}){OVER[scale]}: {reason}"
    return None


def fact_targets(student, failing):
    """Say what is subtracted from the softmax, where it is one of two values in each row."""
    targets = {run: run.b.P - run.seen.gradient / SCALES[student.scale](run.b) for run in failing if run.b.k > 2}
    if not targets or any(len(set(row.round(6).tolist())) > 2 for T in targets.values() for row in T):
        return None
    run, T = next(iter(targets.items()))
    n = np.abs(T - run.b.Y).max(axis=1).argmax()
    return f"for {run.b}, row {n}, {show(T[n].round(6) + 0)} is subtracted from s; it must be {show(run.b.Y[n])}"


def proportion(values, to, exact):
    """Return c if the values are c times others, to 1e-5 of the largest `exact`; else None."""
    c = (values * to).sum() / (to * to).sum()
    return c if values.size > 1 and np.abs(values - c * to).max() <= 1e-5 * np.abs(exact).max() else None


def fact_values(failing):
    """Say what the wrong entries have in common: not finite, 0, a ratio, a distance."""
    wrong = [(run.seen.gradient[run.mask], run.right.gradient[run.mask], run.b.z[run.mask]) for run in failing]
    got, expected, z = (np.concatenate(arrays) for arrays in zip(*wrong))
    off = got - expected
    if not np.isfinite(got).all():
        return f"{np.count_nonzero(~np.isfinite(got))} of the {got.size} wrong entries are nan or inf"
    if not got.any():
        return "the wrong entries are all 0"
    if ratio := proportion(got, expected, off):
        return f"each wrong entry is {ratio:.6g} times what it must be"
    if distance := proportion(off, np.ones(off.size), off):
        return f"each wrong entry is off by {distance:+.4g}"
    if factor := proportion(off, z, off):
        return f"each wrong entry is off by {factor:+.4g} times its logit"
    ratios = [proportion(one, other, one - other) for one, other, _ in wrong]
    if all(ratios):
        each = ", ".join(f"{ratio:.4g} for {run.b}" for ratio, run in zip(ratios, failing))
        return f"the factor of the wrong entries differs from batch to batch: {each}"
    return None


def fact_probabilities(student, failing):
    """Say what the probabilities behind the gradient are: the gradient plus the one-hot."""
    behind = [run.seen.gradient / SCALES[student.scale](run.b) + run.b.Y for run in failing]
    if not all((p > 0).all() and np.allclose(p.sum(axis=1), 1, atol=1e-5) for p in behind):
        return None
    # The logarithms of a softmax of t times the logits differ by t times the logits' differences.
    logs, z = (np.concatenate([np.diff(rows).ravel() for rows in of_runs])
               for of_runs in (map(np.log, behind), [run.b.z for run in failing]))  # fmt: skip
    if t := proportion(logs, z, logs):
        return f"the probabilities behind it are the softmax of {t:.6g} times the logits"
    b = failing[0].b
    n, i = np.unravel_index(np.abs(behind[0] - b.P).argmax(), b.P.shape)
    has, must = apart(behind[0][n, i], b.P[n, i], 4)
    return (f"the probabilities behind it are positive and sum to 1, but are not the softmax: for {b}, row {n}, class {i}"
            f" has {has} and must have {must}")  # fmt: skip


def fact_other_rows(student, run):
    """Say whether the first row changes with the last one, or the last with the first."""
    sentences = {(0, -1): "row 0 depends on the {} of the last row", (-1, 0): "the last row depends on the {} of row 0"}
    for (seen, moved), sentence in sentences.items():
        z, y = run.b.z.copy(), run.b.y.copy()
        z[moved] += np.linspace(-1, 1, run.b.k)
        y[moved] = (y[moved] + 1) % run.b.k
        for what, result in [("logits", student(z, run.b.y)), ("label", student(run.b.z, y))]:
            one, other = show(run.seen.gradient[seen]), show(result.gradient[seen])
            if run.b.N > 1 and one != other:
                return f"{sentence.format(what)}: {one} becomes {other}"
    return None


def fact_own_loss(student, runs, run, kind):
    """Say whether the gradient is the derivative of the function's own loss."""
    if student.gradient_only or not np.isfinite(run.seen.loss + run.seen.gradient.sum()):
        return None
    # Steps near the cube root of the rounding error, and the digits that they leave.
    step, tolerance = (1e-5, 1e-6) if kind == "float64" or run.loss_error < 1e-9 else (1e-2, 1e-2)
    numeric = np.empty_like(run.b.z)
    for at in np.ndindex(numeric.shape):
        move = np.zeros_like(numeric)
        move[at] = step
        numeric[at] = (student(run.b.z + move, run.b.y).loss - student(run.b.z - move, run.b.y).loss) / (2 * step)
    lossy = any(each.loss_error > LOSS_WRONG for each in runs)
    if error(run.seen.gradient, numeric) <= tolerance:
        return "your gradient is the derivative of your loss: the mistake is in the loss, or before it" if lossy else None
    n, i = np.unravel_index(np.abs(run.seen.gradient - numeric).argmax(), numeric.shape)
    differences, own = apart(numeric[n, i], run.seen.gradient[n, i], 4)
    return (f"your loss is {'wrong as well' if lossy else 'right'}, but your gradient is not its derivative: at row {n},"
            f" class {i} differences of your loss give {differences}, your gradient has {own}")  # fmt: skip


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


def largest_relative_error(run):
    """Return the entry whose error is largest beside it, of the wrong entries if there are any."""
    got, expected, among = run.seen.gradient, run.right.gradient, run.mask | ~run.mask.any()
    relative = np.abs(got - expected) / np.maximum(np.maximum(np.abs(got), np.abs(expected)), np.finfo(float).tiny)
    # argmax takes a NaN for the largest, as it should here. Of equal errors it takes the first:
    # the rounding makes equal what differs in the last digit.
    n, i = np.unravel_index(np.where(among, relative, -1).round(9).argmax(), got.shape)
    size, expected, got = (for_json(values[n, i]) for values in (relative, expected, got))
    return {"largest_relative_error": size, "at": [int(n), int(i)], "expected": expected, "got": got}


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
    except Stop as stop:
        return stopped(*stop.args)
    except Raised as raised:
        return stopped("cannot check", f"it raises an error, but not in each call. {raised}")


def stopped(verdict, reason, findings=()):
    page = "is-mine-right/#" + ("facts" if verdict == "wrong" else "cannot-check")
    return Answer(verdict, [*findings, finding(None, reason, page)])


def compare(student):
    """Run the function on all batches and return the Answer."""
    runs = [Run(student, next(batches()))]
    if runs[0].raised:
        return cannot_run(student, runs[0], hint_signature(student, runs[0].b))
    runs += [Run(student, b) for b in itertools.islice(batches(), 1, None)]
    raising, runs = [run for run in runs if run.raised], [run for run in runs if not run.raised]
    kind = precision(student, runs[0])
    wrong = [run for run in runs if run.is_wrong()]
    constant = constant_in_the_logarithm(student, runs, kind)
    if constant and constant <= 1e-7:  # Keras's; more is no matter of rounding
        wrong = []
    if raising and not wrong:
        return cannot_run(student, raising[0])
    findings = [finding(None, f"for {run.b} {run.outcome()}") for run in raising]

    changing = unequal_calls(student, runs[0])
    gradient = loss = None
    if changing:
        findings.append(finding(None, changing))
    elif wrong and constant:
        findings.append(finding(None, f"the loss is -log(s_c + {constant:.0e}): log-sum-exp needs no constant"))
    elif wrong:
        gradient = explain(student, runs, "gradient", kind)
        loss = ((), {}, student.scale) if student.gradient_only else explain(student, runs, "loss", kind)
        findings += named_mistakes(student, runs[0], gradient, loss)
        findings += [] if gradient and loss else facts(student, runs, kind)
    # Of a program that nobody understands for small logits, large ones tell nothing.
    remarks, failed = [], []
    if not raising and not changing and (not wrong or (gradient and loss)):
        large, failed = large_logits(student, not wrong)
        top, remarks, too = ([], [], []) if large else large_top(student, kind)
        gap, more, also = large_gap(student, not wrong)
        gap = [found for found in gap if found["mistake"] or not (large or top)]  # one limit is enough
        findings, remarks, failed = findings + large + top + gap, remarks + more, failed + too + also
    if any(student.corrupted) and None not in student.corrupted:
        student.notice("the returned probabilities corrupted", next(filter(None, student.corrupted)))
    findings += [finding(name if name in KNOWN else None, evidence) for name, evidence in student.noticed.items()]
    shown = [*wrong, *failed, *runs][0]
    return Answer(
        "wrong" if findings else "correct",
        findings,
        largest_relative_error(shown),
        {"expected": for_json(shown.right.loss), "got": None if student.gradient_only else for_json(shown.seen.loss)},
        [COLUMNS] * (student.signature == "k,N") if findings else remarks_on(student, runs, kind) + remarks,
    )


def cannot_run(student, run, signature=""):
    """Return the Answer for a function that raises; one-hot labels may be what it waits for."""
    hints = {MemoryError: "it needs more memory than there is: look for an array that grows",
             SystemExit: "take the sys.exit() out"}  # fmt: skip
    arguments = zip(student.names, SIGNATURES[student.signature](run.b.z, run.b.y)[0])
    shapes = "it gets NumPy arrays: " + ", ".join(
        f"{name} {value.shape}" if np.ndim(value) else f"and {name}, a Python {type(value).__name__}" for name, value in arguments)
    hint = next((hints[kind] for kind in hints if isinstance(run.raised.args[0], kind)), shapes)
    hint += hint_broadcast(run) + signature
    found = []
    with suppress(Stop, TypeError):
        if not any(Run(student, b, b.Y).is_wrong() for b in batches()):
            evidence = (f"with one-hot labels, here {run.b.Y.shape}, it is right for all batches tried; labels are class"
                        f" numbers, {run.b.y.tolist()}")  # fmt: skip
            found.append(finding("one-hot where indices are expected, or the reverse", evidence))
    return stopped("cannot check", f"it raises an error. {run.raised}; {hint}", found)


def hint_broadcast(run):
    """Return what to look for if one number of each row, or too few classes, met an (N, k) array."""
    (N, k), labelled, text = run.b.z.shape, run.b.y.max() + 1, str(run.raised)
    if "broadcast" in text and f"({N},{k})" in text and f"({N},)" in text:
        return f". A sum or maximum over axis 1 has shape ({N},); with keepdims=True ({N}, 1), which fits ({N}, {k})"
    if "broadcast" in text and labelled < k and f"({N},{labelled})" in text:
        return f". k is the number of columns, {k}, and not labels.max() + 1"
    return ""


def hint_signature(student, b):
    """Return with which other signatures it does not raise."""
    fitting = []
    for name in SIGNATURES.keys() - {student.signature}:
        with suppress(Raised, Stop):
            Student(student.function, name, False, student.gradient_only)(b.z, b.y)
            fitting.append(f"--signature {name}")
    return f". It raises no error with {' or '.join(sorted(fitting))}" if fitting else ""


def unequal_calls(student, run):
    """Say how the results of equal calls differ, if they do."""
    for second in (student(run.b.z, run.b.y), student(run.b.z, run.b.y)):
        far = np.abs(second.gradient - run.seen.gradient)
        if error(second.gradient, run.seen.gradient) > WRONG and np.isfinite(far).all():
            n, i = np.unravel_index(far.argmax(), far.shape)
            pair = f"{run.seen.gradient[n, i]:.6g} and {second.gradient[n, i]:.6g}"
            return f"equal calls differ: at row {n}, class {i} they return {pair}"
        if LOSS_WRONG < error(second.loss, run.seen.loss, least=1.0) < np.inf:
            return f"equal calls differ: they return the losses {run.seen.loss:.6g} and {second.loss:.6g}"
    return None


def remarks_on(student, runs, kind):
    """Return what is worth knowing about a right function."""
    remarks = []
    of_gradient, of_loss = max(run.gradient_error for run in runs), max(run.loss_error for run in runs)
    if kind == "float32":
        remarks.append(f"As precise as float32: right to {of_gradient:.0e} of the largest entry. Check in float64, unrounded.")
    elif of_gradient > ROUNDING[kind] or of_loss > 1e-9:
        remarks.append(f"Off by more than rounding: the gradient by {of_gradient:.0e} of its largest entry, the loss by"
                       f" {of_loss:.0e}. A constant inside the logarithm, or finite differences?")  # fmt: skip
    if student.signature == "W,X,y,reg":
        remarks.append("X was the identity and a column of 0, and reg 0: X.T and the regularisation were not checked.")
    b = runs[0].b
    minus, last = b.y.copy(), b.y.copy()
    minus[-1], last[-1] = -1, b.k - 1  # in the last row: p[n * k - 1] exists, if it is a C program
    with suppress(Raised, Stop):
        expected = predicted({}, student.scale, Batch(b.z, last)).gradient
        if student.signature != "k" and error(student(b.z, minus).gradient, expected) <= ROUGHLY:
            remarks.append('A label of -1 counts as the last class. If it means "ignore" in your data, mask that row.')
    return remarks


# The words


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
            add("Largest relative error {:.1e}: row {}, class {}, expected {}, got {}".format(
                size, *gradient["at"], *apart(expected, got, 6)))  # fmt: skip
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
        metavar="NAMES", help="what it takes: N,k or k,N or k, the shape of the logits, and labels; or W,X,y,reg")  # fmt: skip
    add("--sum", action="store_true", help="the loss is the sum over the batch, not the mean")
    add("--gradient-only", action="store_true", help="it returns the gradient alone")
    add("--timeout", type=seconds, default=10, metavar="SECONDS", help="how long it may take: 10 s by default")
    add("--json", action="store_true", help="print the answer as JSON")
    add("--child", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def seconds(text):
    """Return a time that can be waited for."""
    if not 0 < float(text) < 1e6:
        raise ValueError
    return float(text)


def main(arguments):
    """Run the command and return its exit code."""
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
        child = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment,
                                 start_new_session=True)  # fmt: skip
        try:  # the child watches its own time; 5 s more if it can't
            ended = child.wait(options.timeout + 5)
        except subprocess.TimeoutExpired:
            ended = "none"
        finally:
            end_all(child)
        try:
            return Answer(**json.loads(Path(folder, "answer.json").read_text("utf-8")))
        except (OSError, ValueError):
            return stopped("cannot check", why_no_answer(options, ended, Path(folder, "stopped.txt")))


def end_all(child):
    """End the child, and whatever processes the student's code began."""
    with suppress(ProcessLookupError, AttributeError):  # nothing left; or on Windows, where none can be found
        os.killpg(child.pid, 9)
    child.kill()
    child.wait()


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
    except Stop as stop:
        answer = stopped(*stop.args)
    except Exception as error:
        answer = stopped("cannot check", f"diagnose.py itself failed, with {type(error).__name__}: {error}. That is no fault"
                                         " of yours, unless your file replaces functions of NumPy")  # fmt: skip
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


AROUND_A_CLASS = ("Around a class, write a function loss_and_gradient(logits, labels) that makes an object, calls its"
                  " methods, and returns loss, gradient")  # fmt: skip


def load(file, name):
    """Return the function of that name in a Python file.

    Raises
    ------
    Stop
        If there is no such file or function, or the file raises while it is read.
    """
    path = Path(file).resolve()
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise Stop("cannot check", f"{file} {what}: name the Python file that holds your function")
    if path.suffix == ".ipynb":
        raise Stop("cannot check", f"{file} is a notebook: save it as a .py file, or call diagnose(your_function) in a cell")
    module = type(sys)("homework")
    module.__file__ = str(path)
    sys.modules["homework"] = module  # dataclasses look their module up
    sys.path[:0] = [str(path.parent), os.getcwd()]
    sys.argv = [str(path)]
    try:
        with students_code():  # not imported: that would leave a __pycache__ beside the homework
            exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    except Raised as raised:
        raise Stop("cannot check", f"it can't be loaded. {raised}") from None
    function = module
    for part in name.split("."):
        function = getattr(function, part, None)
    if isinstance(function, type):
        raise Stop("cannot check", f"{name} is a class. {AROUND_A_CLASS}")
    if not callable(function):
        own = {key: value for key, value in vars(module).items() if getattr(value, "__module__", None) == module.__name__}
        others = f"; it defines {', '.join(own)}" if own else ""
        for key, value in own.items():
            if getattr(getattr(value, "__code__", None), "co_argcount", None) == 4:
                others += f". If it is {key}, add --signature W,X,y,reg"
        others += f". {AROUND_A_CLASS}" if any(isinstance(value, type) for value in own.values()) else ""
        raise Stop("cannot check", f"{file} has no function {name}: define it, or give its name with --function{others}")
    return function


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
