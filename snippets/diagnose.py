"""Say what is wrong with a gradient of the softmax cross-entropy loss.

    python diagnose.py homework.py            a verdict in words; exit code 0, 1, 2 or 3
    python diagnose.py homework.py --json     the same for programs
    python diagnose.py --help                 other names, other signatures

The file has a function or a class that gives the loss of a softmax cross-entropy, its gradient, or
both. How it is called is found out: see `read`. From a test or a notebook:

    from diagnose import diagnose
    diagnose(loss_and_gradient)

The program is judged by what it returns. Its text only tells what it is meant for: names, and what
docstrings and comments say. A mistake is named only when what it would return is, to rounding, what
the program did return: for several seeds, shapes and scales. Whatever fits no mistake gets facts
that narrow the search.

This file needs NumPy and nothing else, and stands alone: copy it where you like. Its parts, each with the function
that the others call:

     1. What is right                      Batch, batches
     2. What is known to go wrong          predicted, explanations, MISTAKES, NEXT_DOOR, FORMULAS
     3. The student's function             students_code
     4. The form of the program            forms, Student
     5. The comparison                     explain
     6. The reading                        read
     7. The findings                       named_mistakes, large_logits, large_top, large_gap
     8. The facts                          facts
     9. Weights and networks               of_weights, of_network, of_options
    10. The verdict                        diagnose, judge, compare
    11. The ways to call a function        ways_of
    12. What stands outside of functions   with_its_data, outside_of_functions
    13. The ways to use a class            Model
    14. The functions of a file            answer_of
    15. The words                          in_words
    16. The command                        main
"""

import dis
import functools
import itertools
import json
import os
import re
import sys
import time
import warnings
from collections import namedtuple
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import fill
from types import SimpleNamespace

if __name__ != "__main__" or "--child" in sys.argv:  # the command's parent process only waits
    import ast
    import builtins
    import copy
    import inspect
    import random  # in place of numpy.random, whose import takes as long as the whole verdict

    import numpy as np


# Errors of a gradient are relative to its largest entry. In float64 they are about 1e-15, and 1e-8
# where 1e-12 was added to a small s; in float32 10 times 6e-8, for logits up to 10.
ROUNDING = {"float64": 1e-7, "float32": 5e-6}
WRONG = 5e-6  # more than float32 and forward differences bring; less than that is a remark
LOSS_WRONG = 1e-5  # relative to the loss or 1
ROUGHLY = 1e-3  # for huge logits: float32 resolves 1000 to 6e-5

NO_LIMIT = "Log-sum-exp has no such limit: loss = log(sum(exp(z - m))) - (z_c - m), with the largest logit m of the row"
NO_QUOTIENT = ". And -y / s divides by a probability of 0: use s - y, the gradient of softmax and loss together, which needs no division"
LATER = ". This is right if the 1/N comes later, as in dW = X.T @ dz / N"
AROUND = "Write a function loss_and_gradient(logits, labels) that calls yours and returns loss, gradient"
MISSING = "Install this module, or remove the import: the code that needs it was not run"
MAIN = 'Move code such as a training loop under `if __name__ == "__main__":`'
COLUMNS = "In this answer, a row is one example, as in logits (N, k). In your logits (k, N), it is a column."

COMPILED = sys._getframe().f_code  # this file

Result = namedtuple("Result", "loss gradient")


# 1. What is right


def softmax(z, axis=1):
    exponentials = np.exp(z - z.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


class Batch:
    """Logits z (N, k) and labels y (N,), with probabilities P and one-hot targets Y. A mistake changes P or Y, or the weights W of -log P in the loss."""

    def __init__(self, z, y, changes=()):
        self.z, self.y, (self.N, self.k) = z, y, z.shape
        self.P, self.Y = softmax(z), np.eye(self.k)[y]
        self.W = self.Y
        vars(self).update({name: changes[name](self) for name in "PYW" if name in changes})

    @functools.cached_property
    def rows(self):
        """Each example alone."""
        return [Batch(self.z[n : n + 1], self.y[n : n + 1]) for n in range(self.N)]

    @property
    def s_c(self):
        return (self.P * self.Y).sum(axis=1, keepdims=True)

    @functools.cached_property
    def total_loss(self):
        """The right loss of the batch by log-sum-exp, finite for every logit."""
        shifted = self.z - self.z.max(axis=1, keepdims=True)
        return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(self.N), self.y]).sum()

    def __str__(self):
        return f"logits {self.z.shape}"


def drawn(draw, *shape, scale=1.0):
    return np.array([scale * draw.gauss(0, 1) for _ in range(int(np.prod(shape)))]).reshape(shape)


@functools.cache
def batches(classes=None):
    """Return batches of moderate logits; no probability is uniform, and no shape comes twice. All may have so many classes."""
    kinds = [  # N, k, scale of the logits, labels
        (5, 4, 1, [2, 0, 3, 2, 1]),
        (3, 6, 2, [5, 0, 2]),
        (4, 4, 1, [1, 3, 0, 2]),
        (7, 2, 1.5, [0, 1, 1, 0, 0, 1, 0]),
        (1, 5, 1, [3]),
        (4, 3, 0.01, [0, 1, 1, 2]),
        (16, 10, 2, [3, 9, 0, 0, 5, 7, 7, 7, 1, 2, 8, 4, 6, 9, 3, 5]),
    ]
    made = []
    for seed, (N, k, scale, labels) in enumerate(kinds):
        draw, k = random.Random(seed), classes or k
        made.append(Batch(drawn(draw, N, k, scale=scale), np.array(labels) % k))
    if classes:
        return made
    return [*made,
            Batch(np.array([[1.0, 1.0, 0.0, -1.0], [2.0, 0.0, 2.0, 2.0], [0.0, 0.0, 0.0, 1.0]]), np.array([1, 0, 1])),
            Batch(np.array([[6.0, 0.2, -0.5], [0.3, 1.1, -0.8]]), np.array([0, 2]))]  # s_c is near 1 in the first row


# 2. What is known to go wrong


def difference(b):
    return b.P - b.Y


def times_jacobian(s, rows):
    return s * (rows - (s * rows).sum(axis=1, keepdims=True))


def shifted_over_examples(b):
    """The maximum is that of a row, as it should be: it does not cancel in a sum over examples."""
    exponentials = np.exp(b.z - b.z.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=0)


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


ONE_CLASS = "row 0 of your gradient is {row}, which is 0 except at class {targets}; its probabilities are {s}, and N = {N}"
TARGETS = "in row 0 the label is {label}; your gradient is as if it were {targets}"
SIZE = "{part} {is_} {ratio:.4g} times what it must be; {N_}k = {k}"  # of the loss or the gradient

BY_S = "only the derivative of the loss by s"
MISTAKES = [
    Mistake("forgot to subtract the one-hot",
            "Is s all there is, or does the formula have a second term?",
            "subtract 1 at the true class of each example; in p (N, k): p[np.arange(N), labels] -= 1",
            "the rows of your gradient sum to {row_sums}, with N = {N}; they must sum to 0",
            [{"form": lambda b: b.P}]),
    Mistake("wrong sign",
            "Does the loss fall or rise when the logit of the true class grows?",
            "the gradient is s - y, not y - s; the loss is -log s_c",
            "at row 0, class {label} your gradient is {correct:+.4g}; with the right sign it is {opposite:+.4g}",
            [{"sign": -1}]),
    Mistake(BY_S,
            "The loss depends on z through s. Which factor of the chain rule is missing?",
            "multiply -1/s_c by row c of the Jacobian: the product is s - y",
            ONE_CLASS, [{"form": lambda b: -b.Y / b.P}]),
    Mistake("diagonal of the Jacobian taken for the answer",
            "Does s_c change when the logit of another class changes?",
            "the other classes count as well: -1/s_c times the whole row c of the Jacobian is s - y",
            ONE_CLASS, [{"form": lambda b: -b.Y * b.P * (1 - b.P)}, {"form": lambda b: -b.Y * (1 - b.P)}]),
    Mistake("softmax over the wrong axis",
            "Which numbers must sum to 1: those of one example, or those of one class?",
            "sum, and take the maximum, over the classes of each example: in logits (N, k) with axis=1, keepdims=True",
            "the probabilities behind your gradient sum to {rows} over the classes of each example, which must be 1, and to {columns}"
            " over the examples of each class{whole}",
            [{"P": lambda b: softmax(b.z, axis=0)}, {"P": lambda b: softmax(b.z.ravel(), axis=0).reshape(b.z.shape)}, {"P": shifted_over_examples},
             # and what automatic differentiation makes of such a loss
             {"P": lambda b: softmax(b.z, axis=0), "form": lambda b: b.P * b.Y.sum(axis=0) - b.Y},
             {"P": lambda b: softmax(b.z.ravel(), axis=0).reshape(b.z.shape), "form": lambda b: b.P * b.N - b.Y}]),
    Mistake("softmax applied twice",
            "What goes into your softmax: logits, or probabilities already?",
            "apply the softmax once; cross-entropy functions of libraries apply it themselves",
            "the probabilities behind your gradient are {P} in row 0: the softmax of {s}, which is the softmax already",
            [{"P": lambda b: softmax(b.P)},
             {"P": lambda b: softmax(b.P), "form": lambda b: times_jacobian(softmax(b.z), b.P - b.Y)}]),
    Mistake("labels from 1",
            "Is the first class 0 or 1 in the labels, and in your index?",
            "labels count from 0: use them as they are, without - 1. If yours count from 1, subtract 1 in the loss and in the gradient",
            "if your labels run from 1 to k, this is right. Otherwise: " + TARGETS,
            [{"Y": label_before, "W": label_before}, {"Y": label_before_or_none, "W": label_before_or_none}]),
    Mistake("one-hot where indices are expected, or the reverse",
            "Are the labels N class numbers, or an (N, k) matrix of 0 and 1?",
            "with class numbers, take entries, in p (N, k) as p[np.arange(N), labels]; with a one-hot matrix, multiply",
            TARGETS,  # a one-hot row, used as indices, is 1 once and 0 elsewhere; -= 1 counts each class once
            [{"Y": classes(1, 1), "W": lambda b: classes(b.k - 1, 1)(b)},
             {"Y": classes(1, 1), "W": lambda b: classes(1 - 1 / b.k, 1 / b.k)(b)}]),
    Mistake("forgot the batch mean",
            "The loss is a mean over N. What does that 1/N do to its derivative?",
            "divide the gradient by N, or let the loss be a sum as well",
            SIZE),
    Mistake("averaged twice",
            "How often is something divided by N on the way to the loss, and on the way to the gradient?",
            "a mean is divided by N once, a sum not at all",
            SIZE),
    Mistake("averaged over all entries",
            "How many losses does a batch have: N, or N times k?",
            "sum over the classes first, then take the mean over the N examples: .mean() of an array (N, k) without an axis divides by N k",
            SIZE),
    Mistake("averaged over the classes",
            "How many losses does a batch have: N, or k?",
            "don't divide by k, the number of classes; a mean is divided by N, the number of examples, a sum by nothing",
            "it is divided by k: " + SIZE),
    Mistake("loss and gradient disagree on the mean",
            "Is the loss a sum and the gradient that of a mean, or the reverse?",
            "divide both by N, or neither",
            "your loss {is_} {loss_ratio:.4g} times what it must be, and your gradient {ratio:.4g} times; N = {N}, k = {k}"),
    Mistake("unstable softmax",
            "What is exp(1000)? And what is 1 / exp(-1000)?",
            "subtract each example's largest logit before exp, which changes no probability"),
    Mistake("log of an underflowed probability",
            "What is log(exp(-800)) on a computer?",
            "take the logarithm first: loss = log(sum(exp(z - m))) - (z_c - m)"),
    Mistake("the caller's logits changed",
            "Does your function work on a copy, or on the array that it was given?",
            "write z = z - z.max(...) instead of z -= z.max(...), or begin with a copy"),
    Mistake("the returned probabilities corrupted",
            "After d = p, how many arrays are there?",
            "d = p.copy(), and then subtract 1 from d"),
]
KNOWN = {mistake.name: mistake for mistake in MISTAKES}
LIMITS = ("the caller's logits changed", "unstable softmax", "log of an underflowed probability")  # what is fragile

SCALES = {  # what the sum over the batch may be multiplied by
    "mean": lambda b: 1 / b.N,
    "sum": lambda b: 1.0,
    "averaged twice": lambda b: 1 / b.N**2,
    "averaged over all entries": lambda b: 1 / (b.N * b.k),
    "averaged over the classes": lambda b: 1 / b.k,
}


def scale_mistakes(gradient, loss, wanted="mean"):
    """Return the names of what is wrong where gradient and loss have these scales; None is not known."""
    names = [scale for scale in (gradient, loss) if scale not in ("mean", "sum", None)]
    if gradient == "sum" and wanted == "mean":
        names.append("forgot the batch mean")
    elif (loss, gradient) == ("mean", "sum") or (loss == "sum" and gradient not in ("sum", None) and "mean" in (gradient, wanted)):
        names.append("loss and gradient disagree on the mean")
    return list(dict.fromkeys(names))


OVER = dict(zip(SCALES, [" / N", "", " / N²", " / (N k)", " / k"]))
FACTORS = {1: "", -1: "-", 2: "2 ", -2: "-2 ", 0.5: "1/2 "}  # of a formula


def predicted(changes, scale, b, constant=0.0):
    """Return the Result of a program with these mistakes, and a constant inside its logarithm; with none, the right one."""
    seen, factor = Batch(b.z, b.y, changes) if changes else b, changes.get("sign", 1) * SCALES[scale](b)
    total = -(seen.W * np.log(seen.P + constant)).sum() if constant or {"P", "W"} & changes.keys() else b.total_loss
    return Result(factor * total, factor * changes.get("form", difference)(seen))


@functools.cache
def of_batch(form, b):
    """Return form(b), computed once."""
    return form(b)


@functools.cache
def explanations(constant=0.0):
    """Return the names, the changes and the summed Result of no mistake, of each one, and of each pair; and all these Results for a batch, a row each."""
    known = [(names, changes, functools.partial(predicted, changes, "sum", constant=constant)) for names, changes in combinations()]

    def rows(b):
        losses, gradients = zip(*(of_batch(total, b) for *_, total in known))
        return Result(np.reshape(losses, (-1, 1)), np.reshape(gradients, (len(known), -1)))

    return known, rows


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


ALL_LABELS = "p[:, labels] selects every label's column in every row; p[np.arange(N), labels] selects one entry per row"

def focal_weight(b):
    return (1 - b.s_c) ** 2 - 2 * b.s_c * (1 - b.s_c) * np.log(b.s_c)


def margins(b):
    return np.maximum(0, b.z - (b.z * b.Y).sum(axis=1, keepdims=True) + 1) * (1 - b.Y)


FACTS = "is-mine-right/#facts"

NO_JACOBIAN = ". Of the cross-entropy, s - y is already the gradient with respect to the logits: don't multiply it by the Jacobian"

# Related losses: which, its page, and for loss and gradient a formula with what it makes of a batch, and perhaps more on it
NEXT_DOOR = [
    ("the focal loss with gamma = 2", "variants/neighbours/#focal",
     ("(1 - s_c)² log s_c", lambda b: (1 - b.s_c) ** 2 * np.log(b.s_c)),
     ("((1 - s_c)² - 2 s_c (1 - s_c) log s_c) (s - y)", lambda b: focal_weight(b) * difference(b))),
    ("binary cross-entropy, with a sigmoid for each class", "variants/neighbours/#several-labels",
     ("y log p + (1 - y) log(1 - p), with p = sigmoid(z)", lambda b: -np.log1p(np.exp(np.where(b.Y, -b.z, b.z)))),
     ("sigmoid(z) - y", lambda b: 1 / (1 + np.exp(-b.z)) - b.Y)),
    ("the squared error of the probabilities", "why/#squared-error",
     ("(s - y)²", lambda b: difference(b) ** 2), ("s times (s - y - sum of s (s - y))", lambda b: times_jacobian(b.P, difference(b)), NO_JACOBIAN)),
    ("the hinge loss of a support vector machine", FACTS,
     ("max(0, z - z_c + 1) of the other classes", margins),
     ("1 where z > z_c - 1, minus how many there are at c", lambda b: (m := np.sign(margins(b))) - b.Y * m.sum(axis=1, keepdims=True))),
]


def next_door(part):
    """Return the formulas of the related losses."""
    forms = [(which, page, dict(zip(("loss", "gradient"), parts))[part]) for which, page, *parts in NEXT_DOOR]
    return [(formula, f"right for {which}, which is another loss{''.join(more)}", form, page) for which, page, (formula, form, *more) in forms]


# What has no name, but a formula: with its reason, what it makes of a batch, and the page
FORMULAS = {
    "gradient": [
        ("s_c (s - y)", "s_c (y - s) is row c of the Jacobian, the derivative of s_c; that of -log s_c is -1/s_c times this row",
         lambda b: b.s_c * difference(b)),
        ("(s - y) s", "s - y is multiplied by s once more, but s - y is the whole gradient", lambda b: difference(b) * b.P),
        ("(s - y) (1 - s)", "s - y is the whole gradient: no derivative of an activation comes after it", lambda b: difference(b) * (1 - b.P)),
        ("(s - y) s (1 - s)", "s (1 - s) belongs to a sigmoid; here, s - y is the whole gradient", lambda b: difference(b) * b.P * (1 - b.P)),
        ("(s - y) / (s (1 - s))", "this is the derivative of a binary cross-entropy with respect to s", lambda b: difference(b) / (b.P * (1 - b.P))),
        ("s (1 - s)", "this is the diagonal of the Jacobian of the softmax", lambda b: b.P * (1 - b.P)),
        ("s - 1", "subtract 1 at the true class only", lambda b: b.P - 1),
        ("|s - y|", "minus signs are missing, perhaps those of the Jacobian: off its diagonal it is -s_i s_j", lambda b: np.abs(difference(b))),
        ("s + y", "subtract 1 at the true class, and do not add it", lambda b: b.P + b.Y),
        ("s - 1 at the labels of all rows", ALL_LABELS, lambda b: b.P - b.Y.any(axis=0)),
        ("s - 1 in the rows whose number is a label", "p[labels] selects whole rows; p[np.arange(N), labels] selects one entry per row",
         lambda b: b.P - np.isin(np.arange(b.N), b.y)[:, np.newaxis]),
        ("s - y, with y at the largest logit", "1 is subtracted at the predicted class",
         lambda b: b.P - np.eye(b.k)[b.z.argmax(axis=1)]),
        ("s - c", "subtract 1 at the true class, and not the number of the class", lambda b: b.P - b.y[:, np.newaxis]),
        ("N s - y", "only y is divided by N; the Jacobian of a whole batch, flattened into one vector, gives the same", lambda b: b.N * b.P - b.Y),
        ("s - N y", "only s is divided by N", lambda b: b.P - b.N * b.Y),
        ("log s - y", "the logarithms of the probabilities are used in place of the probabilities", lambda b: np.log(b.P) - b.Y),
        ("z - y", "the logits are used in place of the probabilities", lambda b: b.z - b.Y),
        ("exp(z) - y", "divide each row of exp(z) by its sum", lambda b: np.exp(b.z) - b.Y),
        ("(s - y) sum exp(z)", "it is S times what it must be, S = sum of exp(z): the derivative of exp(z) / S has S² in its denominator",
         lambda b: difference(b) * np.exp(b.z).sum(axis=1, keepdims=True)),
        ("(s - y) sum exp(z - max)", "it is S times what it must be, S = sum of exp(z - max): the derivative of exp(z - max) / S has S² in its denominator",
         lambda b: difference(b) / b.P.max(axis=1, keepdims=True)),
        ("exp(z - max) - y", "divide each row of exp(z - max) by its sum", lambda b: np.exp(b.z - b.z.max(axis=1, keepdims=True)) - b.Y),
        *((f"exp(z{above}) / (sum of exp(z{below})) - y", "the largest logit m must be subtracted in the numerator of the softmax and in its denominator:"
           " otherwise the row does not sum to 1", lambda b, sign=sign: b.P * np.exp(sign * b.z.max(axis=1, keepdims=True)) - b.Y)
          for above, below, sign in [(" - m", "", -1), ("", " - m", 1)]),
        *((f"(exp(z) - m) / (sum of exp(z) - m) - y{rows}", "the largest logit m must be subtracted from z, before exp, and not from exp(z)",
           lambda b, axis=axis: (e := np.exp(b.z) - b.z.max(axis=axis, keepdims=True)) / e.sum(axis=1, keepdims=True) - b.Y)
          for axis, rows in [(1, ""), (None, ", with one m for all rows")]),
        ("s, but -1/s at the true class", "this is the derivative with respect to s at the true class, and with respect to z at the others",
         lambda b: np.where(b.Y, -1 / b.P, b.P)),
        *next_door("gradient"),
    ],
    "loss": [
        ("s_c", "the logarithm is missing", lambda b: b.s_c),
        ("log2 s_c", "it must be the natural logarithm", lambda b: np.log2(b.s_c)),
        ("log10 s_c", "it must be the natural logarithm", lambda b: np.log10(b.s_c)),
        ("y log s + (1 - y) log(1 - s)", "this is a binary cross-entropy", lambda b: np.log(np.where(b.Y, b.P, 1 - b.P))),
        ("s log s", "this is the entropy of the probabilities, in which the labels do not occur", lambda b: b.P * np.log(b.P)),
        ("log s", "this adds up all classes, and not only the true one", lambda b: np.log(b.P)),
        ("z_c", "the logarithm of the sum of exponentials is missing", lambda b: b.z * b.Y),
        ("log sum exp(z) - c", "c, the number of the label, is not its logit z_c", lambda b: np.log(np.exp(b.z).sum(axis=1)) - b.y),
        ("log of the sum of all rows' exp(z - m), minus (z_c - m)", "each row has a sum of its own: sum over axis=1",
         lambda b: np.log((e := np.exp(b.z - b.z.max(axis=1, keepdims=True))).sum()) - np.log((e * b.Y).sum(axis=1))),
        ("log sum exp(z)", "z_c is missing", lambda b: np.log(np.exp(b.z).sum(axis=1))),
        ("log sum exp(z) - z at the labels of all rows", ALL_LABELS, lambda b: np.log(np.exp(b.z).sum(axis=1)) - b.z @ b.Y.sum(axis=0)),
        ("log sum exp(z - m) - (z - m) at the labels of all rows", ALL_LABELS,
         lambda b: np.log(np.exp(b.z).sum(axis=1)) - b.z @ b.Y.sum(axis=0) + (b.N - 1) * b.z.max(axis=1)),
        ("log sum exp(z - m) - z_c", "the maximum m of the logits is subtracted from z, and not from z_c", lambda b: -np.log(b.s_c).ravel() - b.z.max(axis=1)),
        ("log sum exp(z) + m - z_c", "the maximum m of the logits is subtracted from z_c, and not from z", lambda b: -np.log(b.s_c).ravel() + b.z.max(axis=1)),
        ("mean of log s at the labels of all rows", ALL_LABELS, lambda b: b.Y.mean(axis=0) * np.log(b.P)),
        ("c log s_c", "the logarithm is multiplied by c, the number of the label: class 0 costs nothing", lambda b: b.y * np.log(b.s_c).ravel()),
        ("k log sum exp(z - m) - (z_c - m)", "the logarithm of the sum is added once for each class: sum over the classes before it is subtracted",
         lambda b: (b.k - 1) * np.log(np.exp(b.z - b.z.max(axis=1, keepdims=True)).sum(axis=1)) - np.log(b.s_c).ravel()),
        ("log of the sum of s_c over the batch", "the logarithm of each example comes first, and then the sum", lambda b: np.log(b.s_c.sum())),
        ("log of the mean of s_c over the batch", "the logarithm of each example comes first, and then the mean", lambda b: np.log(b.s_c.mean())),
        ("log max s", "the largest probability need not be that of the true class", lambda b: np.log(b.P.max(axis=1))),
        *next_door("loss"),
    ],
}


# What may be added to the cross-entropy, times a number c: its name, its page, and for loss and gradient what is written and added
ADDED = [
    ("an entropy bonus", "variants/neighbours/#policy-gradient",
     ("-log s_c + {c} sum of s log s", lambda b: (b.P * np.log(b.P)).sum()),
     ("s - y + {c} s (log s + H), with the entropy H of each row", lambda b: times_jacobian(b.P, np.log(b.P)))),
    ("labels smoothed by {c}", "variants/soft-labels/#label-smoothing",
     ("-log s_c + {c} (log s_c - mean of log s)", lambda b: ((b.Y - 1 / b.k) * np.log(b.P)).sum()),
     ("s - y + {c} (y - 1/k)", lambda b: b.Y - 1 / b.k)),
    ("a penalty of the mean of -log s, as other targets than 0 and 1 have", "variants/soft-labels/#label-smoothing",
     ("-log s_c - {c} mean of log s", lambda b: -(np.log(b.P) / b.k).sum()),
     ("s - y + {c} (s - 1/k)", lambda b: b.P - 1 / b.k)),
    ("the square of log-sum-exp as a penalty", FACTS,
     ("-log s_c + {c} (log sum exp(z))²", lambda b: (np.log(np.exp(b.z).sum(axis=1)) ** 2).sum()),
     ("s - y + 2 {c} s log sum exp(z)", lambda b: 2 * b.P * np.log(np.exp(b.z).sum(axis=1, keepdims=True)))),
]


# 3. The student's function


class Stop(Exception):
    """Ends the judgement with a verdict, and why, with the way out; `part` is "loss" if that is wrong, and "flat" if the gradient has no axes."""

    def __init__(self, verdict, why, part=None):
        super().__init__(verdict, why)
        self.verdict, self.why, self.part = verdict, why, part


class Raised(Exception):
    """The student's code raised an exception, in a line of its own."""

    def __init__(self, error, line):
        super().__init__(error, line)
        self.error, self.line = error, line

    def __str__(self):
        said = self.error.msg if isinstance(self.error, SyntaxError) else self.error  # its str has the line again
        return f"{self.line}{type(self.error).__name__}: {said}".removesuffix(": ")


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
    import linecache
    import traceback

    if isinstance(error, SyntaxError) and error.lineno:
        return f"{Path(error.filename).name}, line {error.lineno}: {(error.text or '').strip()}: "
    places = [(frame.f_code.co_filename, number) for frame, number in traceback.walk_tb(error.__traceback__)]
    places = [place for place in places if place[0] != own_line.__code__.co_filename]
    if not places:
        return ""
    file, number = [place for place in places if place[0] == places[0][0]][-1]
    linecache.checkcache(file)
    return f"{Path(file).name}, line {number}: {linecache.getline(file, number).strip()}: "


# 4. The form of the program: what its parameters hold, and what it returns.


# The axes of an array: N examples, k classes, D inputs, "1" an axis of length 1; "*" is for a flattened array. Without
# N it is one example. Labels with k are one-hot. The likeliest come first.
LOGITS = [("Nk", ["N", "Nk", "N1"]), ("kN", ["N", "kN", "1N", "Nk"]), ("1Nk", ["1N", "1Nk", "1N1"]), ("Nk1", ["N", "N1", "Nk1"]),
          ("1kN", ["1N", "1kN"]), ("1kN1", ["1N1", "1kN1"]),  # a sequence, or an image of one column
          ("k", ["", "k"]), ("k1", ["", "k1"]), ("1k", ["", "1k"])]
WEIGHTS = [  # W, X, b and labels
    ("Dk", "ND", ["k", "1k"], ["N", "Nk", "N1"]), ("kD", "DN", ["k1", "k"], ["N", "kN", "1N", "N1"]),
    ("kD", "ND", ["k", "1k", "k1"], ["N", "Nk", "N1", "kN"]), ("Dk", "DN", ["k1", "k"], ["N", "kN", "1N", "Nk"]),
    ("kD", "D", ["k"], ["", "k"]), ("Dk", "D", ["k"], ["", "k"]), ("kD", "D1", ["k1"], ["", "k1"]), ("Dk", "1D", ["k", "1k"], ["1", "1k"]),
    ("Dk", "N", ["k", "1k"], ["N", "Nk"]), ("kD", "N", ["k"], ["N"]),  # each input is the number of a row or a column of W, as in W[x]
]
ONE_HOT, BOOLEAN, INTEGER, TEACHER_LOGITS = "one-hot", "boolean one-hot", "one-hot integers", "logits of a teacher"  # what labels (N, k) are
FORCED = {  # what --signature leaves of them
    "N,k": lambda axes: axes.get("logits") == "Nk",
    "k,N": lambda axes: axes.get("logits") == "kN",
    "k": lambda axes: axes.get("logits") in ("k", "k1", "1k"),
    "W,X,y,reg": lambda axes: "W" in axes,
}
ROLES = {  # what so many parameters may be, in any order
    2: [("logits", "labels")],
    3: [("W", "X", "labels"), ("logits", "labels", "classes"), ("logits", "labels", "examples"), ("logits", "labels", "weights")],
    4: [("W", "X", "labels", "reg"), ("W", "X", "labels", "b"), ("W", "X", "labels", "weights"), ("W", "X", "labels", "classes"),
        ("W", "X", "labels", "factor")],
    5: [("W", "X", "labels", "b", "reg"), ("W", "X", "labels", "reg", "classes"), ("W", "X", "labels", "reg", "weights")],
    6: [("W", "X", "labels", "reg", "classes", "inputs")],
}
NAMES = {
    "logits": "z zs zl logits logit scores score f s h a o out output outputs totals net net_input x inputs input pred preds y_pred yhat y_hat"
              " puntuaciones puntajes y_previsto y_predicho",
    "labels": "y ys ts labels label lbl lbls targets target targ targs gold t y_true true c classes truth onehot one_hot one hot actual correct expected gt ygt"
              " d desired actions action teacher endog yb"
              " y_verdadeiro y_verdadero y_real y_reel y_wahr reais reales ziel ziele etiquetas etiqueta etiquettes cibles rotulos clases klassen",
    "W": "w U wts weights weight coef coefs kernel theta thetas params parameters w1 beta betas pesos poids gewichte pesi",
    "X": "x xs xb v_c data features inputs input images image samples states state observations obs exog entradas entrees eingaben datos dados donnees daten",
    "b": "b bias biases b1 intercept intercepts sesgo sesgos biais schwelle schwellen",
    "reg": "reg lam lamb lambda lambd lmbda lmbd l2 alpha decay weight_decay l1 l1_reg l2_reg l2_lambda"
           " reg_lambda lambda_reg mu wd wdecay regularization strength",
    "classes": "k c cls classes num_classes n_classes numclasses nclasses nclass n_class n_cls n_y num_labels n_labels output_dim output_size out_features"
               " n_outputs n_output n_out nout num_outputs out_dim aus ausgang klassen n_klassen salida salidas n_clases saida saidas sortie sorties",
    "inputs": "d inputs input_size inputsize num_features n_features dim input_dim in_features n_inputs n_input n_in nin n_x num_inputs in_dim"
              " ein eingang merkmale entrada entradas entree entrees",
    "examples": "m n batch_size num_examples",
    "factor": "c",  # of the loss, beside a regularization without one
    "reduction": "reduction reduce", "temperature": "temperature temp tau t",
    "ignore": "ignore ignored ignore_index ignore_label ignore_idx ignore_value pad pad_id pad_index pad_idx padding_idx pad_token_id",
    "smoothing": "smoothing label_smoothing epsilon eps smooth",
    "focus": "gamma focusing", "bonus": "entropy_coef entropy_coeff ent_coef ent_coeff entropy_weight beta",
    "class weights": "class_weights class_weight weights weight",
    "weights": "weights weight returns rewards reward advantages advantage adv g mask gains sample_weight class_weight class_weights",
}
NAMES = {role: names.split() for role, names in NAMES.items()}
SOFT, NEXT, WEIGHTED = "variants/soft-labels/#label-smoothing", "variants/neighbours/#", "variants/weights/#class-weights"
OPTIONS = {  # what makes another loss: its value for the plain one, another value, and where it is explained
    "reduction": ("mean", None, None), "temperature": (1.0, 2.0, NEXT + "distillation"), "smoothing": (0.0, 0.1, SOFT),
    "ignore": (-1, -1, WEIGHTED), "focus": (0.0, 2.0, NEXT + "focal"), "bonus": (0.0, 0.1, NEXT + "policy-gradient"), "class weights": (None, None, WEIGHTED),
}
PLAIN = {"reg": 0.0, "factor": 1.0, **{role: plain for role, (plain, *_) in OPTIONS.items()}}  # the numbers that make no other loss

LOSS = (r"loss|cost|entrop[yi]|nll|likelihood|log_?lik|objective|value_and_"
        r"|p[eé]rdida|perda|custo|perte|co[uû]t|verlust|kosten|fehler|verosimil|vraisembl")  # in other languages
ACCURACY = (r"accura|error_?rate|zero_one|mean_(reciprocal_)?rank|confiden|calibrat|confusion|top_?[k\d]"
            r"|predic|predec|prever|precis[ia]|exactitud|exatid|acur[aá]cia|acierto|acerto|genauigkeit|vorhers")
LIKELY = [  # what the name of a function tells: the first that matches
    (r"^loss_and_gradient$", 9), (rf"svm|hinge|mse|squar|hing|relu|tanh|sigmoid|num|check|eval|{ACCURACY}|train|^fit|plot|load|main|test", -1),
    (r"soft.*loss|cross.?entropy|loss.*soft|_ce\b|ce_loss|nll", 4), (LOSS, 3),
    (r"grad|back|deriv|delta", 2), (r"softmax", 1),
]
RATE = r"lr|eta|alpha|(learn(ing)?_)?rate"
RATES = rf"{RATE}|step(_?size)?"
TRAINS = r"iter|epoch|learn|^lr$|^eta$|^(num_|n_|max_)?steps?(_size)?$"  # a parameter of what takes steps of training
TRAINERS = r"optimi[sz]|minimi[sz]|descent|^(model|learn|run|train|fit)$"
ON_ONE_BATCH = r"(^|_)(train|fit|test|update)"
UNTOUCHED = (rf"(^|_)(train|fit|plot|load|save|main|test|download|read|write|update|build_model|initiali[sz]e)|^(to_?)?one_?hot|{ACCURACY}"
             r"|(^d|grad|deriv).*_?b(ias)?\d?$")  # or are of a bias
LIKELIHOOD = r"^(?!.*(neg|nll|minus)).*(likelihood|log_?lik|^log_?l\b|_log_?l\b)"
TEACHER = r"teacher|distil|list_?net|relevance|ranking"
SAID_LIKELIHOOD = r"(?si)^(?!.*(neg|minus|descent|not|nll|loss|entropy|- ?log|-mean)).*(log[- ]?likelihood|\blogprob\b|log (pi|p)\b|ascent)"
FROM_ZERO = r"(?i)\b0 ?(<=?|to|through|\.\.|,( ?1,)? ?\.\.)|(at|from|with) (0|zero)\b|(0|zero)-based"
FROM_ONE = (r"(?i)\b(labels?|class(es)?|targets?|y)\b.{0,40}\b1 ?(to|through|\.\.\.?|…|-|–|,( ?2,)? ?(\.\.\.|…),) ?(k|c|n_?classes|num_?(classes|labels))\b"
            r"|\b(1|one)-based|\b(labels|classes|y) .{0,20}(from|at|with) (1|one)\b")
SAID_TRANSPOSED = (r"(?is)^(?!.*(\bnot\b|must|why|should|to-?do|returns?\b[^\n]*\((n|m|batch\w*), ?(k|c|\w*classes)\))).*"
                   r"(\bd\w*?(\^|\.)?T ?\((k|c|\w*classes), ?(n|m|batch\w*)\)|gradient(,| is| is returned)? transposed|\btransposed? (of the )?gradient)")
BACK = (r"back|bwd|bprop|grad|d[eé]riv|ableit|_der$|delta|prime|^d_|^dz$|^d_?[lj]_?d|^d_?[jfl]$|^diff(_?(loss|cost)|$)|^d(loss|soft|cross|ce|cost)"
        r"|r(ü|ue)ckw|atr[aá]s|arri[eè]re|retroprop")
PROBABILITIES = r"^p|^s$|^a(l|\d)?$|hat|soft|out|^y"
DISTRIBUTIONS = r"^q|soft|teacher|dist"
LOGARITHMS = r"^log_?(p|s)|^lp$|^ls$"
CACHE = r"cache|ctx|saved|mem|context|tape"
RELATED = (r"focal|svm|hinge|poisson|distil|temperature|smooth|entropy_(bonus|coef)|policy|actor|bce|binary|mse|squared|brier|z_?loss"
           r"|bits|log2|weight|scale|margin|pad|mask|ignor")
OF_A_SOFTMAX = r"exp\b|exp2|expm1|\blog\w*\(|\be ?\*\*|soft_?max|entropy|nll|likelihood|logi[ts]|multinomial|multi_?class"
OF_A_SIGMOID = (r"sigmoid|logistic|expit|(((np|numpy|math)\.)?exp\(\w+\) ?/ ?\( ?)?\b1\.?0? ?\+ ?((np|numpy|math)\.)?exp\("
                r"|log1p\(((np|numpy|math)\.)?exp\(|logaddexp\(0")
SHAPE = r"((in|out)(put)?_?)?shape"
PASS = r"((nn|net|network|model|mlp)_?)?(feed_?)?forward(_?(pass|propagation|prop))?"
FORWARD = (r"^(for?ward(_?(prop|pass|output)\w*)?|feed_?forward|fwd|update_?output|fn|__call__|calc\w*|compute\w*"
           rf"|vorw(ä|ae)rts\w*|adelante|avant|\w*({LOSS})\w*)$")


def likely(name):
    return next((score for pattern, score in LIKELY if re.search(pattern, name.split(".")[-1].lower())), 0)


@functools.cache
def likeness(name, role):
    """Return 2 if a parameter's name is one of that role, 1 if a part of it is, else 0."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().strip("_")  # inputDim
    ends = any(plain.endswith(f"_{own}") for own in NAMES[role] if "_" in own)  # nn_output_dim
    parts = set(plain.split("_")) - {"d"}  # dA is a derivative
    return 2 * (not {plain, name, name.lower()}.isdisjoint(NAMES[role]) or ends) or int(not parts.isdisjoint(NAMES[role]))


def any_like(names, role, least=1):
    """Return whether one of some names is like a role, at least so much."""
    return any(likeness(name, role) >= least for name in names)


def with_axes(array, has, wanted):
    """Return a copy with other axes; of an axis that is not wanted it is the first entry."""
    if has == wanted:
        return array.copy()
    for axis in set(has) - set(wanted):
        array, has = array.take(0, has.index(axis)), has.replace(axis, "")
    flat = wanted.endswith("*")
    wanted = wanted.rstrip("*")
    array = array.transpose([has.index(axis) for axis in wanted if axis != "1"])
    array = np.array(array[tuple(np.newaxis if axis == "1" else slice(None) for axis in wanted)])
    return array.ravel() if flat else array


class Form(namedtuple("Form", "roles axes keywords targets", defaults=[ONE_HOT])):
    """One way to call a function: the role of each parameter, the axes of each role, the parameters given by keyword, and what labels (N, k) are."""

    @property
    def target(self):
        """The role of what the gradient belongs to."""
        return "W" if "W" in self.axes else "logits"

    def name_of(self, role):
        return next(name for name, own in self.roles.items() if own == role)

    @property
    def single(self):
        """Whether it takes one example, without an axis of N."""
        return "N" not in self.axes["labels"] + self.axes.get("X", self.axes.get("logits", ""))

    @property
    def columns(self):
        return self.axes.get("logits") == "kN" or self.axes.get("X") == "DN"

    @property
    def says_columns(self):
        """Whether logits are in columns, and the names are capital letters, as where examples are columns."""
        return self.columns and all(name[:1].isupper() for name in self.roles)

    @property
    def one_hot(self):
        return "k" in self.axes["labels"]

    @property
    def has_teacher(self):
        """Whether the labels are the logits of a teacher: with 200 at a class, their softmax is one-hot at any temperature."""
        name = self.name_of("labels").lower()
        named = re.search("logit|teacher", name) and not re.search("prob|soft|target|dist|label", name)
        return self.one_hot and (self.targets is TEACHER_LOGITS or bool(named))

    @property
    def has_three_axes(self):
        """Whether the logits have a third axis, as those of sequences: (batch, time, k), or a column for each step."""
        return len(self.axes.get("logits", "")) > 2

    @property
    def sequence(self):
        """Whether the N are steps of one sequence, or pixels of one image."""
        return self.axes.get("logits", "") in ("1Nk", "1kN", "1kN1")

    @property
    def has_one_as_matrix(self):
        """Whether one example comes as a matrix of one row or column."""
        return self.single and "1" in self.axes.get("logits", self.axes.get("X"))

    @property
    def has_one_row(self):
        """Whether it is a batch of one row. It hides what is wrong with more, so that it is the last thing to believe."""
        return self.axes.get("logits") == "1k" or self.axes.get("X") == "1D"

    def values(self, z, y, **given):
        """Return the value of each parameter for logits (N, k) and labels (N,).

        X is the identity beside a column of zeros, so that X.shape[1] is not N. Then dW is the gradient by the logits;
        the row of W that the zeros meet changes nothing.
        """
        N, k = z.shape
        weighted = "k" if self.axes.get("weights") == "k" else "N"
        X = given.pop("X", np.eye(N, N + 1))
        whole = {  # made only for the roles that there are
            "logits": (lambda: z, "Nk"), "W": (lambda: with_another_row(z), "Dk"),
            "X": (lambda: X.argmax(axis=1), "N") if self.axes.get("X") == "N" else (lambda: X, "ND"),
            "b": (lambda: np.zeros(k), "k"), "weights": (lambda: np.ones(k if weighted == "k" else N), weighted),
            "labels": (lambda: np.eye(k)[y] * (200 if self.has_teacher else 1), "Nk") if self.one_hot else (lambda: y, "N"),
        }
        numbers = PLAIN | {"classes": k, "inputs": len(given["W"]) if "W" in given else N + 1, "examples": N} | given
        values = {role: with_axes(given[role] if role in given else whole[role][0](), whole[role][1], axes) for role, axes in self.axes.items()}
        if self.axes["labels"] == "":
            values["labels"] = int(values["labels"])
        if self.targets in (BOOLEAN, INTEGER):
            values["labels"] = values["labels"].astype(bool if self.targets is BOOLEAN else int)
        return {name: values[role] if role in values else numbers[role] for name, role in self.roles.items()}

    def gradient(self, array, shape):
        """Return a gradient with the axes (N, k) of the logits, or (D, k) of the weights."""
        axes = self.axes[self.target]
        if axes.endswith("*"):
            array = array.reshape(shape if axes == "Dk*" else shape[::-1])
        kept = axes.strip("1*")
        array = array.reshape([n for n, axis in zip(array.shape, axes) if axis != "1"]) if "1" in axes else array
        return array[np.newaxis] if kept == "k" else array.T if kept[0] == "k" else array

    def __str__(self):
        """Return what each parameter is taken for."""
        names = {"logits": "logits", "b": "bias", "weights": "weights"}
        parts = []
        for name, role in self.roles.items():
            if role == "labels":
                kind = TEACHER_LOGITS if self.has_teacher else self.targets if self.one_hot else "class numbers"
                kind = f"{kind} {shape_of(self.axes[role])}" if self.axes[role] else "a class number"
            elif role in self.axes:
                kind = f"{names.get(role, '')} {shape_of(self.axes[role])}".strip() if self.axes[role] else "a weight"
            else:
                reg = "the strength of a regularization" if likeness(name, "reg") else "a number, 0.0"
                kind = {"reg": reg, "classes": "k", "inputs": "D", "examples": "N", "factor": "1"}.get(role)
                kind = kind or f"{'' if role in name.lower() else f'{role} '}{OPTIONS[role][0]}"
            parts.append(f"{name} {kind}" if kind[0] == "(" else kind if kind.split()[0] == name else f"{name}: {kind}")
        return ", ".join(parts)


def shape_of(axes):
    if axes.endswith("*"):
        return f"({axes[0]} {axes[1]},)"
    return f"({', '.join(axes)}{',' * (len(axes) == 1)})"


def forms(function, signature=None):
    """Return the ways to call a function, the likeliest first: by the names of its parameters, then by all others."""
    required, optional, keywords = parameters(function)
    if any(is_upstream(name) or name == "self" for name in required) or numbered(required) or trains(required, function):
        return []  # it returns other weights, or the product of a gradient and a Jacobian, or was taken out of a class
    scored, options = [], options_of(function, required)
    required = [name for name in required if name not in options]
    for roles in ROLES.get(len(required), []):
        for order in itertools.permutations(roles):
            likely = {role: likeness(name, role) for name, role in zip(required, order)}
            if any(role in ("logits", "labels") and likeness(name, "W") == 2 and not likeness(name, role) for name, role in zip(required, order)):
                continue  # weights are neither
            if all(likely.get(role, 1) for role in ("classes", "inputs", "examples", "weights", "factor")):  # what must be called so
                scored.append((sum(likely.values()), order))
    best = max((score for score, _ in scored), default=0)
    found = []
    for score, order in sorted(scored, key=lambda pair: -pair[0]):
        if score < best and len(required) > 2:
            break
        roles = dict(zip(required, order))
        extra = options | {name: "reg" for name in optional if "W" in order and likeness(name, "reg") == 2}
        for axes in all_axes(roles):
            if signature is None or FORCED[signature](axes):
                found.append(Form({**roles, **extra}, axes, {*keywords, *extra}))
    return sorted(found, key=lambda form: form.single)


def is_upstream(name):
    """Return whether a parameter is called like a gradient that a backward pass is given."""
    return bool(re.fullmatch(r"d_?(a|al|out|outputs?|values|y|z|l|loss|p)\d?|d_?l_?d_?\w+|grad(ient)?s?(_?(out|output|y|a|z|l))?"
                             r"|(out|output)_?grad(ient)?s?|up(stream)?(_?grad\w*)?", name.lower()))


def options_of(function, required):
    """Return the role of each parameter that makes another loss, such as a temperature; of optional ones, of those with a number."""
    found = {}
    with suppress(TypeError, ValueError):
        for name, given in inspect.signature(function).parameters.items():
            role = next((role for role in OPTIONS if likeness(name, role) == 2 or role == "temperature" and name.lower().startswith("temp")), None)
            # A constant of 1e-12 is for a logarithm, and a temperature is never 0.
            number = type(given.default) in (int, float) and (abs(given.default) >= 0.01 or given.default == 0 and role != "temperature")
            needed = len(required) < 3 or any(likeness(name, other) == 2 for other in ("W", "labels", "weights"))
            fits = not needed if name in required else given.default is None if role == "class weights" else number and role != "reduction"
            found.update({name: role} if role and fits else {})
    return found


def parameters(function):
    """Return the names of a function's required parameters, of the optional ones, and of those given by keyword."""
    try:
        given = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # compiled functions have none
        return ["logits", "labels"], [], []
    plain = [p for p in given if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    required = [p.name for p in plain if p.default is p.empty]
    if not any_like(required, "labels"):  # y=None
        last = max((n for n, p in enumerate(plain) if p.default is None and likeness(p.name, "labels") == 2), default=-1)
        required = [p.name for n, p in enumerate(plain) if p.default is p.empty or (p.default is None and n <= last)]
    if len(required) < 2 and len(plain) + 2 * any(p.kind is p.VAR_POSITIONAL for p in given) >= 2:
        required = [p.name for p in plain[:2]] if len(plain) > 1 else ["logits", "labels"]
    optional = [p.name for p in plain if p.name not in required]
    return required, optional, [p.name for p in plain if p.kind is p.KEYWORD_ONLY and p.name in required]


def all_axes(roles):
    """Yield the axes that the roles of some parameters may have together."""
    name = {role: name for name, role in roles.items()}
    hot = name["labels"][:1].isupper() or bool(re.search("hot|teacher", name["labels"].lower()))

    def sort(labels):
        return sorted(labels, key=lambda axes: hot and "k" not in axes)

    if "logits" in name:
        for logits, labels in LOGITS:
            examples = ["k", logits.replace("k", "") if logits[0] == "1" else "N"] if "N" in logits else [""]
            for axes, weights in itertools.product(sort(labels), examples if "weights" in name else [None]):
                yield {"logits": logits, "labels": axes, **({} if weights is None else {"weights": weights})}
        return
    for stars in (["", "*"],) if is_flat_by_name(roles) else ([""], ["*"]):  # else only if the gradient is flat
        for W, X, biases, labels in WEIGHTS:
            for axes, b, star in itertools.product(sort(labels), biases if "b" in name else [None], stars):
                yield {"W": W + star, "X": X, **({"b": b} if b else {}), "labels": axes, **({"weights": X.strip("D1")} if "weights" in name else {})}


def is_flat_by_name(roles):
    """Return whether the names of the parameters say that the weights may come in a flat array."""
    W = next(name for name, role in roles.items() if role == "W")
    return bool({"inputs", "classes"} & {*roles.values()}) or W.lower().startswith(("theta", "param"))


class Decay(namedtuple("Decay", "of_loss of_gradient over bias", defaults=[0.0, 0.0, None, slice(0)])):
    """A regularization that a function has always: its factors of W² in the loss and of W in dW, over N or "weights", and the rows of W that it leaves out."""

    def without_bias(self, W):
        kept = W.copy()
        kept[self.bias] = 0
        return kept

    def divisor(self, W, N):
        return {"N": N, "weights": np.delete(W, self.bias, 0).size}.get(self.over, 1)


Asked = namedtuple("Asked", "signature summed gradient_only classes", defaults=[None, False, False, None])  # what the reading must keep to


def text_of(file):
    return Path(file).read_text("utf-8", "replace") if Path(file).is_file() else ""


def speaks_of_a_softmax(text):
    return bool(re.search(OF_A_SOFTMAX, text.lower())) and not has_sigmoid_alone(text)


def has_sigmoid_alone(text):
    """Return whether a text has a sigmoid, and neither another exponential nor a word for a softmax."""
    others = re.sub(OF_A_SIGMOID, "", text.lower())
    return others != text.lower() and not re.search(r"soft_?max|exp\(|multi_?(nomial|class)", others)


class Student:
    """The student's function in one form: called with copies, its results taken as a `Result`."""

    def __init__(self, function, form, asked):
        self.function, self.form, self.asked, self.classes = function, form, asked, asked.classes
        self.way = function if isinstance(function, Way) else Way  # the class has what holds for a plain function
        self.name = getattr(function, "__name__", type(function).__name__)
        self.scale = "sum" if asked.summed or form.single else "mean"
        self.results = None  # of the first call: where the loss, the gradient and the probabilities are
        self.reduce = None  # np.sum or np.mean, whichever makes one loss of those of the examples
        self.decay = Decay()
        self.has_penalty = None  # "mean" or "sum", if what inputs of 0 leave of the loss and the gradient is taken away
        self.other_layers = None  # "mean" or "sum", if the loss has a penalty of other layers' weights
        self.constant = None  # what is added to s_c in the logarithm, or to the sum of the softmax
        self.is_row = False  # whether the gradient of a column is a row
        self.rare = False  # whether it raises for a batch of one example, or without a label of the last class
        self.is_flat = False  # whether the gradient of a matrix of logits has one axis
        self.is_transposed = False  # whether the gradient is transposed, as a docstring or a comment says
        self.right_for_one = False  # whether it is right for one example, and not for more
        self.other_gradients, self.varied_options = [], []  # what was compared as well, for the words: "db", and "T = 2"
        self.not_looked_at = []  # what has the shape of the inputs, and may be their gradient
        self.not_found = []  # gradients of other weights, such as "dW1"
        self.seconds, self.calls = 0.0, 0
        self.kept_runs = None, []  # the scale and the regularization under which they were made, and the Runs
        self.precision = "float64"
        self.effects = SideEffects(form)

    def in_form(self, **changed):
        """Return the Trial of the function in another form."""
        return Trial(Student(self.function, self.form._replace(**changed), self.asked))

    def likenesses(self, *roles):
        """Return for each parameter, or those with these roles, how much its name in the program says so."""
        given = {role: self.way.own.get(name, name) for name, role in self.form.roles.items() if role in (roles or self.form.roles.values())}
        return [2 if role == "logits" and self.way.behind else likeness(name, role) for role, name in given.items()]

    @property
    def guesses_weights(self):
        """Whether no name says which parameters are weights and inputs, or which of several layouts a flat array of weights has."""
        return "W" in self.form.axes and ("*" in self.form.axes["W"] or not all(self.likenesses("W", "X", "b")))

    @property
    def guesses_labels(self):
        """Whether no name says which of two parameters are logits and labels."""
        return self.form.target == "logits" and not any(self.likenesses("logits", "labels"))

    @property
    def names(self):
        """The names in its code."""
        return {name for function in self.functions for name in names_in(getattr(function, "__code__", None))}

    @property
    def knows_batches(self):
        """Whether a docstring has a shape that begins with the number of examples, or its code takes a length or a mean."""
        return bool(re.search(r"(?im)\((n|m|b|batch\w*|num_\w+|bs), ?\w+\)|^(len|mean)$", self.said))

    @functools.cached_property
    def said(self):
        """Its name, those in its code, and what docstrings and comments say of it."""
        return "\n".join([self.name, *map(explained_in, self.functions), *self.names])

    @functools.cached_property
    def file_text(self):
        """The text of its file, or an empty one."""
        known = [getattr(function, "__globals__", {}) for function in self.functions] + [vars(sys.modules.get("homework", sys))]
        file = next((own["__file__"] for own in known if own.get("__file__")), "")
        return text_of(file)

    @functools.cached_property
    def said_in_file(self):
        """What docstrings and comments say of it, and the comments that begin a line of its file."""
        return "\n".join([self.said, *re.findall(r"(?m)^#.*", self.file_text)])

    @property
    def may_be_of_a_softmax(self):
        """Whether its file has an exponential, or speaks of a softmax or its loss."""
        return not self.file_text or speaks_of_a_softmax(self.file_text)

    @property
    def functions(self):
        """The functions of the program that are called."""
        return self.way.functions or [self.function]

    @property
    def has_exponential(self):
        return self.may_have("exp|softmax|entropy|nll|logi[ts]")

    @property
    def has_softmax(self):
        return self.may_have("softmax|entropy|nll|logits|score|multi|class")

    def may_have(self, pattern):
        """Return whether it, or a function that it calls, has such names, or calls what stands in another file."""
        codes = [code for function in self.functions for code in codes_of(function)]
        names = {self.name, *(name for code in codes for name in (code.co_name, *code.co_varnames, *names_in(code)))}
        known = [getattr(function, "__globals__", {}) for function in self.functions]
        others = [own[name] for own in known for name in names if inspect.isfunction(own.get(name)) and own[name].__module__ != own.get("__name__")]
        return bool(others) or not codes or bool(re.search(pattern, " ".join(names).lower()))

    def has_hessian(self):
        """Return whether a variable is called like a Hessian, whose diagonal boosting wants beside the gradient."""
        return any("hess" in name for function in self.functions for name in getattr(getattr(function, "__code__", None), "co_varnames", ()))

    @property
    def is_forward_pass(self):
        """Whether its name is that of a forward pass, which returns steps for the backward pass beside the loss."""
        return bool(re.fullmatch(PASS, self.name.lower()))

    @property
    def has_backward_pass(self):
        """Whether its file has a function for the gradient that takes probabilities and labels, and that it does not call."""
        own = [(name, value) for function in self.functions for name, value in getattr(function, "__globals__", {}).items() if inspect.isfunction(value)]
        return any(re.search(BACK, name) and takes_probabilities(parameters(value)[0]) and not any(calls(function, name) for function in self.functions)
                   for name, value in own)

    @property
    def places(self):
        """The paths of the loss, the gradient and the probabilities in what is returned; None as long as they are not known."""
        return self.results and self.results.places

    @property
    def gradient_only(self):
        return bool(self.places) and "loss" not in self.places

    @property
    def loss_only(self):
        return bool(self.places) and "gradient" not in self.places

    @property
    def whole(self):
        return bool(self.places) and not self.gradient_only and not self.loss_only

    @property
    def parts(self):
        return ["loss"] * (not self.gradient_only) + ["gradient"] * (not self.loss_only)

    @property
    def least(self):
        """What an error of the gradient is relative to, at least: alone, a confident example has a tiny gradient of large parts."""
        return 0.1 if self.form.single else 0.0

    @property
    def slow(self):
        return self.seconds > max(1.0, 0.1 * self.calls)

    @property
    def scales(self):
        """What may be forgotten or too much: of one example there is no N."""
        return [name for name in SCALES if not self.form.single or name in ("sum", "averaged over the classes")]

    def batches(self):
        """Return what it is called with; one example of each kind if it takes no more."""
        few = batches(self.classes)[: 3 if self.slow else None]
        return [b.rows[n] for b in few for n in range(min(b.N, 1 if self.slow else 2))] if self.form.single else few

    def __call__(self, z, y):
        """Return the Result for logits (N, k) and labels (N,)."""
        result, parts = self.call(z, y)
        if self.form.target == "W":
            result = result._replace(gradient=result.gradient[:-1])
        if not self.loss_only:
            self.effects.look_at_probabilities(parts.get(self.places.get("probabilities")), parts[self.places["gradient"]], result.gradient)
        return result

    def call(self, z, y, **given):
        """Return the Result, with a gradient by logits or weights, and all parts that were returned."""
        if self.way.row:
            self.way.row["b"] = given.get("b", 0.0)
        values = self.form.values(softmax(z) if self.way.given_probabilities else z, y, **given)
        loss, gradient, parts = self.loss_and_gradient(values, len(y))
        W = np.asarray(given.get("W", with_another_row(z)))
        missing = np.full(W.shape if self.form.target == "W" else z.shape, np.nan)
        gradient = missing if gradient is None else self.form.gradient(gradient, W.shape)
        if self.results.by_example:
            loss = self.reduced(loss, gradient, Batch(z, y))
        result = self.without_decay(Result(np.nan if loss is None else loss, gradient), W, len(y))
        if self.has_penalty:
            penalty = self.penalty(y, W, given.get("b"))
            result = Result(result.loss - penalty.loss, result.gradient - penalty.gradient)
        return result._replace(loss=result.loss - self.penalty_of_other_layers(z, y, W, given)), parts

    def loss_and_gradient(self, values, N):
        """Return the loss and the gradient for values of the parameters, each None if it is not returned, and all parts that were returned."""
        before = {name: np.copy(value) for name, value in values.items()}
        shape = before[self.form.name_of(self.form.target)].shape
        returned, parts = self.run(values, shape)
        arrays = self.copied(parts, shape)
        self.effects.look_at_inputs(before, values)
        if self.places is None:
            self.results = FirstResults(self, returned, arrays, before, shape, N)
            self.results.find()
        if any(path not in arrays for what, path in self.places.items() if what != "probabilities"):
            raise Stop("cannot check", "it does not return the same kind of thing in each call")
        loss, gradient = (arrays.get(self.places.get(what)) for what in ("loss", "gradient"))
        at = self.form.axes.get("logits", "").find("N")
        if at >= 0 and self.calls > 1 and gradient is not None and gradient.ndim == len(shape) and gradient.shape[at] != shape[at]:
            raise Stop("cannot check", f"for logits of shape {shape} it returns an array of shape {gradient.shape}, which does not follow the number of"
                                       f" examples. Is that the gradient of weights which it makes itself? {AROUND}")
        number, gradient = checked(None if self.results.by_example else loss, gradient, shape)
        return loss if self.results.by_example else number, gradient, parts

    def penalty(self, y, W, b=None):
        """Return what is left beside the cross-entropy where the inputs are 0, or all are the last row of W: a regularization of any kind."""
        X, b, scale = np.zeros((len(y), len(W))), np.zeros(W.shape[1]) if b is None else b, self.has_penalty
        X[:, -1] = self.form.axes["X"] == "N"
        batch, self.has_penalty = Batch(X @ W + b, y), None
        try:
            found = self.call(batch.z, y, W=W, X=X, b=b)[0]
        finally:
            self.has_penalty = scale
        right = predicted({}, scale, batch)
        return Result(found.loss - right.loss, found.gradient - X.T @ right.gradient)

    def penalty_of_other_layers(self, z, y, W, given):
        """Return what the loss has beside the cross-entropy, by its value for logits of 0: the regularization of a network has all its weights."""
        scale, self.other_layers = self.other_layers, None
        if not scale:
            return 0.0
        try:
            loss = self.call(np.zeros_like(z), y, **{**given, "W": np.zeros_like(W), "b": np.zeros(z.shape[1])})[0].loss
        finally:
            self.other_layers = scale
        return loss - predicted({}, scale, Batch(np.zeros_like(z), y)).loss

    def copied(self, parts, shape):
        """Return copies, as the next call may write into the same arrays; what is a row for a column, flat, or said to be transposed, as it must be."""
        arrays = {path: part.copy() for path, part in parts.items()}
        shapes, turned, flat = [part.shape for part in arrays.values()], shape[::-1], (np.prod(shape),)
        if shape not in shapes:
            self.is_row = self.form.axes.get("logits") == "k1" and turned in shapes
            self.is_flat |= self.form.target == "logits" and min(shape) > 1 and flat in shapes
            self.is_transposed |= not self.is_row and turned in shapes and bool(re.search(SAID_TRANSPOSED, self.said))
        for path, part in arrays.items():
            if part.shape == turned and self.is_transposed:
                arrays[path] = part.T
            elif part.shape != shape and (part.shape == turned and self.is_row or part.shape == flat and self.is_flat):
                arrays[path] = part.reshape(shape)
        return arrays

    def run(self, values, shape):
        """Call the function; return what it returned, and the arrays in that by their path."""
        began = time.perf_counter()
        with students_code():
            named = {name: values[name] for name in values if name in self.form.keywords}
            returned = opened(self.function(*[values[name] for name in values if name not in named], **named))
            parts = arrays_in(returned, shape)
        self.seconds, self.calls = self.seconds + time.perf_counter() - began, self.calls + 1
        return returned, parts

    def reduced(self, losses, gradient, b):
        """Return the losses of the examples as one: their sum, if the gradient is that of the sum."""
        if self.reduce is None:
            of_sum, of_mean = (error(gradient[: b.N], difference(b) / n) for n in (1, b.N))
            self.reduce = np.sum if of_sum <= of_mean else np.mean
        return float(self.reduce(losses))

    def without_decay(self, result, W, N):
        """Take away a regularization that the function has always."""
        if not self.decay.of_loss and not self.decay.of_gradient:
            return result
        W, n = self.decay.without_bias(W), self.decay.divisor(W, N)
        return Result(result.loss - self.decay.of_loss * (W**2).sum() / n, result.gradient - self.decay.of_gradient * W / n)

    def __str__(self):
        """Return how the program was read, in one sentence."""
        return self.how_it_is_called() + (f"; returns {self.what_it_returns()}" if self.places is not None else "")

    def how_it_is_called(self):
        """Return the name and the parameters, with what each is taken for, in the letters of the program."""
        own, roles, way, W = self.way.own, self.form.roles, self.way, r"\((D, k|k, D)\)"
        order = dict.fromkeys(["W", *own, *roles]) if own else roles
        form = self.form._replace(roles={own.get(name, name): roles[name] for name in order if name in roles})
        text, names = str(form), [name for name in list(form.roles)[bool(way.kept) :] if name not in way.options]
        for applies, pattern, said in [
            (way.given_probabilities, "logits", "the softmax of logits"),
            (way.network, W, lambda axes: axes[0].replace("D", "hidden")),
            (way.kept, r"^W (\(.*?\))", rf"its {way.kept} \1"),
            (way.behind, r": logits\b", f": {way.behind} of logits"),
            (way.ones, W, lambda axes: axes[0].replace("D", "D + 1")),
            (way.ones, "$", f", with the bias in the {way.ones} {'column' if form.axes.get('W') == 'kD' else 'row'} of weights"),
            (way.flat, W, rf"(\1) flat, {way.flat}"),
            (way.reference, W, rf"(\1) without the {way.reference} class, whose weights are 0"),
            (way.from_one, r"class numbers (\(.*?\))", r"class numbers \1 from 1"),
            (way.minimized, "$", ", for a log-likelihood, whose sign is the other one"),
            (way.rate, "$", f", for one pass with {way.rate} = {SMALL_RATE:g}"),
            (way.minus, "$", ", for logits that are -1 times X times W"),
            (way.recurrent, "$", ", for the steps of one sequence, whose logits Why makes of the hidden states"),
        ]:
            text = re.sub(pattern, said, text) if applies else text
        kind, dot, methods = self.name.partition(".")
        whose = f"{kind}({', '.join(way.options)}){dot}{methods}" if way.options else self.name
        return f"{whose}({', '.join(names)}): {text}"

    def what_it_returns(self):
        """Return what of the results is judged, and what is not."""
        gradient = f"d{self.way.kept or self.form.name_of('W')}" if self.form.target == "W" else "the gradient"
        loss = "loss" if self.form.single else "losses of the examples" if self.reduce else {"sum": "summed loss"}.get(self.scale, "mean loss")
        gradients = [] if self.loss_only else list(dict.fromkeys([gradient, *self.other_gradients]))
        parts = [f"the {loss}"] * (not self.gradient_only and not self.way.without_loss) + gradients
        text = " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
        if self.way.returns_more or self.results.has_more and (self.loss_only or self.has_hessian()):
            text += "; not looked at: what else it returns"
        elif self.loss_only and "probabilities" in self.places:
            text += "; not looked at: what seems to be the probabilities"
        elif self.gradient_only or self.loss_only:
            text += " alone"
        text += "; its loss was computed from its probabilities" * self.way.without_loss
        if self.not_found:
            text += f"; not looked at: {', '.join(self.not_found)}"
        if self.not_looked_at:
            text += f"; not looked at: {', '.join(self.not_looked_at)}, of the shape of {self.form.name_of('X')}"
        return text


class FirstResults:
    """What the first call for N examples returned, in arrays by their path: which is the loss, which the gradient of this shape, which the probabilities."""

    def __init__(self, student, returned, arrays, given, shape, N):
        self.student, self.form, self.returned, self.arrays, self.shape, self.N = student, student.form, returned, arrays, shape, N
        self.places, self.found = None, {}  # the paths of loss, gradient and probabilities: None until all is clear, and what is found so far
        self.loss = None  # its value, if there is one
        self.numbers = [path for path, array in arrays.items() if array.size == 1 and array.dtype.kind in "fiuc"]
        cached = [path for path in arrays if path[1:] and any(np.array_equal(arrays[path], value) for value in given.values())]
        self.shaped = [path for path, array in arrays.items() if array.shape == shape and array.dtype.kind in "fiuc" and path not in cached]
        self.vectors = [path for path, array in arrays.items() if array.shape in ((N,), (N, 1), (1, N)) and array.dtype.kind == "f" and 1 < N]

    def find(self):
        """Find the places of loss, gradient and probabilities, or raise Stop if they are not clear."""
        count = len(self.arrays)
        if ("loss",) in self.shaped:  # one of each entry, which is no loss, though it has the shape of a gradient
            checked(self.arrays["loss",], None, self.shape)
        self.find_loss()
        self.find_gradient()
        # What has the size of the logits, and is neither, may be the probabilities.
        size = np.prod(self.shape) * self.N // (self.N + 1) if self.form.target == "W" else np.prod(self.shape)
        rest = [path for path in self.arrays if path not in self.found.values() and self.arrays[path].size == size and not is_gradient(path)]
        self.found.update({"probabilities": path for path in rest[:1]})
        student, loss, gradient = self.student, "loss" in self.found, "gradient" in self.found
        numbers, of_inputs = "losses" if self.by_example else "one number", "" if gradient else self.why_it_is_of_inputs()
        for applies, why in [
            (student.asked.gradient_only and not gradient, "it returns no gradient: leave out --gradient-only"),
            (student.asked.gradient_only and loss, "it returns more than the gradient: leave out --gradient-only"),
            (of_inputs, of_inputs),
            (loss and not gradient and student.way is Way and says(student.name, BACK, but=LOSS),
             f"by its name it is a gradient, but it returns {numbers}. {AROUND}"),
        ]:
            if applies:
                raise Stop("cannot check", why)
        if not student.asked.gradient_only and not (loss and gradient):
            self.look_for_the_other()
        self.places, self.has_more = self.found, count > len(self.found)  # than is looked at

    def find_loss(self):
        """Take a number, or one of each example if these alone are called like a loss, or there is no number."""
        is_loss = functools.partial(named_like, names=("loss", "cost", "j", "l", "ce", "nll"))
        by_name = any(map(is_loss, self.vectors)) and not any(map(is_loss, self.numbers))
        self.by_example = bool(self.vectors) and (not self.numbers or by_name)
        losses = self.vectors if self.by_example else self.numbers
        self.found.update({"loss": path for path in sorted(losses, key=lambda path: not is_loss(path))[:1]})
        if "loss" in self.found:
            self.loss = float(np.sum(self.arrays[self.found["loss"]]).real)

    def find_gradient(self):
        """Take what has the shape of the gradient: what is called so first, what looks like probabilities last."""
        # A backward pass that is returned may give a gradient for each parameter: of these, that of the logits has rows with the sum 0.
        each_has_one = len(self.shaped) == len(self.form.roles) and all(path[1:] and path == (*self.shaped[0][:-1], n) for n, path in enumerate(self.shaped))
        self.shaped.sort(key=lambda path: (not is_gradient(path), self.looks_like_probabilities(path), each_has_one and not self.has_rows_of_sum_0(path)))
        if len(self.shaped) > 1 and not self.numbers and self.student.has_hessian():
            self.shaped = self.shaped[:1]
            self.arrays = {self.shaped[0]: self.arrays[self.shaped[0]]}
        if "loss" in self.found and len(self.arrays) > 2 and self.student.is_forward_pass:  # steps for the backward pass, and perhaps the gradient
            self.shaped = [path for path in self.shaped if self.has_rows_of_sum_0(path)]
        predicts = self.numbers and (says(self.student.name, r"forward|predict|prob|entropy|eval") or self.student.has_backward_pass)
        if self.shaped and not (predicts and self.looks_like_probabilities(self.shaped[0])):
            self.found["gradient"] = self.shaped[0]

    def has_rows_of_sum_0(self, path):
        """Return whether each example's part of a gradient has the sum 0, as s - y has."""
        return np.abs(self.arrays[path].sum(axis=self.form.axes[self.form.target].strip("1*").index("k"))).max() < 1e-5

    def why_it_is_of_inputs(self):
        """Return what to do if the only array has the shape of the inputs, as of a layer that passes its gradient on; else an empty text."""
        axes = self.form.axes
        sizes = {"N": self.N, "D": self.shape[axes["W"].index("D")], "1": 1} if "X" in axes and "*" not in axes["W"] else {}
        alike = sizes and [array.shape for array in self.arrays.values() if array.size > 1] == [tuple(sizes[axis] for axis in axes["X"])]
        return (f"it returns an array of the shape of {self.form.name_of('X')}: is that the gradient with respect to it?"
                f" Return d{self.form.name_of('W')} beside it, and both are checked") if alike else ""

    def look_for_the_other(self):
        """Stop if what is missing, the loss or the gradient, seems to be there with a wrong shape."""
        name, parts, loss, gradient = self.student.name, parts_of(self.returned, self.shape), self.found.get("loss"), self.found.get("gradient")
        if self.returned is None:
            raise Stop("cannot check", "it returns None: end it with `return loss, gradient`")
        if self.found and any(part is None for part in list(parts.values())[:2]):
            raise Stop("cannot check", f"it returns None for its {'gradient' if gradient is None else 'loss'}")
        vectors = [path for path in self.vectors if path == loss or not re.search(BACK, name.lower())]  # what is called a gradient may return one as such
        known = self.numbers + self.shaped + vectors
        others = [path for path, array in self.arrays.items() if (array.ndim or isinstance(parts[path], list)) and path not in known]
        if loss is not None:  # labels and probabilities are what a backward pass needs, and a forward pass returns more for it
            others = [path for path in others if self.arrays[path].dtype.kind not in "iub" and not self.looks_like_probabilities(path)]
            if others and not self.student.is_forward_pass:
                checked(None, self.arrays[min(others, key=lambda path: self.arrays[path].shape != self.shape[::-1])], self.shape)
        elif gradient is not None:  # a network has other gradients, and what is called a gradient has that of the bias
            unknown = [] if self.student.way.network or says(name, BACK, but=LOSS) else [path for path in known + others if path != gradient]
            if others := [path for path in unknown if not self.looks_like_probabilities(path)]:
                first, second = sorted([others[0], gradient], key=list(self.arrays).index)
                checked(self.arrays[first], self.arrays[second], self.shape)
        else:
            if others and (len(self.arrays) > 1 or is_gradient((name,))):
                checked(self.arrays[others[0]] if len(others) > 1 else None, self.arrays[others[-1]], self.shape)
            what = f"an array of shape {self.arrays[others[0]].shape}" if others else f"one {type(self.returned).__name__}"
            raise Stop("cannot check", f"it returns {what}, which is neither a loss nor a gradient: end it with `return loss, gradient`")

    def looks_like_probabilities(self, path):
        """Return whether an array, or the exponentials of one without a positive number, sums to 1 over the classes."""
        classes, array = self.form.axes.get("logits", "kN" if self.form.columns else "Nk").index("k"), self.arrays[path]
        if array.dtype.kind != "f" or array.ndim <= classes or not array.size:
            return False
        values = np.exp(array) if array.max() <= 0 else array
        return values.min() >= 0 and np.allclose(values.sum(axis=classes), 1)


class SideEffects:
    """What the calls of a program have changed in what they were given, and in the probabilities that they return."""

    def __init__(self, form):
        self.form = form
        self.noticed = {}  # evidence by mistake, of the first call that made it
        self.spoiled = False  # whether an input is changed so that an equal call gives something else
        self.corrupted = []  # evidence of each call that returned probabilities, None if they are none

    def look_at_inputs(self, before, after):
        """Notice what the call has changed in the arrays that it was given."""
        for name, old in before.items():
            new, role = after[name], self.form.roles[name]
            if old.shape != np.shape(new):
                self.spoiled = True
                self.noticed.setdefault(role, f"{name} had shape {old.shape} before the call and {np.shape(new)} after it")
            elif old.dtype.kind in "fi" and (changed := ~(np.abs(old - new) <= 1e-9)).any():  # z -= m and then z += m leave rounding errors
                at = tuple(np.argwhere(changed)[0].tolist())
                mistake = "the caller's logits changed" if role == self.form.target else role
                shifted = role == "logits" and np.ptp(new - old, axis=self.form.axes[role].index("k")).max() <= 1e-9
                self.spoiled |= not shifted
                self.noticed.setdefault(mistake, f"{name}{list(at)} was {old[at]:.4g} before the call and {new[at]:.4g} after it")

    def look_at_probabilities(self, p, returned, gradient):
        """Notice p after `p -= y`: before the division by N, or where the gradient lies, which has the axes (N, k). Other sums of 0 may be meant."""
        if p is None or p.dtype.kind != "f" or p.size != gradient.size:
            return
        same_memory = np.shares_memory(returned, p)
        p = (p.T if self.form.columns and p.ndim == 2 else p).reshape(gradient.shape)
        N, row_sum = len(gradient), np.abs(p.sum(axis=1)).max()
        if row_sum < 1e-5 and (same_memory or np.allclose(p, N * gradient, atol=1e-6)):
            evidence = f"the rows of the probabilities that you return sum to {row_sum:.1g}; they must sum to 1"
            self.corrupted.append(evidence if same_memory or N > 1 else "")  # N = 1 tells nothing
        else:
            self.corrupted.append(None)

    def findings(self):
        """Return what is wrong with changed probabilities that are returned, and with changed inputs; and what is fragile, if logits are only shifted."""
        wrong = [] if None in self.corrupted else list(filter(None, self.corrupted))[:1]
        wrong = [finding("the returned probabilities corrupted", evidence) for evidence in wrong]
        changed = [finding(name if name in KNOWN else "input-changed", evidence) for name, evidence in self.noticed.items()]
        return (wrong + changed, []) if self.spoiled else (wrong, changed)


def with_another_row(z):
    """Return weights whose product with the inputs of `Form.values` is z: the last row meets zeros."""
    return np.concatenate([z, z[-1:]])


def says(name, what, but=None):
    """Whether a function is called like one thing, such as a loss, and not like another, such as a gradient."""
    return bool(re.search(what, name.lower())) and not re.search(but or BACK, name.lower())


def named_like(path, names):
    last = str(path[-1]).lower() if path else ""
    return last in names or any(name in last for name in names if len(name) > 2)


def is_gradient(path):
    last = str(path[-1]).lower() if path else ""
    return last[:1] == "d" or "grad" in last or "delta" in last


def yielded(generator):
    """Return what a generator yields: the results of one batch, or a list with those of each example."""
    results = list(itertools.islice(generator, 1000))
    return results[0] if len(results) == 1 and any(np.ndim(part) > 1 for part in results[0]) else results


def backward_of(function):
    """Return what a function that was returned gives, with 1 for an upstream gradient."""
    for one in (1.0, np.ones(1)):  # it may want a number for each example
        with suppress(Exception):
            return function(*[one] * len(parameters(function)[0]))
    return function


def are_examples(returned):
    return isinstance(returned, list) and bool(returned) and all(isinstance(each, tuple) for each in returned)


def is_numbered(returned):
    return isinstance(returned, dict) and returned.keys() == set(range(len(returned)))


def is_object(returned):
    """Return whether it is an object of the program's, with attributes."""
    plain = inspect.isclass(returned) or inspect.ismodule(returned) or hasattr(returned, "__array__")
    return not plain and any("__dict__" in vars(kind) for kind in type(returned).__mro__) and bool(vars(returned))


class Attribute(str):
    """The name of an attribute, in the path to what an object keeps in another one."""


def opened(returned):
    """Return what was returned, with all that holds results opened, in a tuple or a dictionary too."""
    if isinstance(returned, (float, np.ndarray)):
        return returned
    for holds, opening in [
        (inspect.isgenerator, yielded),
        (inspect.isfunction, backward_of),
        (are_examples, lambda pairs: tuple(map(list, zip(*pairs)))),
        (is_object, vars),
        (is_numbered, lambda numbered: [numbered[n] for n in range(len(numbered))]),
    ]:
        if holds(returned):
            returned = opening(returned)
    if isinstance(returned, dict):
        return {key: opened(value) for key, value in returned.items()}
    return tuple(map(opened, returned)) if isinstance(returned, tuple) else returned


def parts_of(returned, shape, path=()):
    """Return the parts of a tuple, list, dictionary or object, by their path; a list of numbers or of rows is one part, and so is a tuple of logits."""
    holds = isinstance(returned, list) and (not path or has_arrays(returned))
    if isinstance(returned, dict):
        items = returned.items()
    elif is_object(returned) and 0 < len(path) < 5:  # objects may keep each other
        items = {Attribute(name): value for name, value in vars(returned).items()}.items()
    elif isinstance(returned, tuple) and not (shape == (len(returned),) and all(isinstance(each, float) for each in returned)) or (
            holds and as_array(returned).shape != (shape or None)):
        items = enumerate(returned)
    else:
        return {path: returned}
    return {at: part for key, value in items for at, part in parts_of(value, shape, (*path, key)).items()}


def arrays_in(returned, shape):
    """Return the parts of what was returned as arrays."""
    return {path: as_array(part) for path, part in parts_of(returned, shape).items()}


def has_arrays(parts):
    """Return whether a list has matrices, dictionaries, objects, or vectors of different lengths, and not the rows of one array."""
    lengths = {np.shape(part) for part in parts if isinstance(part, np.ndarray)}
    return len(lengths) > 1 or any(len(shape) > 1 for shape in lengths) or any(isinstance(part, dict) or is_object(part) for part in parts)


def as_array(part):
    """Return a number, nested lists, a NumPy array, or a PyTorch tensor as an array, of float64 if it can be."""
    if part is None:
        return np.array(None)
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
    """Return the loss and the gradient, or raise Stop if a shape or a type is not the right one; None is left out."""
    if loss is not None and (loss.size != 1 or loss.dtype.kind not in "fiu"):
        entries = f", and not one for each entry. Sum over the classes, then take the mean of the {len(loss)} examples" if loss.shape == shape else ""
        raise Stop("wrong", f"your loss has shape {loss.shape} and dtype {loss.dtype}; it must be one real number{entries}", "loss")
    loss = None if loss is None else float(loss.reshape(()))
    if gradient is None:
        return loss, None
    if gradient.dtype == object:
        raise Stop("wrong", f"your gradient is not an array of numbers; its shape must be that of its input, {shape}: do all rows have the same length?")
    if gradient.shape != shape:
        hint, flat = ": it is transposed" if gradient.shape == shape[::-1] else "", gradient.shape == (np.prod(shape),)
        if gradient.ndim > len(shape) or (gradient.ndim == 2 and gradient.shape in [(shape[-1],) * 2, (shape[0],) * 2, (np.prod(shape),) * 2]):
            hint = ". This is the shape of the Jacobian of the softmax. Multiply it by the derivative of the loss with respect to s: the product is s - y"
        raise Stop("wrong", f"your gradient has shape {gradient.shape}; it must have that of its input, {shape}{hint}", "flat" if flat else None)
    if gradient.dtype.kind != "f" or gradient.dtype.itemsize < 4:
        why = ". np.zeros_like(y) has the dtype of y, and integers lose all decimals: give it dtype=float" * (gradient.dtype.kind in "iub")
        raise Stop("wrong", f"your gradient has dtype {gradient.dtype}; it must be float64 (float32 will do){why}")
    return loss, gradient.astype(np.float64)


# 5. The comparison


def error(got, expected, least=0.0):
    """Return the largest error, relative to the largest number expected or to `least`; inf if anything is not finite, so that no comparison lets NaN pass."""
    relative = np.abs(got - expected).max() / (max(np.abs(expected).max(), least) or 1.0)
    return relative if np.isfinite(relative) else np.inf


class Run:
    """A batch, what the function returned or raised for it, and what it must return."""

    def __init__(self, student, b, seen=None, scale=None):
        self.student, self.b, self.raised = student, b, None
        try:
            self.seen = student(b.z, b.y) if seen is None else seen
        except Raised as raised:
            self.seen, self.raised = Result(np.nan, np.full(b.z.shape, np.nan)), raised
        self.compare_with(scale or student.scale)

    def compare_with(self, scale):
        """Measure the errors of a sum or of a mean."""
        self.right = predicted({}, scale, self.b)
        if self.student.loss_only and not self.raised:
            self.seen = self.seen._replace(gradient=self.right.gradient)
        if self.student.gradient_only:
            self.seen = self.seen._replace(loss=np.nan)
        self.gradient_error = error(self.seen.gradient, self.right.gradient, self.student.least)
        self.loss_error = 0.0 if self.student.gradient_only else error(self.seen.loss, self.right.loss, least=1.0)
        # With "not", so that NaN is wrong.
        far = np.abs(self.seen.gradient - self.right.gradient)
        self.mask = ~(far <= WRONG * max(np.abs(self.right.gradient).max(), self.student.least))

    def has_loss(self):
        return bool(np.isfinite(self.seen.loss) or self.student.gradient_only)

    def is_finite(self):
        return self.has_loss() and bool(np.isfinite(self.seen.gradient).all())

    def is_wrong(self, of_gradient=WRONG, of_loss=LOSS_WRONG):
        return self.gradient_error > of_gradient or self.loss_error > of_loss

    def underflows(self):
        """Return whether NumPy raised because exp of something far below rounds to 0: log-sum-exp lives with that."""
        return bool(self.raised and "underflow encountered" in str(self.raised.error))

    def outcome(self):
        return f"it raises an error: {self.raised}" if self.raised else self.words(self.seen)

    def words(self, result):
        """Return the loss and the gradient, of which one may be missing."""
        words = {"loss": f"loss {result.loss + 0.0:.4g}", "gradient": f"gradient {show(result.gradient)}"}
        return ", ".join(words[part] for part in self.student.parts)


def show(values):
    shown = [f"{value + 0.0:.4g}" for value in np.ravel(values)]  # + 0.0 makes 0 of -0
    return f"[{' '.join(shown if len(shown) <= 16 else [*shown[:4], '...'])}]"


def apart(one, other, digits):
    """Return two numbers with so many digits, or more if they look alike."""
    texts = f"{one + 0.0:.{digits}g}", f"{other + 0.0:.{digits}g}"
    return texts if texts[0] != texts[1] or digits > 16 else apart(one, other, digits + 1)


def precision(student, run):
    """Return "float32" if the gradient lacks float64's digits, else "float64"."""
    # A change of the logits by 1e-10 of their size moves a float64 result in its last digits, and leaves a float32 result exactly as it was.
    nudged = student(run.b.z * (1 + 1e-10), run.b.y)
    same = nudged.loss == run.seen.loss if student.loss_only else np.mean(nudged.gradient == run.seen.gradient) > 0.9
    return "float32" if same else "float64"


def limits_for(student, part):
    """Return what an error of the loss or of the gradient is relative to, at least, and how large it may be."""
    return (1.0, LOSS_WRONG) if part == "loss" else (student.least, ROUNDING[student.precision])


def fits(runs, part, prediction):
    """Return whether the loss or the gradient of all runs is that of prediction(batch)."""
    least, tolerance = limits_for(runs[0].student, part)
    return all(error(getattr(run.seen, part), prediction(run.b), least) <= tolerance for run in runs)


def fitting_first(run, part, constant):
    """Yield the explanations, each with a scale, that fit the loss or the gradient of one run. Most are out then."""
    (known, rows), (least, tolerance) = explanations(constant), limits_for(run.student, part)
    totals, seen = getattr(of_batch(rows, run.b), part), np.ravel(getattr(run.seen, part))
    for scale in run.student.scales:
        expected = SCALES[scale](run.b) * totals
        largest = np.maximum(np.abs(expected).max(axis=1), least)
        near = np.abs(seen - expected).max(axis=1) <= tolerance * np.where(largest, largest, 1.0)
        yield from ((known[n], scale) for n in np.flatnonzero(near))


def explain(student, runs, part):
    """Return names, changes and scale of the one explanation that fits the loss or gradient of all runs.

    It is the one with the fewest names, two at most. None if nothing fits, or if different ones do.
    """
    found, one_example = {}, student.form.single
    for constant in (0.0, 1e-8, 1e-7) if part == "loss" else (0.0,):  # inside the logarithm, up to Keras's: no matter of this
        for (names, changes, total), scale in fitting_first(runs[0], part, constant) if runs else ():  # it may raise in all batches
            if one_example and "softmax over the wrong axis" in names:
                continue  # one example has but one axis
            count = len(names) + (scale != student.scale)
            if count > 2 or (part == "loss" and "form" in changes):
                continue  # a formula of the gradient says nothing of the loss
            if fits(runs, part, lambda b: SCALES[scale](b) * getattr(of_batch(total, b), part)):
                found.setdefault(count, []).append((names, changes, scale))
        if found:
            break
    best = found[min(found)] if found else []
    return best[0] if len({(names, scale) for names, _, scale in best}) == 1 else None


def small_constant(student, runs):
    """Return the constant of a loss -log(s_c + constant), whose gradient is its derivative or s - y, that of a sum in the softmax, or of both; or None."""
    in_both = [functools.partial(with_constant_in_the_sum, shifted=shifted, in_logarithm=True) for shifted in (True, False)]
    places = with_constant_in_the_logarithm, with_constant_in_the_sum, *in_both
    for constant, of in itertools.product((1e-8, 1e-7, 1e-6, 1e-5), places):

        def is_that(run):
            loss, gradient = of(run.b, constant)
            scale = SCALES[student.scale](run.b)
            right = student.gradient_only or error(run.seen.loss, scale * loss, least=1.0) <= ROUNDING[student.precision]
            return right and min(run.gradient_error, error(run.seen.gradient, scale * gradient)) <= ROUNDING[student.precision]

        if all(is_that(run) for run in runs):
            return constant
    return None


def with_constant_in_the_logarithm(b, constant):
    return Result(-np.log(b.s_c + constant).sum(), difference(b) * b.s_c / (b.s_c + constant))


def with_constant_in_the_sum(b, constant, shifted=True, in_logarithm=False):
    """Return what a softmax makes that divides by its sum of exp(z - max), or of exp(z), and a constant, which may be in the logarithm as well."""
    largest = b.z.max(axis=1, keepdims=True) * (not shifted)
    s = b.P / (1 + constant * b.P.max(axis=1, keepdims=True) / np.exp(largest))
    return Result(-np.log((s * b.Y).sum(axis=1) + constant * in_logarithm).sum(), s - b.Y)


# 6. The reading: which form the program is judged in


class Trial:
    """A form that was tried on the first batch: what is right in it, or why it failed."""

    def __init__(self, student):
        self.student, self.run, self.stop, self.name = student, None, None, student.name
        self.right = self.loss_right = self.gradient_right = False
        b = student.batches()[0]
        scales = ["mean", "sum"] if not student.asked.summed else ["sum"]
        try:
            self.run = Run(student, b)
        except Stop as stop:
            self.stop = stop
            loss = student.results and student.results.loss
            self.loss_right = loss is not None and any(error(loss, predicted({}, scale, b).loss, 1.0) <= LOSS_WRONG for scale in scales)
            return
        if self.run.raised:
            return
        for student.other_layers, student.has_penalty in penalties(student, scales):
            if student.form.target == "W":
                student.decay = Decay()
                student.decay = built_in_decay(student, scales)
                self.run = Run(student, b)
            fitting = {scale: Run(student, b, self.run.seen, scale) for scale in scales}
            losses, gradients = ({scale for scale, run in fitting.items() if getattr(run, name) <= limit}
                                 for name, limit in [("loss_error", LOSS_WRONG), ("gradient_error", WRONG)])
            if losses and (gradients or student.way.network):
                break
        self.right, self.scales = bool(losses & gradients), losses & gradients
        self.loss_right, self.gradient_right = bool(losses) and not student.gradient_only, bool(gradients) and not student.loss_only
        if student.gradient_only and not student.asked.gradient_only and says(student.name, LOSS) and names_needed(student) == UNEXPLAINED:
            self.stop = Stop("cannot check", f"by its name it is a loss, but it returns an array of the shape {b.z.shape} that it gets. {AROUND}")

    @property
    def raised(self):
        return self.run and self.run.raised

    @property
    def fits(self):
        return self.stop is None and not self.raised

    @property
    def stopped_as_wrong(self):
        return bool(self.stop) and self.stop.verdict == "wrong"

    @property
    def hint(self):
        return hint_broadcast(self.run) if self.run else ""

    @property
    def whole(self):
        return self.fits and self.student.whole

    @property
    def rank(self):
        """What decides between several functions or ways to call one; the name of the function comes in the middle."""
        student, answers = self.student, self.fits or self.stopped_as_wrong
        named = max(likely(name.partition(" of ")[0]) for name in (self.name, student.name))
        return answers, student.whole, named > 0, self.right, self.parts_right, self.fits and self.run.is_finite()

    @property
    def parts_right(self):
        return self.loss_right + self.gradient_right


def penalties(student, scales):
    """Yield which penalty is taken away: that of other layers, or of all weights. It is none at first, and none if no other makes more of it right."""
    plain = None, None
    yield plain
    if student.way.network:
        if not student.gradient_only and has_other_penalty(student, scales):
            yield from [*((scale, None) for scale in scales), plain]
    elif student.form.target == "W":
        yield from [*((None, scale) for scale in scales if depends_on_weights_alone(student, scale)), plain]


def depends_on_weights_alone(student, scale):
    """Return whether inputs of 0 leave something that other weights change, and that is about 0 for weights of 0, as far as it is a number."""
    b = student.batches()[0]
    W, student.has_penalty = with_another_row(b.z), scale
    with suppress(Raised, Stop):
        one, other, none = (student.penalty(b.y, times * W) for times in (1, -2, 0))
        return not abs(none.loss) > 1e-3 and any(1e-12 < np.abs(np.nan_to_num(part - more)).max() < 1e6 for part, more in zip(one, other))
    return False


def has_other_penalty(student, scales):
    """Return whether the loss of a network whose last weights are 0 is not that of logits of 0: then it has a penalty of other weights."""
    b = student.batches()[0]
    zero = Batch(np.zeros_like(b.z), b.y)
    with suppress(Raised, Stop):
        return not any(
            error(student.call(zero.z, b.y)[0].loss, predicted({}, scale, zero).loss, 1.0) <= LOSS_WRONG for scale in scales)


def built_in_decay(student, scales):
    """Return the regularization that a function of weights has, with a strength of its own."""
    first = [Run(student, b) for b in student.batches()[:3]]  # of which neither N, D, k nor the weights are equally many
    losses, pairs = [], [*zip(scales, scales), ("mean", "sum")]  # that of a sum beside a mean is a known mistake

    @functools.cache
    def slopes(scale, other, *rows):
        """Return for each run the factor of W² in the loss, and of W in dW, without these rows of W."""
        without, found = Decay(bias=slice(*rows)).without_bias, []
        for run in first:
            W = without(with_another_row(run.b.z))
            share = proportion(run.seen.gradient - (right := predicted({}, other, run.b)).gradient, W[:-1], right.gradient)
            of_loss = 0.0 if student.gradient_only else (run.seen.loss - predicted({}, scale, run.b).loss) / (W**2).sum()
            found.append((of_loss, np.nan if share is None else share))
        return np.array(found)

    for (scale, other), over, rows in itertools.product(pairs, (None, "N", "weights"), ((0, 0), (0, 1), (-1, None))):
        decay = Decay(over=over, bias=slice(*rows))
        both = slopes(scale, other, *rows) * [[decay.divisor(with_another_row(run.b.z), run.b.N)] for run in first]
        for half in (0.5, 1.0, 0.25):  # and its mistakes; a constant in the logarithm is told apart later
            if abs(both[0, 0] - half * both[0, 1]) < 0.1 * half * abs(both[0, 1]):
                both[:, 0] = half * both[:, 1]
        largest = np.abs(both[0]).max()
        if largest > 1e-7 and np.allclose(both, both[0], rtol=1e-5, atol=1e-9):
            return decay._replace(**{name: float(part) if abs(part) > 1e-9 * largest else 0.0 for name, part in zip(Decay._fields, both[0])})
        of_loss = both[:, 0]
        if of_loss[0] > 1e-7 and scale == other and not student.gradient_only and np.allclose(of_loss, of_loss[0], rtol=1e-7):
            losses.append(decay._replace(of_loss=of_loss[0], of_gradient=2 * of_loss[0]))
    return next(iter(losses), Decay())  # the loss has it, and the gradient is wrong


OF_SIZES = r"(?<!inhomogeneous )shape|size|broadcast|mismatch|dimension|out of bounds|list index|align|\baxis"  # what errors say of these
DEEPER = r"expected [34]|dimensional, but|out of bounds for array of dim|axes don't match"  # what NumPy says where an axis is missing


def read(function, asked=Asked(), known=None):
    """Return the Trial of the form that a function is judged in, of all or of those `known`: one under which it is right; of those, the likeliest."""
    trials = []
    for form in known or forms(function, asked.signature):
        if not known and not is_worth_a_trial(form, function, trials):
            continue
        trial = Trial(Student(function, form, asked))
        if trial.right and form.single and only_hides(trial, trials) and not sums_no_bias(trial, trials):
            break
        if (not trials or (form.axes.get("W"), form.axes.get("X")) == ("kD", "ND")) and lacks_one_row(trial):
            added = [read(made, asked) for made in with_ones(function)]
            if fitting := [other for other in added if other.whole or other.right]:
                return max(fitting, key=lambda other: other.rank)
        if trial.right and not trial.whole and any((other.whole or other.stopped_as_wrong) and other.parts_right for other in trials):
            continue  # in this form it hides its other part, which is wrong
        trials.append(trial)
        if trial.right:
            return stricter(trial) or of_one_example(trial) or trial
        if trial.parts_right == 2:
            break  # the loss of a mean and the gradient of a sum, or the reverse
        if are_slow(trials) and any(other.fits for other in trials):
            break  # a slow program is not run in all forms
    if not trials:
        names, name = ", ".join(parameters(function)[0]), getattr(function, "__name__", "f").split(" ")[0]
        raise Stop("cannot check", f"no loss is known that takes ({names}). Write a function that calls yours: {wrapper_of(name)}")
    best = likeliest(trials)
    way = best.student.way
    if way.flat:
        return best  # with other classes or another convention, its original is read with biases inside too
    other = None
    # What only changes signs raises where its original does, which was read with other weights and classes too.
    if any(map(speaks_of_sizes, trials)) and not (way.minus or way.minimized):
        other = with_biases_inside(best, trials) or without_one_class(best, trials) or with_its_number_of_classes(trials)
    other = other or meant_otherwise(best, trials)
    if other or best.raised:
        return other or best
    return with_other_labels(best, trials) or with_booleans(best, trials) or with_a_teacher(best, trials) or without_guesses(best)


def is_worth_a_trial(form, function, trials):
    """Return whether something speaks of the form, if it has three axes or flat weights: the program, or how it failed in other forms."""
    if form.has_three_axes:
        says_three_axes = re.search(r"\((\w+, ?){2}\w+\)", explained_in(function))  # as of a batch of sequences
        return bool(says_three_axes) or any(re.search(DEEPER, str(other.raised)) for other in trials)
    if form.axes.get("X") == "N":
        return any(re.search("used as indices|only integers, slices", str(other.raised)) for other in trials)
    if "*" not in form.axes.get("W", "") or is_flat_by_name(form.roles) or any(other.stop and other.stop.part == "flat" for other in trials):
        return True
    W = form.name_of("W")
    return bool(re.search(rf"\b{W}\.reshape\(|\breshape\({W}\b", source_of(getattr(function, "__code__", None))))


def speaks_of_sizes(trial):
    """Return whether a form raises no error, or one that arrays of other sizes may not raise."""
    return not trial.raised or bool(re.search(OF_SIZES, str(trial.raised.error)))


def with_its_number_of_classes(trials):
    """Return the Trial of a function with so many classes as it may be written for, if none of its forms fits; or None."""
    student, raised = trials[0].student, all(trial.raised for trial in trials)
    if student.classes or student.way.ones or are_slow(trials) or any(trial.fits or wants_lists(trial) for trial in trials):
        return None
    for classes in numbers_of_classes(trials):
        other = read(student.function, student.asked._replace(classes=classes))
        named = classes != 10 and inspect.isfunction(student.function)
        if other.right or raised and (other.parts_right or other.fits and (named or has_formulas(other.student))):
            return other
    return None


def meant_otherwise(best, trials):
    """Return the Trial of a function under another convention, if it is right then, or more of it; or None."""
    for applies, changed in OTHERWISE:
        if applies(best):
            made = changed(best.student.function)
            other = read(made, best.student.asked, (made.minus or made.minimized) and [trial.student.form for trial in trials if not trial.raised])
            if other.right or other.parts_right > best.parts_right and changed is not with_minus:
                return other
    return None


def with_biases_inside(best, trials):
    """Return the Trial of a function that takes weights and biases in one array, flat or not, if nothing is right with weights alone; or None."""
    form, function, way = best.student.form, best.student.function, best.student.way
    if way.kept or way.ones or best.parts_right or form.target != "W" or not likeness(form.name_of("W"), "W"):
        return None  # an object keeps weights in their shape; ones have biases beside them
    made = [*flattened(function)] if best.raised or "*" in form.axes["W"] or any("reshape" in str(trial.raised) for trial in trials) else []
    made += with_ones(function) if any(lacks_one_row(trial, columns=0) for trial in trials) else []
    added = [other for one in made if (other := read(one, best.student.asked)).fits and other.parts_right]
    return max(added, key=lambda other: other.rank, default=None)


def without_one_class(best, trials):
    """Return the Trial of a function of weights for all classes but one, whose weights are 0, if one of its forms is right then; or None."""
    student = best.student
    if best.parts_right or student.form.target != "W" or student.way.kept or student.way.reference or student.way.ones or student.classes or are_slow(trials):
        return None
    asked = [trial for trial in trials if not trial.student.form.has_one_row and (lacks_one_class(trial) or "W" in trial.student.form.axes and trial.fits)]
    for made, form in itertools.product(with_a_reference_class(student.function), [trial.student.form for trial in asked[:4]]):
        other = Trial(Student(made, form._replace(axes={**form.axes, "W": form.axes["W"].strip("*")}), student.asked))
        if other.right:
            return other
    return None


def with_other_labels(best, trials):
    """Return the Trial of a function that takes class numbers as a row (1, N), or one in an array where a docstring says that logits are one row; or None.

    It is believed only if it is right then.
    """
    for one in [trial.student for trial in trials] if not best.right else ():
        axes = {("Nk", "N"): "1N", ("1k", ""): "1"}.get((one.form.axes.get("logits"), one.form.axes["labels"]))
        if axes and (axes == "1N" or says_one_row(one)) and (other := one.in_form(axes={**one.form.axes, "labels": axes})).right:
            return other
    return None


def with_booleans(best, trials):
    """Return the Trial of a function with boolean one-hot labels, if its errors ask for them, and it is right then or wrong in a known way; or None."""
    student = best.student
    asked = [trial.student for trial in trials if "integer (or boolean)" in str(trial.raised) and trial.student.form.one_hot]
    asked = [one for one in asked if one.form.roles == student.form.roles and not one.form.single and not one.guesses_weights]
    for one in asked if not has_formulas(student) else ():
        other = one.in_form(targets=BOOLEAN)
        if other.right or other.fits and names_needed(other.student) < UNEXPLAINED:
            return other
    return None


def with_a_teacher(best, trials):
    """Return the Trial of a function of two arrays of logits, if those of a teacher make it right, or explain it; or None."""
    student, tried = best.student, []
    named = any_like(student.form.roles, "labels")
    # No name must call one of them labels, if nothing speaks of a teacher or a ranking.
    if named and not re.search(TEACHER, student.said.lower()) or names_needed(student) < UNEXPLAINED:
        return None
    asked = [trial.student for trial in trials if trial.fits and trial.student.form.one_hot and trial.student.form.target == "logits"]
    for one in [one for one in asked if not one.form.has_three_axes and not one.form.has_one_row]:
        tried.append(one.in_form(targets=TEACHER_LOGITS))
        if tried[-1].right and not (one.form.single and student.knows_batches):
            return tried[-1]
    return next((other for other in tried if other.fits and names_needed(other.student) < UNEXPLAINED), None)


def without_guesses(best):
    """Return the Trial, without a verdict if nothing that is known fits, and a guess which parameter is which."""
    student, looks_fit = best.student, best.fits or best.stop.part == "loss"
    if best.fits and "*" in student.form.axes.get("W", "") and is_in_the_other_order(best):
        best.stop = Stop("wrong", "your gradient has its entries in the order of the transposed weights: flatten dW as the weights are, not dW.T")
    elif not best.parts_right and (student.guesses_weights and looks_fit and names_needed(student) == UNEXPLAINED
                                   or student.guesses_labels and best.fits and not has_formulas(student)):
        best.stop = Stop("cannot check", f"it is a guess which parameter is which, and with this guess the result is not right. {AROUND}")
    return best


def is_in_the_other_order(trial):
    """Return whether a gradient of flattened weights would be right if it were that of the transposed ones."""
    student, b = trial.student, trial.run.b
    gradient = student.call(b.z, b.y)[0].gradient
    own = gradient if student.form.axes["W"] == "Dk*" else gradient.T
    other = own.ravel().reshape(own.shape[::-1])
    other = (other.T if own is gradient else other)[: b.N]
    return any(error(other, predicted({}, scale, b).gradient) <= WRONG for scale in ("mean", "sum"))


def numbers_of_classes(trials):
    """Return how many classes a program may be written for: sizes that its errors name, and ten where an index is too large, as there are ten digits."""
    said = [str(trial.raised.error if trial.raised else trial.stop.why) for trial in trials]
    named = {int(number) for text in said[:4] for number in re.findall(r"\b\d+\b", text)}
    named |= {10} if any(re.search(r"\b10\b|index \d+ is out of|list index", text) for text in said) else set()
    N, k = batches()[0].z.shape
    few = isinstance(trials[0].student.function, Way) and trials[0].student.way.steps  # a class has many ways already
    return sorted(n for n in named - {N, k, N + 1} if 1 < n < 21 and (n == 10 or not few))


def may_be_of_minus_the_logits(trial):
    """Return whether the logits of a function of weights may be -1 times the product: nothing explains it otherwise."""
    student, way = trial.student, trial.student.way
    fits = trial.fits and student.whole and student.form.axes.get("W") in ("Dk", "kD")
    return fits and not (way.ones or way.minus or way.network) and names_needed(student) == UNEXPLAINED


def says_from_one(trial):
    """Return whether its docstring or a comment says that labels run from 1 to k, or its error that a label of 0 became negative."""
    student = trial.student
    return not student.way.from_one and not student.form.one_hot and (
        "negative" in str(trial.raised) or bool(re.search(FROM_ONE, student.said_in_file)) and not re.search(FROM_ZERO, student.said_in_file))


def wants_lists(trial):
    """Return whether its error is one that a list would not raise."""
    return bool(re.search("truth value of an array|'numpy.ndarray' object has no attribute '(index|count|append|extend|pop)'", str(trial.raised)))


def source_of(code):
    """Return the source of a class or of code, or an empty text if there is none, as for classes that this file makes of functions."""
    with suppress(OSError, TypeError):
        if getattr(code, "__module__", None) != __name__:  # a search for it would parse this whole file
            return inspect.getsource(code)
    return ""


def explained_in(function):
    """Return the docstring and comments of a function, or of the functions or the class that a way calls."""
    if isinstance(function, Way):
        return "\n".join(map(explained_in, [function.kind] if function.kind else function.functions or [function.original]))
    return comments_in(function if isinstance(function, type) else getattr(function, "__code__", None))


@functools.cache
def comments_in(code):
    """Return the docstrings and comments in the source of a class or of code."""
    return "\n".join(re.findall(r"#.*|\"{3}[\s\S]*?\"{3}|'{3}[\s\S]*?'{3}", source_of(code)))


def says_likelihood(trial):
    """Return whether it is called like a log-likelihood, without a minus; or a docstring or comment speaks of one, and nothing of a loss."""
    student, name = trial.student, trial.student.name.lower()
    said = re.search(SAID_LIKELIHOOD, student.said) and (student.whole or re.search("likelihood|ascent", student.said.lower()))
    return not (student.way.minimized or trial.raised) and bool(said or re.search(LIKELIHOOD, name))


def lacks_one_row(trial, columns=1):
    """Return whether a function of weights fails because its inputs have one column more than these weights have rows."""
    if not trial.raised or trial.student.form.axes.get("W") not in ("Dk", "kD") or trial.student.way.ones or trial.student.way.network:
        return False
    # With 0 columns the inputs are what they are, and the function takes one row of the weights for the bias.
    more = len(trial.run.b.z) + 1 + columns
    return all(re.search(rf"\b{n}\b", str(trial.raised.error)) for n in (more - 1, more))


def lacks_one_class(trial):
    """Return whether a function of weights fails because it wants them for one class less: the last one, or the first, has none."""
    (N, k), W = trial.run.b.z.shape if trial.run else (0, 0), trial.student.form.axes.get("W", "")
    return W.strip("*") in ("Dk", "kD") and bool(re.search(rf"\(({N}|{N + 1}), ?{k - 1}\)|\({k - 1}, ?({N}|{N + 1})\)", str(trial.raised)))


def are_slow(trials):
    """Return whether the calls took more than a second, and not only because there were many."""
    return sum(trial.student.seconds for trial in trials) > max(1.0, 0.01 * sum(trial.student.calls for trial in trials))


def only_hides(trial, others):
    """Return whether a program is right for one example only because that hides what is wrong with a batch."""
    form, batched = trial.student.form, [other for other in others if not other.student.form.single]
    if any("rand" in name for name in trial.student.names) and any(changes_its_results(other.student) for other in batched[:1] if other.fits):
        return True  # it draws one row of several
    if form.has_one_row and says_one_row(trial.student):
        return False
    alike = [other for other in batched if other.student.form.roles == form.roles]
    hinted = with_hints(batched) if trial.whole else [other for other in batched if other.hint]

    def hides(other):
        return other.fits and other.whole >= trial.whole or other in hinted or other.stopped_as_wrong and other.loss_right

    if form.has_one_row and any(map(hides, alike)):
        return not any(other.fits and is_for_one_row(other.student) for other in alike)
    return any(is_for_batches(other.student) for other in [other for other in batched if other.whole or other.fits and trial.student.loss_only][:4])


def says_one_row(student):
    """Return whether a docstring or comment says that the logits, or X, have one row: x: (1, D)."""
    name = student.form.name_of("X" if "X" in student.form.axes else "logits")
    name = student.way.own.get(name, name)
    return bool(re.search(rf"\b{name}\b[ :=]*(shape)?[ :=]*\(1, ?\w+\)", student.said))


def is_for_one_row(student):
    """Return whether a function is written for one row: of several, it reads all labels in the first one, and its softmax has one sum over all rows."""
    b = student.batches()[0]
    if student.knows_batches:
        return False
    with suppress(Stop, Raised):
        first, order, swapped, larger = (student(z, b.y).loss for z in (b.z, np.vstack([b.z[:1], b.z[:0:-1]]), b.z[::-1], np.vstack([b.z[:1], b.z[1:] + 1])))
        return error(order, first, 1.0) <= LOSS_WRONG < min(error(swapped, first, 1.0), error(larger, first, 1.0))


def with_hints(trials):
    """Return the Trials whose errors say what is missing. Class numbers have the shape of a sum: without one-hot labels that fail so too, they say nothing."""
    one_hot = [trial for trial in trials if trial.student.form.one_hot and trial.student.form.axes.get("logits") == "Nk"]
    return [trial for trial in trials if trial.hint and (trial.student.form.one_hot or all(other.hint or other.fits for other in one_hot))]


def likeliest(trials):
    """Return the Trial with most that is right, where none is right. No parameter is taken for what its name, or its place, does not say."""
    first = trials[0].student.form.roles
    plain = [trial for trial in trials for form in [trial.student.form] if form.roles == first and not form.has_three_axes and not form.has_one_as_matrix]
    hinted = with_hints(plain)
    if hinted and not any(trial.fits or trial.stopped_as_wrong for trial in plain):
        return hinted[0]  # other forms hide that an axis of a batch is missing
    fitting = [trial for trial in trials if trial.fits and (trial.parts_right or trial.student.form.roles == first)]
    batched = [trial for trial in fitting if not trial.student.form.single]
    if batched != fitting and any(is_for_batches(trial.student) for trial in batched[:4]):
        fitting = batched
    stopped = [trial for trial in trials if trial.stopped_as_wrong]
    best = max((trial.parts_right for trial in fitting + stopped), default=0)
    fitting, stopped = ([trial for trial in each if trial.parts_right == best] for each in (fitting, stopped))
    return best_explained(fitting) if len(fitting) > 1 and not are_slow(trials) else [*fitting, *stopped, *trials][0]


def best_explained(trials):
    """Return the Trial with the fewest mistakes, of three for batches and three for one example."""
    few = [trial for single in (False, True) for trial in [each for each in trials if each.student.form.single == single][:3]]

    def unexplained(trial):
        names, raises = understood(trial.student)
        plain = trial.student.form.axes["labels"] == "N"
        return names, names == UNEXPLAINED and not (plain and has_formulas(trial.student)), raises, not trial.student.form.says_columns

    best = min(few, key=unexplained)
    student = best.student
    if student.form.single or student.gradient_only or any(explain(student, runs_of(student), part) for part in student.parts):
        return best
    # What nothing explains for batches may be another loss, for one example.
    alone = [trial for trial in few if trial.student.form.single and not trial.student.form.has_one_row]
    return next((trial for trial in alone if has_formulas(trial.student)), best)


def stricter(trial):
    """Return the Trial of another form that a program must be right in as well, as one-hot labels, if it is wrong then, or right for a mean alone; or None."""
    student, axes = trial.student, trial.student.form.axes
    if re.search(rf"(?im)^.*(one.?hot|indicator|\b{student.form.name_of('labels')}\b).*\bint", student.said) and (other := of_integers(student)):
        return other
    if not student.whole or student.slow or "logits" not in axes or not (student.form.sequence or axes["labels"] == "N"):
        return None
    # A batch of one sequence hides what divides by the number of sequences; that of sequences with one step shows it.
    swapped = {role: each.replace("1", "_", 1).replace("N", "1").replace("_", "N") for role, each in axes.items()}
    other = student.in_form(axes=swapped if student.form.sequence else {**axes, "labels": axes["logits"]})
    if student.form.sequence:
        return other if other.whole and (not other.right or "mean" in other.scales - trial.scales) else None
    return other if other.whole and other.loss_right and not other.right else None


def of_integers(student):
    """Return the Trial with integers for one-hot labels, if a program is wrong with them: np.zeros_like(y) has integers then; or None."""
    other = student.in_form(targets=INTEGER) if student.form.one_hot and student.form.targets is ONE_HOT else None
    return other if other and not (other.right or other.raised) else None


def of_one_example(trial):
    """Return the Trial of a program of weights for one example, a row or a column, where more of them show that it does not sum over these; or None."""
    student, form = trial.student, trial.student.form
    if (form.axes.get("W"), form.axes.get("X")) not in (("kD", "DN"), ("Dk", "ND")) or "mean" in trial.scales or not student.whole:
        return None
    summed = Student(student.function, form, student.asked._replace(summed=True))
    if not any(found.of_shape for found in of_weights(summed)):
        return None
    axes = {role: axes.replace("N", "1") for role, axes in form.axes.items()}
    axes |= {"labels": ""} if form.columns and not form.one_hot else {}
    other = student.in_form(axes=axes)
    other.student.right_for_one = True
    return other if other.right and not of_weights(other.student) else None


def sums_no_bias(trial, others):
    """Return whether the gradients of a network's biases are right for one example alone: with more, they are not summed, and have other shapes."""
    network, batched = trial.student.way.network, [other.student for other in others if other.whole and not other.student.form.single]
    return bool(network) and any(found.of_shape for other in batched[:2] for found in of_network(other, *network))


def runs_of(student):
    """Return the Runs that don't raise; they are kept, as several questions are asked of them."""
    state = student.scale, student.decay, student.has_penalty
    if student.kept_runs[0] != state:
        student.kept_runs = state, [run for b in student.batches() if not (run := Run(student, b)).raised]
    return student.kept_runs[1]


def understood(student):
    """Return how many mistakes explain a program, and whether it raises, or returns something else, for some batches."""
    try:
        runs = runs_of(student)
    except Stop:
        return UNEXPLAINED, True
    return names_needed(student, runs), len(runs) < len(student.batches())


UNEXPLAINED = 9  # more mistakes than are ever combined


def names_needed(student, runs=None):
    """Return how many mistakes explain a program, or UNEXPLAINED if none do."""
    try:
        runs = runs or runs_of(student)
        student.precision = precision(student, runs[0])
        found = [explain(student, runs, part) for part in student.parts]
    except (Stop, Raised, IndexError):  # it may raise in all batches
        return UNEXPLAINED
    return UNEXPLAINED if None in found else len({name for names, _, _ in found for name in names} | {scale for _, _, scale in found} - {student.scale})


def has_formulas(student):
    """Return whether mistakes, or formulas, explain each part that a program returns."""
    try:
        runs = runs_of(student)
    except Stop:
        return False
    return names_needed(student) < UNEXPLAINED or bool(runs) and all(explain(student, runs, part) or fact_known(student, runs, part) for part in student.parts)


def is_for_batches(student):
    """Return whether a program knows of batches: it divides by N, or a known mistake explains what it does with one."""
    b = student.batches()[0]
    try:
        # A row of very low logits changes neither a sum over the batch nor a softmax over it, but a mean.
        one, more = student(b.z, b.y), student(np.vstack([b.z, np.full(b.k, -50.0)]), np.append(b.y, 0))
        mean = predicted({}, "mean", b).loss
        if error(one.loss, mean, 1.0) <= LOSS_WRONG < error(one.loss, b.N * mean, 1.0):
            return True  # a mean over N
        if one.gradient.any() and error(more.gradient[: b.N] * (b.N + 1) / b.N, one.gradient) <= WRONG:
            return True
        found = [explain(student, runs_of(student), part) for part in ("loss", "gradient")]
    except (Stop, Raised):
        return False
    if None in found:
        return False
    (names, _, scale), (other, _, loss_scale) = found
    # A softmax over all that it gets, and no mean, is just a program for one example.
    return "softmax over the wrong axis" not in names + other or scale == loss_scale == "mean"


# 7. The findings


class Finding(dict):
    """What was found: a dictionary with the keys of --json. What it has besides is for this program alone."""

    scale = None  # of a formula
    related = False  # whether it is right for another loss
    may_be_right = False  # for what it is meant for
    of_shape = False  # whether a gradient has a wrong shape

    def having(self, **about):
        vars(self).update(about)
        return self


def finding(code, evidence, page=FACTS, **numbers):
    """Return a Finding with a code that stays, whatever its words are; that of a fact names no mistake."""
    known = KNOWN.get(code)
    if known:
        code, page = known.page.split("#")[1], known.page
    return Finding(code=code, mistake=known and known.name, evidence=evidence, numbers=numbers, page=page)


def numbers_for(run, changes):
    """Return the numbers of the evidence, by name."""
    b, seen = Batch(run.b.z, run.b.y, changes), run.seen
    sums = [f"{row_sum:.4g}" for row_sum in seen.gradient.sum(axis=1)]
    return {
        "N": b.N, "k": b.k, "label": b.y[0], "targets": ", ".join(map(str, np.flatnonzero(b.Y[0]))) or "no class",
        "row": show(seen.gradient[0].round(12) + 0),
        "correct": seen.gradient[0, b.y[0]], "opposite": -seen.gradient[0, b.y[0]],
        "row_sums": sums[0] if len(set(sums)) == 1 else show(seen.gradient.sum(axis=1)), "s": show(softmax(b.z)[0]),
        "P": show(b.P[0]), "rows": show(b.P.sum(axis=1)), "columns": show(b.P.sum(axis=0)),
        "whole": f"; all {b.P.size} together sum to 1" if abs(b.P.sum() - 1) < 1e-9 else "",
    }


def named_mistakes(student, run, gradient, loss):
    """Return findings for the explanations of gradient and loss; None explains nothing."""
    nothing, found = ((), {}, student.scale), []
    (names, changes, scale), (loss_names, of_loss, loss_scale) = gradient or nothing, loss or nothing
    found += [finding(name, KNOWN[name].evidence.format(**numbers_for(run, changes)) + in_both(student, name, loss_names)) for name in names]
    scale, loss_scale = scale if gradient and not student.loss_only else None, loss_scale if loss and not student.gradient_only else None
    ratio, loss_ratio = (SCALES[each or student.scale](run.b) / SCALES[student.scale](run.b) for each in (scale, loss_scale))
    for name in scale_mistakes(scale, loss_scale, student.scale):
        parts = ["every entry"] * (name == scale or name == "forgot the batch mean") + ["your loss"] * (name == loss_scale)
        still = bool(changes or of_loss)  # when the other mistake is mended
        numbers = {
            "part": " and ".join(parts), "is_": "would still be" if still else "is" if len(parts) < 2 else "are",
            "ratio": loss_ratio if parts == ["your loss"] else ratio, "loss_ratio": loss_ratio,
            "N": run.b.N, "N_": "" if student.form.single else f"N = {run.b.N}, ", "k": run.b.k,
        }
        later = name == "forgot the batch mean" and not names and student.form.target == "logits"
        found.append(finding(name, KNOWN[name].evidence.format(**numbers) + LATER * later))
    evidence = f"your loss is {run.seen.loss:.6g}, as with this mistake; it must be {run.right.loss:.6g}"
    found += [finding(name, evidence + in_both(student, name, names)) for name in loss_names if name not in names]
    if scale == "mean" != student.scale and loss_scale in ("mean", None):
        what = "your gradient is that" if student.gradient_only else "loss and gradient are both those"
        found.append(finding("mean-not-sum", f"{what} of the mean: leave out --sum"))
    return found


def in_both(student, name, others):
    """Say what it means that loss and gradient share a mistake, or that they do not."""
    if name == "labels from 1" and student.whole and name not in others:
        return ". Your loss and your gradient count the labels differently"
    if name == "wrong sign" and name in others:
        return ". Your loss has the other sign as well: together they are the log-likelihood and its gradient, right for gradient ascent"
    return ""


def begins(student, at, fails, low, high):
    """Return at which size, to a quarter, something begins to fail; None if that would take a slow program too long."""
    if student.slow:
        return None
    while high - low > 0.25:
        middle = (low + high) / 2
        low, high = (low, middle) if fails(Run(student, at(middle))) else (middle, high)
    return high


def row_of(student, *logits):
    """Return one row of logits, with lower ones behind them if the program takes more classes alone."""
    k = student.classes or len(logits)
    return np.array([[*logits, *[-3.0] * k][:k]])


def batch_with(student, z, y):
    """Return a batch of logits that are not moderate; the last row comes twice, the second time with the last class, if a program needs both."""
    return Batch(np.vstack([z, z[-1:]]), np.append(y, z.shape[1] - 1)) if student.rare else Batch(z, y)


def large_logits(student, is_right):
    """Return a finding and the failed Run for logits near 1000, near -1000, or both."""
    near = row_of(student, 0.3, -1.2, 0.8, 0.1)
    y = np.array([1, 2]) % near.size

    def fine(run):
        # A loss that is not finite beside a right gradient is the logarithm's affair, below.
        return run.gradient_error <= ROUGHLY and (run.loss_error <= ROUGHLY or (not np.isfinite(run.seen.loss) and not student.loss_only))

    def fails(run):
        return not fine(run) if is_right else not np.isfinite(run.seen.gradient).all()

    places = [(1000, "1000"), (-1000, "-1000"), (None, "1000 in one row, -1000 in another")]
    for size, place in places[: 2 if student.form.single else 3]:
        z = np.concatenate([near + 1000, near - 1000]) if size is None else near + size
        run = Run(student, batch_with(student, z, y if size is None else y[[int(size < 0)]]))
        finite = run.is_finite() if student.loss_only else np.isfinite(run.seen.gradient).all()
        if fine(run) or (finite and not is_right):
            continue
        evidence = f"for logits near {place}: {run.outcome()}"
        if size is None:
            evidence += "; each example alone is right. Subtract the largest logit of each example, and not that of the whole batch"
            return finding("maximum-of-the-batch", evidence), run
        begin = begins(student, lambda x: batch_with(student, near + np.copysign(x, size), y[[int(size < 0)]]), fails, 5, 1000)
        if begin is not None:
            begin = round(np.copysign(begin, size) + near.max())
            evidence = f"it fails for logits of {begin} or {'more' if begin > 0 else 'less'}; {evidence}"
        overflow = isinstance(run.raised.error, ArithmeticError) if run.raised else not np.isfinite(run.seen.loss)
        name = "unstable softmax" if overflow or not (finite or run.raised) else "large-logits"
        return finding(name, evidence + (hint_argmax(student) or hint_clip(run)), logits=begin), run
    return None


def hint_clip(run):
    """Say that all logits of a row seem to be equal, as a clip makes them."""
    p = run.seen.gradient + run.b.Y
    return (". That is right for equal logits: are they clipped? Subtract the largest logit of each row instead, which changes no"
            " probability: z - z.max(axis=1, keepdims=True)" if run.b.N == 1 and np.ptp(p) < 1e-9 else "")


def hint_argmax(student):
    """Say whether the position of the largest logit is subtracted: then exp overflows later where that is the last of many."""
    first, last = (Run(student, Batch(725 * np.eye(40)[[n]], np.array([n]))) for n in (0, 39))
    if first.is_finite() or not last.is_finite():
        return ""
    return (". But it works for 40 classes if the last logit is the largest: your code seems to subtract np.argmax, the position"
            " of the maximum. Subtract np.max, its value")


def large_top(student):
    """Return findings and failed Runs for a true class that is far above 39 others."""
    # A row that is shifted by its mean keeps 39/40 of the distance, too much for exp at the larger one of two.
    # At the smaller one 1 / s is infinite already, which a right gradient may live with.
    distances = (90.0, 100.0) if student.precision == "float32" else (720.0, 740.0)
    near, far = (Run(student, Batch(np.eye(40)[1:2] * distance, np.array([1]))) for distance in distances)
    if far.is_finite() or far.underflows():
        return None
    where = f"where the logit of the true class is {distances[1]:g} above 39 others: {far.outcome()}"
    if near.is_finite():
        return finding("unstable softmax", where, distance=distances[1]), far
    if far.raised and not isinstance(far.raised.error, ArithmeticError):
        return None  # it may take fewer classes alone
    return finding("far-above-others", f"it breaks down {where}. {NO_LIMIT}", distance=distances[1]), far


def large_gap(student, is_right):
    """Return findings and failed Runs for a true class that is 15 or 800 below another."""

    def batch(gap):
        return batch_with(student, row_of(student, 0.0, -gap, -1.0, -2.0), np.array([1]))

    near, far = (Run(student, batch(gap)) for gap in (15.0, 800.0))
    # There s_c is 2e-7: a constant of 1e-7 in the logarithm takes 3 % of the loss, and a third of its derivative.
    failed = near if is_right and near.is_wrong(0.5, 0.05) else far
    if failed is far and (far.underflows() or not far.is_wrong(ROUGHLY, ROUGHLY)):
        return None

    def fails(run):
        return run.is_wrong(0.05, 0.01) if failed.has_loss() else not run.has_loss()

    begin = begins(student, batch, fails, 1, 15 if failed is near else 800)
    begin = begin and round(begin)
    labels = "label 1" if failed.b.N == 1 else "in two rows, labels 1 and 3"
    outcome = f"logits {show(failed.b.z[:1])}{' ' if failed.b.N > 1 else ', '}{labels}: {failed.outcome()}"
    divided = "" if failed.raised or np.isfinite(failed.seen.gradient).all() else NO_QUOTIENT
    where = f" where the logit of the true class is {begin} or more below the largest" if begin else ""
    if of_the_logarithm(failed) and student.way.without_loss:
        return None  # the logarithm is not the program's
    if of_the_logarithm(failed):
        below = f"the loss is {failed.seen.loss:.4g}{where}; " if begin and not failed.raised else ""
        evidence = f"{below}{outcome}; the loss must be {failed.right.loss:.4g}{divided}"
        # exp(-gap) is 0 beyond 103 in float32, beyond 745 in float64; exp(gap) and 1 / s are infinite before that.
        if Run(student, batch(720.0)).has_loss() or (Run(student, batch(90.0)).has_loss() and not Run(student, batch(110.0)).has_loss()):
            return finding("log of an underflowed probability", evidence, gap=begin), failed
        return finding("large-gap", f"{evidence}. {NO_LIMIT}", gap=begin), failed
    if not is_right:
        return None
    where += f": {outcome}, where {failed.words(failed.right)} is right. {NO_LIMIT}{divided}"
    if far.loss_error > ROUGHLY and error(far.seen.loss, Run(student, batch(720.0)).seen.loss) <= ROUGHLY:
        loss = far.seen.loss
        why = f"a clip, or a constant of {np.exp(-loss):.2g} in the logarithm" if loss > 0 else "a clip"
        return finding("capped-loss", f"the loss is capped at {loss:.4g} ({why}){where}", gap=begin, loss=for_json(loss)), failed
    return finding("large-gap", f"it breaks down{where}", gap=begin), failed


def of_the_logarithm(run):
    """Return whether there is no loss because of a logarithm of 0, or an exponential that is too large."""
    # math.log(0) and math.exp(800) raise, the first with words that depend on the version of Python.
    words = ("math domain", "positive input", "OverflowError")
    return not run.has_loss() and (not run.raised or any(word in str(run.raised) for word in words))


# 8. The facts, for what has no name: each a test, what it means, and what its opposite means

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
    (lambda b: b.Y > 0, "the true class", "classes other than the true one"),
    (lambda b: np.arange(b.k) == 0, "the first class", "the classes after the first"),
    (lambda b: np.arange(b.k) == b.k - 1, "the last class", "the classes before the last"),
    (lambda b: np.isin(np.arange(b.k), b.y) & (b.Y == 0), "classes that are the label of another row", "the true class and classes that are no label"),
    (lambda b: b.z == b.z.max(axis=1, keepdims=True), "the largest logit of each row", "logits below the largest of a row"),
    (lambda b: b.z < 0, "negative logits", "logits that are not negative"),
    (lambda b: b.z > 0, "positive logits", "logits that are not positive"),
]
ROWS = [  # for which rows
    (lambda b, n: n == 0, "the first row", "the rows after the first"),
    (lambda b, n: n == b.N - 1, "the last row", "the rows before the last"),
    (lambda b, n: b.y[n] in b.y[n + 1 :], "the rows whose label comes again later", "the last row with each label"),
    (lambda b, n: b.y[n] in b.y[:n], "the rows whose label came before", "the first row with each label"),
    (lambda b, n: (b.y == b.y[n]).sum() > 1, "the rows whose label other rows have too", "the rows with a label of their own"),
    (lambda b, n: b.y[n] == 0, "the rows with label 0", "the rows with another label than 0"),
    (lambda b, n: b.y[n] == b.k - 1, "the rows with the last label", "the rows with another label than the last"),
    (lambda b, n: b.z[n].argmax() == b.y[n], "the rows where the true class has the largest logit", "the rows where another class has the largest logit"),
]
ENTRIES += [(lambda b, test=test: np.array([[test(b, n)] for n in range(b.N)]), *names) for test, *names in ROWS]


def facts(student, runs, gradient_known, loss_known):
    """Return findings for what fits no known mistake; nothing is said again of a part that a mistake explains."""
    failing = [] if gradient_known else [run for run in runs if run.gradient_error > WRONG]
    lossy = [] if loss_known else [run for run in runs if run.loss_error > LOSS_WRONG]
    found = []
    if failing:
        found += of_gradient(student, runs, failing)
    if lossy:
        got, expected = lossy[0].seen.loss, lossy[0].right.loss
        why = "Is 1 subtracted from s before its logarithm is taken?" if not failing else "Is it the logarithm of a negative number?"
        nan = f". {why}" if np.isnan(got) else ""
        found += [
            finding("loss", f"for {lossy[0].b} your loss is {got + 0.0:.6g}; it must be {expected:.6g}{nan}", got=for_json(got)),
            fact_zero_loss(lossy) or fact_exchanged(student, lossy) or fact_features(student, lossy, "loss") or fact_known(student, runs, "loss")
            or fact_added(student, runs, "loss") or fact_constant(student, runs) or (None if student.slow else fact_loss_by_label(student, lossy[0].b))
            or fact_factor("your loss", [run.seen.loss / run.right.loss for run in lossy], lossy * (len(lossy) > 1)),
        ]
        if all(run.gradient_error <= WRONG for run in runs):
            found += [] if student.loss_only else [finding("gradient-right", "your gradient is right")]
            found += [fact_condition(runs, lossy)]
    return [fact for fact in found if fact]


def of_gradient(student, runs, failing):
    """Return findings, or None, for a wrong gradient."""
    row = fact_row(student, failing[0])
    if nothing := fact_zero(student, failing):
        return [nothing, row]
    cause = (fact_features(student, failing) or fact_reshaped(student, failing) or fact_known(student, runs, "gradient")
             or fact_added(student, runs, "gradient") or fact_constant_in_the_sum(student, failing))
    place, equal = fact_place(failing), fact_equal_rows(failing)
    place = place if place and (place["numbers"]["where"] or not cause) else None
    if cause:
        return [cause, place, equal, fact_own_loss(student, runs, failing[0]), row]
    return [
        fact_condition(runs, failing),
        place,
        equal,
        fact_values(failing) or fact_row_factors(failing) or fact_targets(student, failing) or fact_probabilities(student, failing)
        or fact_column_sums(student, failing) or (None if place else fact_negative(student, failing[0])),
        fact_row_sums(failing[0]),
        fact_other_rows(student, failing[0]),
        fact_own_loss(student, runs, failing[0]),
        row,
    ]


def fact_row(student, run):
    """Show the first row that is wrong: yours, the right one, and what goes into it."""
    n = int(run.mask.any(axis=1).argmax())
    where = f"for {run.b}" if student.form.single else f"for {run.b}, row {n}"
    return finding("row", f"{where}, your gradient is {show(run.seen.gradient[n])}; it must be {show(run.right.gradient[n])}. The"
                          f" probabilities are {show(run.b.P[n])}, the label is {run.b.y[n]}")


def fact_zero(student, failing):
    """Say whether the gradient is 0 but for rounding, everywhere or but at the labels."""

    def is_zero(values, run):
        return np.abs(values).max() <= 1e-9 * np.abs(run.right.gradient).max()

    if all(is_zero(run.seen.gradient, run) for run in failing):
        why = (". Does the array hold integers, which lose all decimals? Or is it never filled?"
               if not any(run.seen.gradient.any() for run in failing) else
               ", up to rounding. Each row of the softmax's Jacobian sums to 0, so multiply it by the derivative of the loss with respect to s before you sum")
        return finding("zero", f"your gradient is 0{why}")
    if all(is_zero(np.where(run.b.Y, 0, run.seen.gradient), run) for run in failing):
        for scale in student.scales:
            if all(error(run.seen.gradient, SCALES[scale](run.b) * run.b.Y * (run.b.P - 1)) <= 1e-4 for run in failing):
                evidence = f"your gradient is s_c - 1 at the true class{OVER[scale]}, up to a constant in a division, and 0 elsewhere"
                return finding("diagonal of the Jacobian taken for the answer", evidence)
        return finding("zero-but-at-the-label", "your gradient is 0 except at the true class. The other logits change the loss too,"
                                                " because the softmax divides by a sum over all of them")
    return None


def fact_reshaped(student, failing):
    """Say whether the gradient is the right one after a reshape to the shape that it would have transposed, or from it."""
    rest = 1 if student.form.target == "W" else 0  # dW has a row of zeros more
    rights = [np.vstack([run.right.gradient, np.zeros((rest, run.b.k))]) for run in failing]
    for to in (lambda right: right.reshape(right.shape[::-1]).T, lambda right: right.T.reshape(right.shape)):
        if all(error(run.seen.gradient, to(right)[: run.b.N]) <= WRONG for run, right in zip(failing, rights)):
            return finding("reshaped", "your gradient has the right numbers in other places: reshape keeps their order. To transpose, write .T")
    return None


def fact_condition(runs, failing):
    """Say for which batches it is wrong, if it is right for others."""
    if len(failing) == len(runs):
        return None
    for test, *names in CONDITIONS:
        for name, value in zip(names, (True, False)):
            if [run for run in runs if test(run.b) == value] == failing:
                return finding("batches", f"of the {len(runs)} batches tried, it is wrong in exactly those where {name}", where=name)
    wrong, right = (", ".join(str(run.b) for run in runs if (run in failing) == value) for value in (True, False))
    return finding("batches", f"of the batches tried, it is wrong for {wrong}; right for {right}", where=None)


def fact_place(failing):
    """Say which entries are wrong, if others are right."""
    if all(run.mask.all() for run in failing):
        return None
    for place, *names in ENTRIES:
        for name, value in zip(names, (True, False)):
            if all((run.mask == (place(run.b) == value)).all() for run in failing):
                return finding("place", f"in each wrong batch tried, the wrong entries are exactly those of {name}", where=name)
    run = next(run for run in failing if not run.mask.all())
    rows, columns = (np.flatnonzero(run.mask.any(axis=axis)).tolist() for axis in (1, 0))
    everywhere = (len(rows), len(columns)) == run.mask.shape
    if everywhere and run.mask.mean() > 0.9:
        return None
    where = "" if everywhere else f", in rows {rows}, classes {columns}"
    return finding("place", f"for {run.b} {run.mask.sum()} of {run.mask.size} entries are wrong{where}", where=None)


def fact_equal_rows(failing):
    """Say whether the gradient has the same row N times, and not only zeros."""
    gradients = [run.seen.gradient for run in failing if run.b.N > 1]
    if gradients and all(rows.any() and (rows == rows[0]).all() for rows in gradients):
        return finding("equal-rows", "all rows of your gradient are equal. Is it one row, N times, as [[0] * k] * N makes it?")
    return None


def fact_row_sums(run):
    """Say that the rows do not sum to 0, if that is more than rounding."""
    sums = run.seen.gradient.sum(axis=1)
    if not np.abs(sums).max() > 1e-5 * max(np.abs(gradient).max() for gradient in (run.seen.gradient, run.right.gradient)):
        return None
    sums = np.where(np.abs(sums) < 1e-12 * np.abs(sums).max(), 0, sums)
    return finding("row-sums", f"the rows of your gradient sum to {show(sums)}; they must sum to 0")


TIMES = (0.1, 0.2, 0.25, 1 / 3, 0.5, 2, 3, 4, 5, 10, -1)
OTHER_LOGITS = {  # what may have been applied to the logits before the softmax
    **{f"{t:g} times the logits": lambda z, t=t: t * z for t in TIMES},
    "the ReLU of the logits": lambda z: np.maximum(z, 0),
    "the leaky ReLU of the logits, with 0.01": lambda z: np.where(z > 0, z, 0.01 * z),
    "the sigmoid of the logits": lambda z: 1 / (1 + np.exp(-z)),
    "the tanh of the logits": lambda z: np.tanh(z),
    "the softplus of the logits": lambda z: np.log1p(np.exp(z)),
    "the absolute values of the logits": lambda z: np.abs(z),
    "the exponentials of the logits": lambda z: np.exp(z),
    "the squares of the logits": lambda z: z**2,
    "the logits divided by the length of each row": lambda z: z / np.sqrt((z**2).sum(axis=1, keepdims=True)),
    "the logits divided by the largest of each row": lambda z: z / z.max(axis=1, keepdims=True),
}


def known_results(student, part):
    """Yield what may be there in place of the right loss or gradient, as a finding, and what it makes of a batch."""
    gradient, whole = part == "gradient", np.asarray if part == "gradient" else np.sum

    def tells(form):
        """Whether it is not what is right up to its sign, as the sum over a batch is for one example."""
        every = [(whole(of_batch(form, b)), getattr(predicted({}, "sum", b), part)) for b in student.batches()]
        return not any(all(np.allclose(sign * got, right) for got, right in every) for sign in (1, -1))

    formulas = [entry for entry in FORMULAS[part] if not student.form.single or tells(entry[2])]
    for factor, (formula, reason, form, *page), scale in itertools.product(FACTORS, formulas, student.scales):
        total = "sum of " * (not gradient and np.ndim(of_batch(form, student.batches()[0])) > 0)
        text = f"{FACTORS[factor]}{total}({formula}){OVER[scale]}"
        found = finding("formula", f"your {part} is {text}: {reason}", *page, formula=text).having(scale=scale, related=bool(page) or "binary" in reason)
        yield found, lambda b: factor * SCALES[scale](b) * whole(of_batch(form, b))
    for (at, which), scale in itertools.product([(-1, "last"), (0, "first")], [] if gradient or student.form.single else student.scales):
        over = OVER[scale].replace(" /", ", divided by")
        why = "Is it losses[0], or is there a `return` inside the loop?" if which == "first" else "Is it `loss =` or losses[-1] where you mean the sum?"
        text = f"your loss is that of the {which} row alone{over}. {why}"
        yield finding("one-row", text, which=which), lambda b: SCALES[scale](b) * Batch(b.z[[at]], b.y[[at]]).total_loss

    def of_each(b):
        return difference(b) if gradient else np.array([row.total_loss for row in b.rows])

    def of_first_label(b):
        return predicted({}, student.scale, Batch(b.z, np.full(b.N, b.y[0])))

    if not student.form.single:
        text = f"your {part} is that for the label of the first row, in each row. Is there an argmax of one-hot labels without axis=1?"
        yield finding("first-label", text), lambda b: getattr(of_first_label(b), part)
        text = f"your {part} is divided by N again and again, in the loop over the examples: divide once, after the loop"
        yield finding("division-in-the-loop", text), lambda b: whole((of_each(b).T / float(b.N) ** np.arange(b.N, 0, -1)).T)

    def of_running_sum(b, shifted):
        m = b.z.max(axis=1, keepdims=True) * shifted
        e = np.exp(b.z - m)
        total = np.cumsum(e.sum(axis=1, keepdims=True))[:, np.newaxis]
        return e / total - b.Y if gradient else (np.log(total) - ((b.z - m) * b.Y).sum(axis=1, keepdims=True)).sum()

    for scale, shifted in itertools.product([] if student.form.single else student.scales, (True, False)):
        text = f"the sum of exponentials behind your {part} goes on from row to row: set it to 0 for each row"
        yield finding("running-sum", text), lambda b: SCALES[scale](b) * of_running_sum(b, shifted)
    for scale in [] if gradient else student.scales:
        text = "your loss adds whole numbers. Are the losses kept in an array of integers, as np.zeros_like(labels) makes it? It loses all decimals"
        yield finding("whole-numbers", text), lambda b: SCALES[scale](b) * np.trunc(of_each(b)).sum()

    def of_other(other, factor=1.0):
        return lambda b: factor * getattr(predicted({}, student.scale, Batch(other(b.z), b.y)), part)

    for name, other in OTHER_LOGITS.items():
        chain = ". By the chain rule, the gradient must be multiplied by the same number" if gradient and re.match(r"[\d.]+ times", name) else ""
        yield finding("other-logits", f"your {part} is that of the softmax of {name}{chain}", logits=name), of_other(other)
    # A temperature T divides the logits, and the gradient once more; the loss of distillation is T² times as large.
    for t, power in itertools.product(TIMES, (1, -1) if gradient else (-2,)):
        text = f"your {part} is {t**power:.6g} times that of the softmax of {t:.6g} times the logits: right for"
        text += f" {'a temperature' if power == 1 else 'distillation with a temperature'} of {1 / t:.6g}, which is another loss"
        yield finding("temperature", text, "variants/neighbours/#distillation", T=round(1 / t, 9)).having(related=True), of_other(lambda z: t * z, t**power)


def fact_known(student, runs, part):
    """Say what the loss or the gradient of all runs is instead."""
    return next((found for found, prediction in known_results(student, part) if fits(runs, part, prediction)), None)


def fact_added(student, runs, part):
    """Say what is added to the right loss or gradient, if it is a number times a known term, the same in all runs."""
    for (name, page, *forms), scale in itertools.product(ADDED, student.scales):
        text, form = forms[part == "gradient"]
        over = [SCALES[scale](run.b) for run in runs]
        got = np.concatenate([np.ravel(getattr(run.seen, part)) for run in runs])
        right, term = (np.concatenate([np.ravel(factor * of(run.b)) for factor, run in zip(over, runs)])
                       for of in (lambda b: getattr(predicted({}, "sum", b), part), form))
        if c := proportion(got - right, term, got - right):
            c = f"{c:.6g}"
            said = f"{'sum of ' * (part == 'loss')}({text.format(c=c)}){OVER[scale]}".replace("+ -", "- ")
            return finding("added", f"your {part} is {said}: right for {name.format(c=c)}, which is another loss", page, factor=float(c)).having(related=True)
    return None


def fact_exchanged(student, lossy):
    """Say that the loss is that of the labels in place of the probabilities, and the reverse: then a constant alone keeps its logarithms finite."""
    ratios = [run.seen.loss / (SCALES[student.scale](run.b) * (1 - run.b.s_c).sum()) for run in lossy]
    if not np.ptp(ratios) <= 1e-4 * ratios[0] or not 4 < ratios[0] < 800:
        return None
    return finding("exchanged", f"your loss is -sum of (s log(y + {np.exp(-ratios[0]):.3g})){OVER[student.scale]}: labels and probabilities have changed"
                                " places. In which order does the function that you call take them?")


def fact_zero_loss(lossy):
    """Say that the loss is 0, up to rounding."""
    if not all(abs(run.seen.loss) <= 1e-12 for run in lossy):
        return None
    return finding("zero-loss", "your loss is 0, whatever the logits are. Is it a sum of s - y? The entries of s - y sum to 0; the loss is -log s_c")


def fact_constant(student, runs):
    """Say which constant is added to s_c in the logarithm of the loss, if it is too large to pass for a limit."""
    alone = next((run for run in runs if run.b.N == 1), runs[0])
    c = np.exp(-alone.seen.loss) - alone.b.s_c.mean()
    if not 1e-5 < c < 0.5 or not fits(runs, "loss", lambda b: -SCALES[student.scale](b) * np.log(b.s_c + c).sum()):
        return None
    return finding("constant-in-the-logarithm", f"your loss is that of -log(s_c + {c:.4g}): so large a constant changes the loss, which never exceeds"
                                                f" {-np.log(c):.3g}. {NO_LIMIT}", constant=for_json(c))


def fact_constant_in_the_sum(student, failing):
    """Say which constant is added to the sum of the exponentials, with the largest logit subtracted or not."""
    for scale, largest in itertools.product(("mean", "sum"), (True, False)):

        def sums(b):
            return np.exp(b.z - largest * b.z.max(axis=1, keepdims=True)).sum(axis=1)

        b, missing = failing[0].b, -failing[0].seen.gradient.sum(axis=1) / SCALES[scale](failing[0].b)
        c = np.median(missing * sums(b) / (1 - missing))
        if c > 1e-9 and fits(failing, "gradient", lambda b: SCALES[scale](b) * (b.P * (sums(b) / (sums(b) + c))[:, np.newaxis] - b.Y)):
            return finding("constant-in-the-sum", f"the probabilities do not sum to 1: a constant of {c:.4g} is added to the sum of the exponentials. With the"
                                                  " largest logit subtracted, this sum is at least 1, and needs none", constant=for_json(c))
    return None


def fact_loss_by_label(student, b):
    """Say whether the loss of each example is a number times what it must be, the same for each label."""
    factors = {}
    with suppress(Raised, Stop):
        for row in b.rows:
            factor = student(row.z, row.y).loss / row.total_loss
            factors.setdefault(row.y.item(), []).append(factor)
    means = {label: np.mean(factors[label]) for label in sorted(factors)}
    equal = all(np.ptp(each) <= 1e-5 * abs(np.mean(each)) for each in factors.values())
    if not equal or sum(map(len, factors.values())) < b.N or len(factors) == b.N or not 1e-3 < np.ptp(list(means.values())) < np.inf:
        return None
    weights = ", ".join(f"{mean:.4g} at label {label}" for label, mean in means.items())
    what = "A mask of padding does that; then the gradient needs the same mask" if 0 in means.values() else (
        "Weights of the classes do that; then the gradient needs the same weights")
    return finding("loss-factors", f"the loss of each example is the right one times a factor that depends on its label alone: {weights}. {what}",
                   "variants/weights/#class-weights")


def fact_features(student, failing, part="gradient"):
    """Say whether the gradient or the loss is divided by the number of features: one more than N, as `Form.values` makes them."""
    times = [error(getattr(run.seen, part), getattr(run.right, part) * run.b.N / (run.b.N + 1)) for run in failing]
    if student.form.target != "W" or max(times) > ROUNDING[student.precision]:
        return None
    return finding("features", f"your {part} is N / D times what it must be: it is divided by D, the number of features, and not by N, the number"
                               " of examples. X.shape[1] is D where X has the shape (N, D)")


def fact_row_factors(failing):
    """Say whether each row is s - y times a number, by the label or not."""
    factors = {}
    for run in failing:
        rows = [(proportion(one, other, one), label) for one, other, label in zip(run.seen.gradient, run.right.gradient, run.b.y)]
        if any(factor is None for factor, _ in rows):
            return None
        for factor, label in rows:
            factors.setdefault(int(label), []).append(factor)
    shown = show([proportion(one, other, one) for one, other in zip(failing[0].seen.gradient, failing[0].right.gradient)])
    text = f"each row of your gradient is the right one times a factor: {shown} for {failing[0].b}"
    if all(np.ptp(each) <= 1e-5 * np.abs(each).max() for each in factors.values()):
        why = "Rows with the same label have the same factor, as with weights of the classes"
        return finding("row-factors", f"{text}. {why}", "variants/weights/#class-weights", by="label")
    why = "Weights of the examples do that, or the returns of a policy gradient"
    return finding("row-factors", f"{text}. {why}", "variants/neighbours/#policy-gradient", by="row")


def fact_targets(student, failing):
    """Say what is subtracted from the softmax, where it is one of two values in each row."""
    targets = [(run, run.b.P - run.seen.gradient / SCALES[student.scale](run.b)) for run in failing if run.b.k > 2]
    if not targets or any(len(set(row.round(6).tolist())) > 2 for _, T in targets for row in T):
        return None
    run, T = targets[0]
    n = np.abs(T - run.b.Y).max(axis=1).argmax()
    return finding("targets", f"for {run.b}, row {n}, {show(T[n].round(6) + 0)} is subtracted from s; it must be {show(run.b.Y[n])}")


def proportion(values, to, exact):
    """Return c if the values are c times others, to 1e-5 of the largest `exact`; else None."""
    if not np.any(to):
        return None
    c = (values * to).sum() / (to * to).sum()
    return c if values.size > 1 and np.abs(values - c * to).max() <= 1e-5 * np.abs(exact).max() else None


def fact_factor(part, factors, runs):
    """Say by what a part is multiplied, if it is a constant times powers of N and k."""
    for n, m in sorted(itertools.product(range(-2, 3), repeat=2), key=lambda powers: np.abs(powers).sum()) if runs else ():
        constants = np.array([factor / (float(run.b.N) ** n * float(run.b.k) ** m) for factor, run in zip(factors, runs)])
        if constants.all() and np.ptp(constants) <= min(1e-5, 0.01 * np.abs(np.array(factors) - 1).max()) * np.abs(constants).max():
            constant, whole = constants[0], round(1 / constants[0])
            inverse = abs(whole * constants[0] - 1) < 1e-6 and (len(f"{constant:.6g}") > 4 or n == 1 and whole > 1)  # 1 / 32, and N / 10, but 0.25
            over, under = ([name + "²" * (abs(power) == 2) for name, power in [("N", n), ("k", m)] if sign * power > 0] for sign in (1, -1))
            if inverse:
                under.insert(0, f"{whole}")
            elif not over or f"{constant:.6g}" != "1":
                over.insert(0, f"{constant:.6g}")
            top, bottom = " ".join(over), " ".join(under)
            times = (top or "1") + (f" / ({bottom})" if " " in bottom else f" / {bottom}" if bottom else "")
            why = {"k": ". Is it added up once more, for each class?", "-1": ": it has the other sign"}.get(times, "")
            why = f". Is it divided by {whole}, whatever N is?" if inverse and n == 1 else why
            return finding("ratio", f"{part} is {times} times what it must be{why}", ratio=for_json(float(constant)), N=n, k=m)
    return None


def fact_values(failing):
    """Say what the wrong entries have in common: not finite, 0, a ratio, a distance."""
    wrong = [(run.seen.gradient[run.mask], run.right.gradient[run.mask], run.b.z[run.mask]) for run in failing]
    got, expected, z = (np.concatenate(arrays) for arrays in zip(*wrong))
    off = got - expected
    if not np.isfinite(got).all():
        count = np.count_nonzero(~np.isfinite(got))
        return finding("not-finite", f"{count} of the {got.size} wrong entries are nan or inf", count=int(count))
    if np.abs(got).max() <= 1e-9 * np.abs(expected).max():
        return finding("zero-entries", "the wrong entries are all 0")
    alone = len(wrong) > 2 and all(one.size == 1 for one, *_ in wrong)  # one wrong entry in each batch
    ratios = [(one / other).item() if alone else proportion(one, other, one - other) for one, other, _ in wrong]
    which = "each entry of your gradient" if all(run.mask.all() for run in failing) else "each wrong entry of your gradient"
    if all(ratios) and (factor := fact_factor(which, ratios, failing)):
        return factor
    if distance := proportion(off, np.ones(off.size), off):
        return finding("distance", f"{which} is off by {distance:+.4g}", distance=for_json(distance))
    if factor := proportion(off, z, off):
        return finding("logit-added", f"{which} is off by {factor:+.4g} times its logit", factor=for_json(factor))
    if all(ratios) and not alone:
        each = ", ".join(f"{ratio:.4g} for {run.b}" for ratio, run in list(zip(ratios, failing))[:3])
        return finding("ratios", f"the factor of the wrong entries differs from batch to batch: {each}", ratios=[for_json(ratio) for ratio in ratios])
    return None


def probabilities_behind(student, runs):
    """Yield what stands for the probabilities in the gradients of some runs: the gradient plus the one-hot, of a mean and of a sum."""
    for scale in dict.fromkeys([student.scale, "mean", "sum"]):
        yield [run.seen.gradient / SCALES[scale](run.b) + run.b.Y for run in runs]


def fact_column_sums(student, failing):
    """Say whether what stands for the probabilities sums to 1 over the examples of each class."""
    failing = [run for run in failing if run.b.N > 1]
    for behind in probabilities_behind(student, failing) if failing else ():
        if all(np.allclose(p.sum(axis=0), 1, atol=1e-5) for p in behind):
            return finding("column-sums", "the probabilities behind your gradient sum to 1 over the examples of each class; they must do so over the classes of"
                                          " each example: in logits (N, k), sum over axis=1")
    return None


def fact_probabilities(student, failing):
    """Say what the probabilities behind the gradient are: the gradient plus the one-hot."""
    for behind in probabilities_behind(student, failing):
        if all((p > 0).all() and np.allclose(p.sum(axis=1), 1, atol=1e-5) for p in behind):
            break
    else:
        return None
    # The logarithms of a softmax of t times the logits differ by t times the logits' differences.
    logs, z = (np.concatenate([np.diff(rows).ravel() for rows in of_runs]) for of_runs in (map(np.log, behind), [run.b.z for run in failing]))
    if t := proportion(logs, z, logs):
        return finding("other-logits", f"your gradient is that of the softmax of {t:.6g} times the logits", logits=f"{t:.6g} times the logits")
    b = failing[0].b
    if all(np.ptp(np.log(p) - run.b.z + run.b.z.max(axis=0), axis=1).max() < 1e-5 for p, run in zip(behind, failing)):
        return finding("maximum-of-columns", "the maximum of each class over all examples is subtracted, which changes the probabilities. The maximum of"
                                             " each example changes nothing: z - z.max(axis=1, keepdims=True)")
    n, i = np.unravel_index(np.abs(behind[0] - b.P).argmax(), b.P.shape)
    has, must = apart(behind[0][n, i], b.P[n, i], 4)
    order = all(
        (np.argsort(p, axis=1) == np.argsort(run.b.z, axis=1)).all()
        for p, run in zip(behind, failing)
        if len(set(run.b.z.ravel().tolist())) == run.b.z.size
    )
    other = "; they have the order of the logits: is an activation applied to the logits before the softmax?" if order else ""
    return finding("probabilities", f"the probabilities behind your gradient are positive and sum to 1, but are not the softmax: for {b}, row {n}, class"
                                    f" {i} has {has} and must have {must}{other}", ordered=bool(order))


def fact_negative(student, run):
    """Say that what should be probabilities is negative, though it sums to 1: the gradient plus the one-hot."""
    behind = [p for p, in probabilities_behind(student, [run])]
    p = behind[0]
    if all(p.min() < -1e-3 for p in behind) and np.allclose(p.sum(axis=1), 1, atol=1e-5):
        n = p.min(axis=1).argmin()
        return finding("negative-probabilities", f"the numbers in place of the probabilities are partly negative: {show(p[n])} in row {n}. Exponentials"
                                                 " are positive, so what is subtracted from them, or divides them?")
    return None


def fact_other_rows(student, run):
    """Say whether the first row changes with the last one, or the last with the first."""
    sentences = {(0, -1): "row 0 depends on the {} of the last row", (-1, 0): "the last row depends on the {} of row 0"}
    for (seen, moved), sentence in sentences.items() if run.b.N > 1 else ():
        z, y = run.b.z.copy(), run.b.y.copy()
        z[moved] += np.linspace(-1, 1, run.b.k)
        y[moved] = (y[moved] + 1) % run.b.k
        for what, result in [("logits", student(z, run.b.y)), ("label", student(run.b.z, y))]:
            one, other = show(run.seen.gradient[seen]), show(result.gradient[seen])
            if one != other:
                return finding("other-rows", f"{sentence.format(what)}: {one} becomes {other}", of=what)
    return None


def fact_own_loss(student, runs, run):
    """Say whether the gradient is the derivative of the function's own loss."""
    if student.gradient_only or student.slow or not np.isfinite(run.seen.loss + run.seen.gradient.sum()):
        return None
    # Steps near the cube root of the rounding error, and the digits that they leave.
    step, tolerance = (1e-5, 1e-6) if student.precision == "float64" or run.loss_error < 1e-9 else (1e-2, 1e-2)
    numeric = np.empty_like(run.b.z)
    for at in np.ndindex(numeric.shape):
        move = np.zeros_like(numeric)
        move[at] = step
        numeric[at] = (student(run.b.z + move, run.b.y).loss - student(run.b.z - move, run.b.y).loss) / (2 * step)
    lossy = any(each.loss_error > LOSS_WRONG for each in runs)
    if error(run.seen.gradient, numeric) <= tolerance:
        return finding("derivative-of-own-loss", "your gradient is the derivative of your loss: what is wrong is in both") if lossy else None
    n, i = np.unravel_index(np.abs(run.seen.gradient - numeric).argmax(), numeric.shape)
    differences, own = apart(numeric[n, i], run.seen.gradient[n, i], 4)
    return finding("not-derivative", f"your loss is {'wrong as well, and' if lossy else 'right, but'} your gradient is not its derivative: at row {n},"
                                     f" class {i} the numerical derivative of your loss is {differences}, and your gradient has {own}", lossy=lossy)


# 9. Weights and networks: other inputs than the identity, and what makes another loss


def of_weights(student, scale=None):
    """Return findings for weights and inputs that are not the identity: dW, db, and the regularization. The gradients may have another scale than the loss."""
    scale, way = scale or student.scale, student.way
    of_loss, of_gradient, *_ = student.decay
    if student.whole and abs(of_gradient - 2 * of_loss) > 1e-5 * max(abs(of_loss), abs(of_gradient)):
        return [finding("regularization", f"the regularization is wrong: the loss has {of_loss:.4g} times the sum of W², whose derivative is"
                                          f" {2 * of_loss:.4g} W, and the gradient has {of_gradient:.4g} W")]
    wrong = of_network(student, *way.network) if way.network and student.precision == "float64" else []
    if wrong or not way.linear:
        return wrong  # what other layers do to other inputs is not known
    X, y, W, b, directions = drawn_for_weights(student)

    def call(W, reg=0.0, y=y, b=b):
        return student.call(X @ W + b, y, W=W, X=X, b=b, reg=reg)

    batch, dW = Batch(X @ W + b, y), f"d{student.form.name_of('W')}"
    if student.has_penalty and student.whole:
        if why := why_regularization_is_wrong(lambda W, reg, y: student.penalty(y, W) if reg else Result(0.0, 0.0), W, y, [W, *directions], dW):
            return [finding("regularization", f"the regularization is wrong: {why}")]
    seen, parts = call(W)
    loss, dz = predicted({}, student.scale, batch).loss, predicted({}, scale, batch).gradient
    by_constant = (student.constant or 0) / batch.s_c.min()  # at most: log(s_c + c) - log(s_c) < c / s_c
    if not student.gradient_only and error(seen.loss, loss, 1.0) > LOSS_WRONG + by_constant:
        if b.any() and not student.has_penalty and not way.network:  # its regularization may have the bias too
            student.decay, student.has_penalty = Decay(), student.scale
            return of_weights(student, scale)
        why = f"for random weights and inputs your loss is {seen.loss:.6g}; it must be {loss:.6g}"
        own, numeric = slopes(lambda W: call(W)[0], W, directions) if student.whole and not b.any() else (0.0, np.inf)
        if error(own, numeric) <= 1e-5:
            why += f". But {dW} is the derivative of that loss: do you scale the inputs in it, or add a penalty of the logits? {AROUND}"
            return [finding("weights", why).having(may_be_right=True)]
        return [finding("weights", why)]
    clipped = np.clip(X.T @ dz, *np.abs(seen.gradient).max() * np.array([-1, 1]))  # as against large steps
    if not student.loss_only and error(seen.gradient, clipped) > WRONG + by_constant:
        return [finding("weights", f"for random inputs {dW} is not X.T @ (s - y){OVER[scale]}: its first row (axes D, k) is"
                                   f" {show(seen.gradient[0])}, it must be {show((X.T @ dz)[0])}")]
    if not way.network and not student.loss_only:
        others, over = call(W, 0.5, batch.z.argmax(axis=1))[1], OVER[scale]  # what it returns for other labels
        of_penalty = slope_of_penalty(student, y, W, b)
        if found := (of_bias(student, parts, others, dz, of_penalty, over, scale == "sum" and student.scale == "mean")
                     or of_inputs(student, parts, others, X, dz @ W.T, batch.P @ W.T, over)):
            return found
    named = any(role == "reg" and likeness(name, role) for name, role in student.form.roles.items())  # else it is just a number
    if not named or not student.whole or student.slow or student.precision == "float32":  # where differences tell nothing
        return []
    why = why_regularization_is_wrong(lambda *given: call(*given)[0], W, y, [W, *directions], dW)
    why = why or (b.any() and why_penalty_of_bias_is_wrong(student, functools.partial(call, W), b))
    return [finding("regularization", f"the regularization is wrong: {why}")] if why else []


def drawn_for_weights(student):
    """Return random inputs, labels, weights and a bias, which is 0 if the program has none, and two directions in which to change the weights."""
    draw, form, way = random.Random(7), student.form, student.way
    N, D, k = 1 if form.single else 5, 3, student.classes or 4
    X, W, b, *directions = (drawn(draw, *shape) for shape in [(N, D), (D, k), (k,), (D, k), (D, k)])
    X = np.abs(X) if way.network else X  # which a ReLU passes on
    X = np.eye(D)[[0, 1, 0, 2, 1]] if form.axes["X"] == "N" else X  # some numbers of rows come twice
    return X, np.array([2, 0, 3, 2, 1])[:N] % k, W, b * ("b" in form.axes or bool(way.ones)), directions


def named_gradients(parts, names):
    """Return the parts that are called like the gradient of something with one of these names: db, or b among gradients."""
    return {path: part for path, part in parts.items() if re.search(rf"(^|/)(d|grad)_?({names})1?$|grad[^/]*/({names})1?$", "/".join(map(str, path)).lower())}


def slope_of_penalty(student, y, W, b):
    """Return the derivative by the bias of what a regularization of any kind adds to the loss, by differences, or 0 where there is none."""
    if not student.has_penalty or not b.any() or not student.whole:
        return 0.0
    slope = np.array([(student.penalty(y, W, b + step).loss - student.penalty(y, W, b - step).loss) / 2e-5 for step in 1e-5 * np.eye(len(b))])
    return slope * (np.abs(slope).max() > 1e-7)


def of_bias(student, parts, others, gradient, of_penalty, over, lacks_mean):
    """Return findings for the gradient of the bias: what is called so, or has its size, or is 0 for these and other labels.

    Beside weights whose gradient lacks the mean, it may have it.
    """
    rest = {path: part for path, part in parts.items() if path not in student.places.values() and part.dtype.kind in "fiu"}
    found, right = named_gradients(rest, "b|bias|biases"), gradient.sum(axis=0) + of_penalty
    if not found and ("b" in student.form.axes or student.way.keeps_bias):
        found = {path: part for path, part in rest.items() if part.size == right.size}
    if not found and "b" in student.form.axes:  # summed over the classes, s - y is 0
        found = {path: part for path, part in rest.items() if not any((np.abs(each.get(path, 1)) > 1e-12).any() for each in (parts, others))}
    part = next(iter(found.values()), None)
    student.other_gradients += ["db"] * bool(found)
    if lacks_mean and any(each.size == right.size and error(each.ravel(), right / len(gradient)) <= WRONG for each in found.values()):
        return [finding("bias", "db is right, as the gradient of the mean loss: it has the 1/N that is missing above")]
    if all(each.size != right.size or error(each.ravel(), right) > WRONG for each in found.values()) and found:
        what = f"the sum of (s - y){over} over the examples{', and the derivative of the regularization' * bool(np.any(of_penalty))}"
        if part.size == right.size:
            times = proportion(part.ravel(), right, right)
            times = f", {times:.4g} times what it must be for N = {len(gradient)}" if times else ""
            return [finding("bias", f"db is {show(part)}{times}; it must be {what}: {show(right)}")]
        shape = tuple(right.size if axis == "k" else 1 for axis in student.form.axes.get("b", "k"))
        axis = f" (axis {int(student.form.columns)} of s - y{', keepdims=True' * (len(shape) > 1)})"
        return [finding("bias", f"db has shape {part.shape}; it must be that of b, {shape}: {what}{axis}").having(of_shape=True)]
    return []


def of_inputs(student, parts, others, X, dX, of_s, over):
    """Return findings for the gradient with respect to the inputs X: what is called so, is right, or is another one for other labels.

    `of_s` is what it is without the labels, times N for a mean. What is like none of these is named as not looked at.
    """
    X, dX, of_s = (with_axes(values, "ND", student.form.axes["X"]) for values in (X, dX, of_s))
    alike = {path: part for path, part in parts.items() if path not in student.places.values() and part.shape == dX.shape and part.dtype.kind == "f"}
    right = [path for path, part in alike.items() if error(part, dX) <= WRONG]
    what = f"d{student.form.name_of('X')}"
    unnamed = {path: part for path, part in alike.items() if isinstance(path[-1], int) and (
        error(others.get(path, part), part) > WRONG or proportion(part.ravel(), of_s.ravel(), of_s))}
    if wrong := [] if right or student.way.has_stepped else list((named_gradients(alike, "x|inputs?") or unnamed).values()):  # after a step W is another
        return [finding("inputs", f"{what} is {show(wrong[0])}; it must be (s - y){over} times the weights: {show(dX)}")]
    student.other_gradients += [what] * bool(right)
    unseen = [path for path in alike if not right and error(alike[path], X) > WRONG and (isinstance(path[-1], int) or is_gradient(path))]
    student.not_looked_at += [f"result {path[-1] + 1}" if isinstance(path[-1], int) else path[-1] for path in unseen]
    return []


def slopes(call, at, directions):
    """Return how a loss changes in some directions, by its gradient and by its differences, which leave 9 digits or more."""
    gradient = call(at)[1]
    own = [(gradient * V).sum() for V in directions]
    return np.array(own), np.array([(call(at + 1e-5 * V)[0] - call(at - 1e-5 * V)[0]) / 2e-5 for V in directions])


OF_NETWORK = [2, 0, 3, 2, 1, 1]  # the labels of the examples that a network gets


def compared_with_N(ratio):
    """Say that a gradient has the wrong sign, or is N times too large or too small."""
    N = len(OF_NETWORK)
    known = {-1: "has the wrong sign", N: f"is N = {N} times too large", 1 / N: f"is N = {N} times too small"}
    return next((f"; the gradient {what}" for times, what in known.items() if abs(ratio - times) < 1e-4 * abs(times)), "")


def of_network(student, model, run):
    """Return findings for the gradients of all weights and biases that a network keeps; run(object, inputs and labels) calls it."""
    k = student.classes or 4
    draw, axes, labels = random.Random(7), student.form.axes, np.array(OF_NETWORK) % k
    made = model.built(k)
    kept, before = kept_by(made)
    D = next(value.shape[axes["W"].index("D")] for value in kept.values() if is_matrix(value))
    X = drawn(draw, len(labels), D)
    for value in kept.values():
        value[...] = drawn(draw, *value.shape, scale=0.5)  # so that hardly a probability is below 0.01
    wrong = []
    for path in kept:

        def call(at, reg=0.0):
            own = copy.deepcopy(made)  # a backward pass may change the weights
            at_path(vars(own), path)[...] = at
            vars(own).update({name: reg for name, old in vars(own).items() if isinstance(old, float) and likeness(name, "reg") == 2})
            given = student.form.values(np.zeros((len(labels), k)), labels, X=X, reg=reg)
            named = {name: given[name] for name, role in student.form.roles.items() if role != "W"}
            result = opened(run(own, **{name: named[name] for name in named.keys() - {option.name for option in model.options}}))
            returned = {("grads", *place): part for place, part in arrays_in(result, ()).items()}
            may_be_loss = [place for place, part in returned.items() if part.size in (1, len(labels))]
            losses = returned.pop(min(may_be_loss, key=lambda place: not named_like(place, ("loss", "cost"))))
            returned = {place: part for place, part in returned.items() if not np.array_equal(part, losses)}
            since = {place: part for place, part in arrays_in(vars(own), ()).items() if place not in kept and not np.array_equal(part, before.get(place))}
            gradient = gradient_in(returned, since, path, kept)
            if gradient is None and not reg:
                gradient = model.by_step(own, student.way.steps, at, at_path(vars(own), path))
            return (student.reduce or np.sum)(losses), gradient

        with suppress(Raised), students_code():
            wrong += of_gradient_of(call, in_code(path), kept[path], drawn(draw, *kept[path].shape), student)
    if wrong and {f"d{in_code(path)}" for path in kept if is_vector(kept[path])} <= {*student.other_gradients} and any(map(is_vector, kept.values())):
        wrong.append(finding("biases-right", "the gradients of all biases are right: look at the products with the inputs, and at the regularization"))
    return wrong


def kept_by(made):
    """Return the weights and biases that an object keeps, by their path, and copies of its other arrays, such as velocities."""
    every = arrays_in(vars(made), ())
    kept = {path: value for path, value in every.items() if value.dtype == float and isinstance(at_path(vars(made), path), np.ndarray)
            and not any(is_gradient_of(path, other) for other in every)}
    again = [path for fits in (is_matrix, is_vector) for path in kept if fits(kept[path]) and path not in first_of_each_name(kept, fits)]
    kept = {path: value for path, value in kept.items() if path not in again}
    return kept, {path: value.copy() for path, value in every.items() if path not in kept}


def of_unknown_network(student):
    """Return findings for a network whose hidden layers do something unknown: only its gradients can be compared, with its own loss."""
    if found := of_network(student, *student.way.network):
        return found
    compared = f". But {', '.join(student.other_gradients)} are the derivatives of that loss" if student.other_gradients else ""
    raise Stop("cannot check", f"it is not known what its hidden layers compute, so the value of its loss was not checked{compared}")


def gradient_in(returned, own, path, kept):
    """Return the gradient of what has a path: by its name; in a tuple or list by its shape, or as the only one that is left; or None."""
    shape, shapes = kept[path].shape, [value.shape for value in kept.values()]
    named = {at: part for at, part in {**returned, **own}.items() if is_gradient_of(at, path) and not np.array_equal(part, kept[path])}
    # Those of layers may begin with the last one.
    named = sorted(named.items(), key=lambda each: (each[1].shape != shape, each[1].shape in shapes, number_in(each[0]) != number_in(path)))
    unnamed = {at: part for at, part in returned.items() if any(isinstance(each, int) for each in at[-2:])}  # in a list, or in a dictionary of a list
    alike = [part for part in unnamed.values() if part.shape == shape and shapes.count(part.shape) == 1]
    return next(iter([part for _, part in named] or alike or left_over(unnamed, kept, path)), None)


def left_over(unnamed, kept, path):
    """Return the one part, or the one of a list, that can only be the gradient of what has a path, though its shape is a wrong one."""
    shapes, found = ([value.shape for value in each.values()] for each in (kept, unnamed))
    rest = {at: part for at, part in unnamed.items() if part.shape not in shapes}
    missing = [at for at in kept if kept[at].shape not in found]
    lists = isinstance(path[-1], int) and len({at[:-1] for at in rest}) == 1 and all(at[:-1] == path[:-1] for at in missing)
    return [part for part, at in zip(rest.values(), missing) if at == path and len(rest) == len(missing) and (len(rest) == 1 or lists)]


def number_in(path):
    """Return the last number in a path: which layer it is of."""
    return next((key for key in reversed(path) if isinstance(key, int)), None)


def of_what(name):
    """Return the name of a gradient, such as dw or nabla_w, as that of what it belongs to."""
    return re.sub(r"^(d|grad|nabla)_?", "", name)


def is_gradient_of(path, of):
    """Whether a path, such as that of dW1, grads["W1"] or nabla_w[0], is that of the gradient of what has another path, or of its like in another layer."""
    names = [str(name).lower() for name in path]
    plain = [of_what(name) for name in names]
    if not names or (names == plain and "grad" not in "".join(names)):
        return False
    if isinstance(of[-1], int):  # in a list: weights and dWs have the same first letter
        name, other = (of_what(name_in(one).lower()) for one in (path, of))
        return isinstance(path[-1], int) and name[:1] == other[:1]
    return plain[-1] == of[-1].lower()


def of_gradient_of(call, name, at, direction, student):
    """Return a finding if a gradient has a wrong shape or is not the derivative of the loss, with or without a regularization."""
    gradient = call(at)[1]
    if gradient is None:
        student.not_found.append(f"d{name}")
        return []
    if gradient.size != at.size:
        return [finding("weights", f"the gradient of {name} has shape {gradient.shape}; it must be that of {name}, {at.shape}. Sum the gradient"
                                   f" of a bias over the examples, axis {'1 of (k, N)' if student.form.columns else '0 of (N, k)'}").having(of_shape=True)]
    for reg in (0.0, 0.5):
        if call(at, reg)[1] is None:
            break
        (own,), (numeric,) = slopes(lambda at: (call(at, reg)[0], call(at, reg)[1].reshape(at.shape)), at, [direction])
        if np.isfinite(own * numeric) and error(own, numeric, 1e-5) > max(1e-4, 100 * (student.constant or 0)):  # a bias before a batch normalization has none
            where = f" with {reg} for the strength of the regularization" if reg else ""
            return [finding("weights", f"the gradient of {name} is not the derivative of your loss{where}: along one direction it gives {own:.6g},"
                                       f" and the numerical derivative is {numeric:.6g}{compared_with_N(own / numeric)}")]
    student.other_gradients.append(f"d{name}")
    return []


def of_options(student, b):
    """Return findings for what makes another loss: a temperature, or weights that are not 1. The gradient is still the loss's derivative."""
    plain, draw = student(b.z, b.y), random.Random(7)
    for name, role, value, page in other_options(student, b, draw):
        ignores, weighs = role == "ignore" and not student.form.one_hot, "weights" in role
        y = np.append(b.y[:-1], -1) if ignores else b.y

        def call(z, given={role: value}):
            loss, gradient = student.call(z, y, **given)[0]
            gradient[b.N - 1] += gradient[b.N :].sum(axis=0)  # the last row of weights comes twice
            return Result(loss, gradient[: b.N])

        seen, (own, numeric) = call(b.z), slopes(call, b.z, [drawn(draw, b.N, b.k), drawn(draw, b.N, b.k)])
        same_loss, same_gradient = error(seen.loss, plain.loss, 1.0) <= LOSS_WRONG, error(seen.gradient, plain.gradient) <= WRONG
        if weighs and same_loss and same_gradient:
            return [finding("weights", f"with {name} {show(value)} in place of ones, neither the loss nor the gradient changes", page)]
        if ignores and error(own, numeric) > 1e-5 and seen.gradient[-1].any():
            return [finding("option", f"with {name} = -1 and a label of -1 in the last row, the gradient of this row is {show(seen.gradient[-1])}; it"
                                      " must be 0, and the loss that of the other rows", page)]
        what = f"{name} {show(value)}" if np.ndim(value) else f"{name} = {value:g}" + " and that label in the last row" * ignores
        if not error(own, numeric) <= 1e-5 and np.isfinite(numeric).all():
            one, other = ("loss", "gradient") if same_gradient else ("gradient", "loss")
            why = f", because {name} is in the {one} and not in the {other}" if same_loss != same_gradient else ""
            times = None if why else proportion(own, numeric, own)
            text = f"with {what}, your gradient is {f'{times:.4g} times' if times else 'not'} the derivative of your loss{why}: along one direction it gives"
            return [finding("weights" if weighs else "option", f"{text} {own[0]:.6g}, and the numerical derivative is {numeric[0]:.6g}", page)]
        student.varied_options.append(what)
    return []


def other_options(student, b, draw):
    """Yield the name and the role of each parameter that makes another loss, a value that does so, and the page about it."""
    form = student.form
    for name, role in form.roles.items():
        _, value, page = OPTIONS.get(role, (None, None, WEIGHTED))
        if "weights" in role:
            value = np.arange(b.N if "N" in form.axes.get(role, "k") else b.k) ** 2.0  # with a 0
            value = np.sign(value) if "mask" in name.lower() else value
            value[1] *= -1 if re.search("adv|return|reward", name.lower()) else 1
        if role == "labels" and form.one_hot and (form.has_teacher or re.search(DISTRIBUTIONS, name.lower())):
            value, page = softmax(drawn(draw, b.N, b.k)), SOFT
        if value is not None:
            yield name, role, value, page


def why_regularization_is_wrong(call, W, y, directions, dW):
    """Compare what it adds to dW with differences of what it adds to the loss: each convention is right if both agree."""

    def added(W, y=y):
        """Return what the regularization adds to loss and gradient."""
        with_it, without = call(W, 0.5, y), call(W, 0.0, y)
        return with_it[0] - without[0], with_it[1] - without[1]

    (own, numeric), N = slopes(added, W, directions), len(y)
    # Of c times the sum of W² the derivative along W is 2 times itself, and of the sum of |W| once.
    lowers = numeric[0] < 0 and min(abs(numeric[0] / (added(W)[0] or np.inf) - power) for power in (1, 2)) < 1e-4
    agrees = error(own, numeric) <= 1e-5
    if agrees and not lowers:
        return None
    of_loss, of_gradient = (error(other, one) for other, one in zip(added(W, (y + 1) % W.shape[1]), added(W)))  # with other labels
    if of_loss > 1e-9:
        return "what it adds to the loss depends on the labels. Is it in a denominator, or inside the sum over the examples?"
    if of_gradient > 1e-9:
        return f"what it adds to {dW} depends on the labels. Is it in a denominator, as in {dW} /= N + reg * W, or inside the sum over the examples?"
    if lowers:
        return f"it makes the loss smaller as the weights grow. The loss must add it{f', and {dW} its derivative' if agrees else ''}: + reg * sum of W²"
    if not np.abs(own).max() > 1e-9:
        return f"it is part of the loss and not of {dW}. The derivative of reg * sum of W² is 2 * reg * W"
    if not np.abs(numeric).max() > 1e-9:
        return f"it is part of {dW} and not of the loss"
    ratio = own[0] / numeric[0]
    times = {N: ". That is N: is only its part of the loss divided by N?", 1 / N: f". That is 1/N: is only its part of {dW} divided by N?",
             2: ". The derivative of half the sum of W² is W, and that of the whole sum is 2 W", 0.5: ". The derivative of the sum of W² is 2 W"}
    said = next((text for size, text in times.items() if abs(ratio - size) < 1e-4 * size), "")
    return f"its part of {dW} is {ratio:.4g} times the derivative of its part of the loss{said}"


def why_penalty_of_bias_is_wrong(student, call, b):
    """Say whether a regularization has the bias in the loss alone, or in its gradient alone."""

    def added(b):
        """Return what the regularization adds to the loss and to db."""
        results = [call(reg=reg, b=b) for reg in (0.5, 0.0)]
        parts = [[part for path, part in parts.items() if path not in student.places.values() and part.size == b.size] for _, parts in results]
        return results[0][0].loss - results[1][0].loss, [one - other for one, other in zip(*parts)]

    (loss, gradients), (more, _) = added(b), added(2 * b)
    in_loss, in_gradient = abs(more - loss) > 1e-9, any(np.abs(part).max() > 1e-9 for part in gradients)
    if not gradients or in_loss == in_gradient:
        return None
    return f"it has the bias in the {'loss' if in_loss else 'gradient'}, and not in the {'gradient db' if in_loss else 'loss'}"


# 10. The verdict


class Answer(dict):
    """The answer: a dictionary with the keys of --json, which prints as words. `remarks` are what is worth knowing and is no mistake."""

    def __init__(self, verdict, findings=(), gradient=None, loss=None, remarks=(), reading=""):
        gradient = gradient or dict.fromkeys(["largest_relative_error", "at", "expected", "got"])
        loss = loss or dict.fromkeys(["expected", "got"])
        super().__init__(verdict=verdict, reading=reading, findings=list(findings), gradient=gradient, loss=loss)
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


def diagnose(function, signature=None, sum=False, gradient_only=False):
    """Say whether a loss and its gradient are right, and if not, what is wrong.

    It runs in this process: no limit on time or memory holds.

    Parameters
    ----------
    function : callable or class
        Takes logits and labels, or weights, inputs and labels; returns the loss, its gradient, or both. What its
        parameters hold is found out by their names and by trying.
    signature : {"N,k", "k,N", "k", "W,X,y,reg"}, optional
        Read it so: logits in rows, in columns, or of one example; or weights W, inputs X, labels y and the strength
        of a regularization.
    sum : bool
        The loss must be the sum over the batch. By default a mean or a sum is right, if loss and gradient agree.
    gradient_only : bool
        The function returns the gradient alone.

    Returns
    -------
    Answer
        A dictionary with "verdict", "reading", "findings", "gradient" and "loss", which prints as words.
    """
    if signature not in (None, *FORCED):
        raise ValueError(f"signature is {signature!r}; it must be one of {', '.join(map(repr, FORCED))}")
    answer = judge(ways_of(function), Asked(signature, sum, gradient_only))
    answer.remarks.append("Run in this process, without a limit on time or memory.")
    return answer


def judge(functions, asked):
    """Return the Answer for one function, or for the way to use a class that fits best."""
    try:
        with np.errstate(all="ignore"):  # NaN and infinity are what is looked for
            return verdict_on(with_given_probabilities(best_of(read(function, asked) for function in functions)))
    except Stop as stop:
        return stopped(*stop.args)


def best_of(trials):
    """Return the first trial that is right, else that with most that is right."""
    tried = []
    for trial in trials:
        tried.append(trial)
        if trial.right and trial.student.whole:
            return next((user for user in tried if calls_method_of(user, trial)), trial)
    if not tried:
        raise Stop("cannot check", f"it has no methods for a forward and a backward pass. {AROUND}")
    return clearest(max(tried, key=lambda trial: trial.rank), tried)


def calls_method_of(user, trial):
    """Return whether it is a method that calls a right one of its class, as with probabilities in place of logits, and mistakes explain it."""
    way, names = user.student.way, trial.student.way.steps or [trial.student.name.partition(".")[2]]
    method = getattr(way.kind, user.student.name.partition(".")[2], None)
    return user.whole and user is not trial and any(calls(method, name) for name in names) and names_needed(user.student) < UNEXPLAINED


def clearest(best, others):
    """Return the Trial of the best, or of another way to call it that is as good and explained: with probabilities, or with weights for another activation."""
    if not best.fits or best.student.slow or best.right and not best.student.way.network:
        return best

    def unexplained(trial):
        return *understood(trial.student), trial.student.gradient_only or not has_formulas(trial.student), not trial.student.way.behind

    alike = [best, *(trial for trial in others if trial.rank == best.rank and trial is not best)]
    return min(alike, key=unexplained) if len(alike) > 1 else best


def with_given_probabilities(best):
    """Return the Trial of a function with probabilities in place of logits, if its loss is a logarithm of what it gets, and no name calls that logits."""
    student, way = best.student, best.student.way
    if not best.fits or student.gradient_only or student.form.target == "W" or way.behind or way.given_probabilities or not np.isnan(best.run.seen.loss):
        return best
    name = student.form.name_of("logits")
    if re.search("logit|score|^z$", way.own.get(name, name).lower()) or "softmax" in student.name.lower() or re.search("(?i)logit|score", student.said):
        return best
    other = read(of_given_probabilities(student.function), student.asked)
    in_rows = r"(?i)\((n|m|b|batch\w*|n_samples), ?(k|c|\w*classes)\)|n_samples, n_classes"
    return other if other.parts_right and not (other.student.form.columns and re.search(in_rows, student.said)) else best


def verdict_on(trial):
    """Return the Answer for a program in the form that was found."""
    student = trial.student
    try:
        if trial.stopped_as_wrong and changes_its_results(student):
            raise Stop("cannot check", "it draws random numbers: equal calls return different results. Draw them outside, and pass them as parameters")
        if trial.stop:
            raise trial.stop
        answer = compare(student)
    except Stop as stop:
        other = stop.verdict == "wrong" and not student.may_be_of_a_softmax
        answer = stopped("cannot check", lacks_a_softmax(student)) if other else stopped(*stop.args)
    except Raised as raised:
        answer = stopped("cannot check", f"it raises an error, but not in each call. {raised}")
    answer["reading"] = str(student)
    return answer


def stopped(verdict, reason, reading=""):
    code, anchor = ("shape", "facts") if verdict == "wrong" else ("cannot-check", "cannot-check")
    return Answer(verdict, [finding(code, reason, f"is-mine-right/#{anchor}")], reading=reading)


def settle_scale(student, runs):
    """Let a program be one for the sum over a batch, if its loss and its gradient are both sums."""
    found = [explain(student, runs, part) for part in student.parts]
    formula = not found[0] and not student.gradient_only and fact_known(student, runs, "loss")
    summed = formula and formula.scale == "sum"
    # Of losses for each example the gradient tells whether they are meant to be added, even if they are wrong.
    if (found[0] or summed or (student.reduce is np.sum and found[-1])) and all(each is None or each[2] == "sum" for each in found):
        student.scale = "sum"
        for run in runs:
            run.compare_with("sum")


def compare(student):
    """Run the function on all batches and return the Answer."""
    first = Run(student, student.batches()[0])
    if first.raised:
        return cannot_run(student, first)
    every = [first, *(Run(student, b) for b in student.batches()[1:])]
    raising, runs = [run for run in every if run.raised], [run for run in every if not run.raised]
    if "weights" in student.form.axes and not any(np.nan_to_num(run.seen.gradient).any() for run in runs):
        return stopped("cannot check", f"for weights that are all 1 its gradient is 0 or nan: is their mean subtracted? {AROUND}")
    student.precision = precision(student, first)
    if student.scale == "mean" and any(run.is_wrong() for run in runs):
        settle_scale(student, runs)
    student.constant = small_constant(student, runs)
    wrong = [] if student.constant else [run for run in runs if run.is_wrong()]  # such a constant is a limit
    only_rare = all(map(is_rare, raising))  # also if none raises
    if not only_rare and not wrong and not hint_broadcast(raising[0]):
        return cannot_run(student, raising[0])
    findings, explained = moderate(student, runs, wrong)
    # Of a program that nobody understands for small logits, large ones tell nothing.
    # With a focus of 0, which the program may never see, limits tell nothing either.
    student.rare = only_rare and bool(raising)
    tells = explained and only_rare and not student.way.guesses_upstream and "focus" not in student.form.roles.values()
    limits = limits_of(student, not wrong) if tells else []
    side_effects, changed = student.effects.findings()
    findings, fragile = [*findings, *side_effects], [*changed, *(found for found, _ in limits)]
    if findings or not only_rare:
        findings = errors(raising) + findings
    else:
        fragile = errors(raising) + fragile
    shown = (wrong or [run for _, run in limits if not findings] or runs)[0]
    known = explained or not student.way.network  # what its hidden layers pass on, so that something is expected
    has_loss = known and student.way.linear and not (student.gradient_only or student.way.without_loss)
    return Answer(
        "wrong" if findings else "fragile" if fragile else "correct",
        findings + fragile,
        largest_relative_error(shown) if known and not student.loss_only else None,
        {"expected": for_json(shown.right.loss), "got": for_json(shown.seen.loss) if has_loss else None},
        remarks_on(student, runs) if not findings else [COLUMNS] if wrong and student.form.columns else [],
    )


def moderate(student, runs, wrong):
    """Return the findings for moderate logits, and whether they leave nothing open."""
    often = [*runs[:1] * 3, *runs[1:]] if wrong and not student.slow else runs[:1]
    if changing := next(filter(None, (unequal_calls(student, run) for run in often)), None):
        if is_random(student, runs[0].b):
            raise Stop("cannot check", f"it draws random numbers: {changing}. If it draws a part of the batch, or a dropout mask,"
                                       " do that outside, and pass the indices, the mask or the seed as parameters")
        return [finding("unequal-calls", f"{changing}. Does it draw random numbers, as dropout does, or keep something from the call before?")], False
    if wrong:
        return what_is_wrong(student, runs, wrong)
    findings = of_weights(student) if student.form.target == "W" else of_recurrent(student) if student.way.recurrent else []
    if findings and findings[0].may_be_right:
        raise Stop("cannot check", findings[0]["evidence"])
    if student.whole and not student.slow and student.precision == "float64":
        findings += of_options(student, runs[0].b)
    return findings + what_adds_up(student, runs[0]), True


def what_is_wrong(student, runs, wrong):
    """Return the findings for wrong results, and whether mistakes explain them all; raise Stop where the program may be right for something else."""
    way, of_W, right = student.way, student.form.target == "W", ((), {}, student.scale)
    gradient, loss = (explain(student, runs, part) if part in student.parts else right for part in ("gradient", "loss"))
    if loss == right:
        for run in runs:  # perhaps up to a constant inside the logarithm
            run.loss_error = min(run.loss_error, LOSS_WRONG)
    if way.network and not loss and (fact_known(student, runs, "loss") or {}).get("code") != "formula":
        return of_unknown_network(student), False
    if way.given_probabilities and gradient and gradient[0] == (BY_S,) and loss == right:
        raise Stop("cannot check", f"it takes probabilities, and its gradient is the one with respect to them, -y/s{OVER[student.scale]}: right if the"
                                   " backward pass of a softmax comes after it")
    found = named_mistakes(student, runs[0], gradient, loss) + facts(student, runs, gradient is not None, loss is not None)
    if of_W and gradient == ((), {}, "sum") and loss == right:  # then db may be the gradient of the mean
        found += [each for each in of_weights(student, "sum") if each["code"] == "bias"]
    is_right = right in [result for part, result in (("gradient", gradient), ("loss", loss)) if part in student.parts]
    if why := why_of_another_loss(student, found) or why_of_no_softmax(student, found, is_right):
        raise Stop("cannot check", why)
    explaining = [fact for fact in found if fact["mistake"] or fact["code"] in EXPLAINING]
    if [fact["numbers"].get("formula", "")[:7] for fact in explaining] == ["(s - c)"] and not loss:
        raise Stop("cannot check", f"y seems to be one-hot, and not the numbers of the classes, but in which shape was not found out. {AROUND}")
    if explaining:
        return found, bool(gradient and loss)
    if way.network:
        return of_network(student, *way.network) or found, False
    known = [part for part, explained in (("gradient", gradient), ("loss", loss)) if part in student.parts and explained]
    # With nothing right in any batch, the parameters may be other things than they were taken for.
    if wrong == runs and (len(known) == 1 and way.guesses_pair or not known and is_a_guess(student, found)):
        raise Stop("cannot check", f"nothing that is known fits what it returns. Does it expect other arguments? {AROUND}")
    return found, False


# The facts that say what a result is
EXPLAINING = {"formula", "added", "temperature", "other-logits", "ratio", "zero", "zero-but-at-the-label", "zero-entries", "zero-loss", "one-row", "equal-rows",
              "exchanged", "first-label", "running-sum", "reshaped", "division-in-the-loop", "whole-numbers", "logit-added", "distance", "row-factors",
              "loss-factors", "features", "targets", "column-sums", "maximum-of-columns", "constant-in-the-logarithm", "constant-in-the-sum"}


def is_a_guess(student, found):
    """Return whether a program is not right for some entries or batches, and no names say what it takes, or it is called like a softmax alone."""
    where = any(fact["code"] in ("place", "batches") and fact["numbers"]["where"] for fact in found)
    unnamed = likely(student.name) < 1 and (student.loss_only or not student.has_exponential)  # it may count errors, or scale the inputs
    other = unnamed or student.form.target == "W" and not student.has_exponential
    return not where and (likely(student.name) == 1 or min(student.likenesses()) < 2 or other)


ANOTHER_LOSS = "is it meant for another loss?"


def instead_of_a_softmax(text):
    return "a sigmoid occurs, and no softmax," if has_sigmoid_alone(text) else "neither an exponential nor a softmax occurs"


def lacks_a_softmax(student):
    return f"{instead_of_a_softmax(student.file_text)} in your program: {ANOTHER_LOSS}"


def why_of_no_softmax(student, found, is_right):
    """Return why a program of which no part is right may be meant for another loss, by its name or by what does not occur in it; else None."""
    meant = re.search(RELATED, student.name.lower())
    # A softmax without a name is what a formula calls s, if the program gets logits.
    gets_s = student.way.given_probabilities or student.form.target == "W" and student.loss_only
    others = [fact["evidence"] for fact in found if fact.related and (meant or gets_s or not re.search(r"\bs\b", fact["evidence"]))]
    if others and not is_right and (meant or not student.has_softmax):
        return f"{'by its name it is meant for another loss' if meant else 'no softmax occurs in your program'}, and {others[0]}"
    if not student.may_be_of_a_softmax or student.loss_only and is_a_guess(student, found) and not student.has_exponential:
        return lacks_a_softmax(student)
    return None


def why_of_another_loss(student, found):
    """Return why a program whose gradient is the derivative of its loss may be right, for what it is meant for; else None."""
    said = {fact["code"]: fact["evidence"] for fact in found}
    if "derivative-of-own-loss" not in said or any(fact["mistake"] for fact in found):
        return None
    own = "your gradient is the derivative of your loss, and"
    meant = re.search(RELATED, " ".join([student.name, *student.names]).lower())
    if related := [fact["evidence"] for fact in found if fact.related and meant]:
        return f"{own} {related[-1].removeprefix('your gradient is ')}. Nothing else was checked"
    explained = said.keys() & EXPLAINING - {"row-factors", "loss-factors"}  # which weights may be
    where = any(fact["code"] in ("place", "batches") and fact["numbers"]["where"] for fact in found) and "row-factors" not in said
    if not student.has_exponential:
        return f"{own} {lacks_a_softmax(student)}"
    # Either nothing that explains it is known, or the names in the program speak of a related loss.
    if not meant and (explained or where):
        return None
    shown = "; ".join(said[code] for code in ("row-factors", "ratio", "loss") if code in said)
    return f"{own} may be right for another loss. For the cross-entropy it is not: {shown}. If the function expects something else: {AROUND}"


def errors(raising):
    """Return a finding for each line that raises for some batches."""
    lines = {}
    for run in raising:
        lines.setdefault(run.raised.line, []).append(run)
    return [finding("raises", f"for logits {', '.join(str(run.b.z.shape) for run in alike)} {alike[0].outcome()}{hint_broadcast(alike[0])}")
            for alike in lines.values()]


def limits_of(student, is_right):
    """Return a finding and the failed Run for each kind of logits that are not moderate and break it."""
    large = large_logits(student, is_right)
    top = None if large or student.slow or student.classes or student.rare else large_top(student)
    gap = large_gap(student, is_right)
    if gap and not gap[0]["mistake"] and (large or top):
        gap = None  # one limit is enough
    return [limit for limit in (large, top, gap) if limit]


def wrapper_of(name):
    return f"def loss_and_gradient(logits, labels): ... {re.split('[ .]', name)[0]}(...) ... return loss, gradient"


def cannot_run(student, run):
    """Return the Answer for a function that raises."""
    hints = {NameError: "define it in this file, or import it", MemoryError: "it needs more memory than there is: look for an array that grows",
             SystemExit: "take the sys.exit() out"}
    shapes = "it gets " + ", ".join(f"{name} {value.shape}" if np.ndim(value) else f"{name}, a Python {type(value).__name__}"
                                    for name, value in student.form.values(run.b.z, run.b.y).items())
    hint = next((hints[kind] for kind in hints if isinstance(run.raised.error, kind)), shapes)
    broadcast = hint_broadcast(run)
    if not broadcast and hint is shapes:
        hint += f". If it expects something else, write a function that calls yours with that: {wrapper_of(student.name)}"
    return stopped("cannot check", f"it raises an error. {run.raised}; {hint}{broadcast}")


def hint_broadcast(run):
    """Return what to look for if one number of each row, or too few classes, met an (N, k) array."""
    (N, k), text = run.b.z.shape, str(run.raised)
    if "broadcast" in text and f"({N},{k})" in text and f"({N},)" in text:
        return f". A sum or maximum over axis 1 has shape ({N},); with keepdims=True ({N}, 1), which fits ({N}, {k})"
    if counts_classes_in_labels(run):
        return f". No label there is the last class: k is the number of classes, {k}, and not labels.max() + 1"
    return ""


def counts_classes_in_labels(run):
    """Return whether one-hot targets with too few classes met an (N, k) array, or flat weights: the last class occurs in no label of the batch."""
    (N, k), labelled, text = run.b.z.shape, run.b.y.max() + 1, str(run.raised)
    rows = N if "broadcast" in text else N + 1 if "cannot reshape" in text else None  # of logits, or of flat weights
    return labelled < k and (f"({rows},{labelled})" in text or f"({labelled},{rows})" in text)


def is_rare(run):
    """Return whether a batch is one that a program may never get: of one example, or without a label of the last class."""
    return run.b.N == 1 and not run.student.form.single or counts_classes_in_labels(run)


def is_random(student, b):
    """Return whether equal calls differ because of random numbers: they are equal for equal seeds of all generators, and for these alone."""
    made = np.random.default_rng
    generators = [value for function in student.functions for value in getattr(function, "__globals__", {}).values() if isinstance(value, np.random.Generator)]

    def result(seed):
        np.random.default_rng = lambda *given: made(seed)
        np.random.seed(seed)
        random.seed(seed)
        for generator in generators:
            generator.bit_generator.state = type(generator.bit_generator)(seed).state
        return student(b.z, b.y)

    def equal(one, other):
        return all(np.array_equal(part, same, equal_nan=True) for part, same in zip(one, other))

    try:
        first, *others = map(result, (0, 0, 1, 2, 3, 4))
    finally:
        np.random.default_rng = made
    return equal(first, others[0]) and not all(equal(first, other) for other in others)


def changes_its_results(student):
    """Return whether two equal calls return different arrays, which need not have the right shapes."""
    b = student.batches()[0]
    one, other = (student.run(student.form.values(b.z, b.y), ())[1] for _ in range(2))
    return any(not np.array_equal(part, other.get(path), equal_nan=part.dtype.kind == "f") for path, part in one.items())


def unequal_calls(student, run):
    """Say how the results of equal calls differ, if they do."""
    second = student(run.b.z, run.b.y)
    far = np.abs(second.gradient - run.seen.gradient)
    if not student.loss_only and error(second.gradient, run.seen.gradient) > WRONG and np.isfinite(far).all():
        n, i = np.unravel_index(far.argmax(), far.shape)
        numbers = f"{run.seen.gradient[n, i]:.6g} and {second.gradient[n, i]:.6g}"
        return f"two equal calls return different gradients: {numbers} at row {n}, class {i}"
    if LOSS_WRONG < error(second.loss, run.seen.loss, least=1.0) < np.inf:
        return f"two equal calls return different losses: {run.seen.loss:.6g} and {second.loss:.6g}"
    return None


def second_pass(student, run):
    """Return the Result of a second pass of the same object, or that of the first one where there is none."""
    if not student.way.repeats or student.slow:
        return run.seen
    student.way.twice = True
    try:
        return student(run.b.z, run.b.y)
    except (Raised, Stop):  # what the first pass has set, and the second does not change, is not found
        return run.seen
    finally:
        student.way.twice = False


def what_adds_up(student, run):
    """Return a finding if a second pass of the same object returns its loss added to that of the first one, or what one method returns as the gradient.

    A backward pass may add to a gradient on purpose, and so may a method beside one that sets it to 0.
    """
    first, second = run.seen, second_pass(student, run)
    one_method = len(student.way.steps) < 2 and not any(re.search("zero|reset|clear", name.lower()) for name in dir(student.way.kind))
    part = "loss" if error(second.loss, 2 * first.loss, 1.0) < LOSS_WRONG else "gradient"
    if part == "gradient" and not (one_method and error(second.gradient, 2 * first.gradient) < WRONG):
        return []
    numbers = f"the loss {second.loss:.6g}, and the first one {first.loss:.6g}" if part == "loss" else "twice the gradient of the first one"
    return [finding("unequal-calls", f"a second pass of the same object returns {numbers}: it adds up. Set it to 0 at the beginning of each pass")]


def remarks_on(student, runs):
    """Return what is worth knowing about a right function."""
    of_gradient, of_loss = max(run.gradient_error for run in runs), max(run.loss_error for run in runs)
    summed, in_float32, of_each = student.scale == "sum", student.precision == "float32", student.reduce and not student.way.without_loss
    rough = bool(of_gradient > ROUNDING[student.precision])
    off = ", ".join([f"the gradient by {of_gradient:.0e} of its largest entry"] * rough + [f"the loss by {of_loss:.0e}"] * bool(of_loss > 1e-9))
    adds_up = not student.loss_only and error(second_pass(student, runs[0]).gradient, runs[0].seen.gradient) > WRONG
    of_sum = summed and not student.form.single and not student.asked.summed and not student.reduce
    remarks = [
        (in_float32, f"As precise as float32: right to {of_gradient:.0e} of the largest entry. The logits were float64: are they converted, or the result"
                     " rounded?"),
        (off and not in_float32, f"Off by more than rounding: {off}. Is there a small constant in the logarithm, or in the sum of the"
                                 f" softmax{', or are these finite differences' * rough}?"),
        (of_sum and not student.gradient_only, "It is right for the sum over the batch. For the mean, divide both by N; the step then does not grow with N."),
        (of_sum and student.gradient_only, "It is right for the sum of the losses. For their mean, divide by N."),
        (not student.loss_only and of_integers(student), "With integers for the one-hot labels it is wrong: np.zeros_like(y) has the dtype of y, and"
                                                         " integers lose all decimals. Give it dtype=float."),
        (student.right_for_one, "It is right for one example. For more, sum the gradient of the bias over the examples."),
        (student.is_row, "Your gradient is a row, as a Jacobian is, and your logits are a column. Transpose one of them before you subtract: a row and a"
                         " column give a matrix."),
        (student.is_flat, "Your gradient has one axis: reshape it to the shape of the logits before you subtract it from them."),
        (student.is_transposed, "Your gradient is transposed, as the program says: it is compared with the transposed s - y."),
        (student.varied_options, f"With {' and with '.join(student.varied_options)}, the gradient is the derivative of the loss as well."),
        (adds_up, "A second pass of the same object returns another gradient: is it added to the first? Set it to 0 before each pass."),
        (student.way.given_probabilities, "It takes probabilities: call it with the softmax of the logits, not with the logits."),
        (student.classes, f"It was checked with {student.classes} classes only, because it takes no other number."),
        ("weights" in student.form.roles.values() and not student.whole, "Its weights were all 1. Other weights were not tried, because that takes a loss and"
                                                                         " its gradient."),
        (student.way.guesses_upstream, "Large logits were not tried, because -y/s is infinite there."),
        (of_each and summed, "It returns one loss for each example. If you take their mean, divide the gradient by N as well."),
        (of_each and not summed, "It returns one loss for each example. The loss of the batch is their mean."),
        (counts_minus_1_as_the_last(student, runs[0].b), 'A label of -1 counts as the last class. If it means "ignore" in your data, mask that row.'),
    ]
    return [text for applies, text in remarks if applies]


def counts_minus_1_as_the_last(student, b):
    """Return whether a program that ignores a label takes -1 for the last class, as p[n * k - 1] does in a C program."""
    if "ignore" not in student.form.roles.values() or student.form.axes["labels"] not in ("N", "N1", "1N") or student.loss_only or student.slow:
        return False
    minus, last = (np.append(b.y[:-1], label) for label in (-1, b.k - 1))
    with suppress(Raised, Stop):
        return error(student(b.z, minus).gradient, predicted({}, student.scale, Batch(b.z, last)).gradient) <= ROUGHLY
    return False


# 11. The ways to call a function: alone, beside its gradient, behind a softmax


class Way:
    """A way to use what a file defines: it is called like a function of these parameters."""

    INHERITED = ("functions", "steps", "flat", "ones", "row", "reference", "minus", "from_one", "minimized",  # by other ways
                 "given_probabilities", "behind", "own")
    original = None  # the function that it calls otherwise
    given_probabilities = False  # whether it is to be called with the softmax of the logits
    functions = ()  # those for the loss and for the gradient, of a pair
    forward = None  # the function whose cache the backward pass takes
    after = None  # the backward function of a softmax that comes after
    kind = None  # the class whose methods it calls
    steps = ()  # the methods of a class that it calls
    own = {}  # what those call the logits, or X, and the labels, in their order
    chained = False  # whether it combines two layers
    kept = None  # the name under which the object of a class keeps the weights
    keeps_bias = False  # whether that object keeps a bias beside its weights
    network = None  # a model with hidden layers, and its method for loss and gradients
    linear = True  # whether the hidden layers pass all inputs on as they are
    guesses_upstream = False  # whether it is a guess what its backward function is given: then it is no sign of a mistake that it is not right
    is_given_upstream = False  # whether a layer gets the gradient of the loss, which it may not be the last one for
    recurrent = None  # what knows its weights, if the function is one of a recurrent network
    guesses_pair = False  # whether a loss and a gradient of other parameters were put together
    flat = None  # where the biases are, if the function takes weights and biases in one flat array
    ones = None  # which row of the weights is the bias, if the function appends ones to the inputs
    row = {}  # the biases b that this row holds
    reference = None  # which class has no weights, if the function takes those of the other classes
    minus = False  # whether the logits are -X W
    from_one = False  # whether it takes labels from 1 to k
    without_loss = False  # whether the loss was computed from its probabilities
    has_stepped = False  # whether an object's backward pass has changed its weights
    repeats = False  # whether an object could be used for a second pass
    twice = False  # whether to return what a second pass of the same object gives
    behind = None  # the softmax whose probabilities it takes
    options = ()  # parameters of the constructor
    rate = None  # the name of the rate, if it takes steps of training
    knows_scale = True  # whether a factor of its gradient is no rate
    returns_more = False  # whether it returns a number beside what is looked at
    minimized = False  # whether it returns a log-likelihood, and its gradient

    def __init__(self, call, name, signature, **about):
        self.call, self.__name__, self.__signature__ = call, name, signature
        vars(self).update(about)

    def __call__(self, *arguments, **named):
        return self.call(*arguments, **named)

def signature_of(*given):
    """Return the signature of parameters, of which some are names."""
    made = [inspect.Parameter(one, inspect.Parameter.POSITIONAL_OR_KEYWORD) if isinstance(one, str) else one for one in given]
    return inspect.Signature(sorted(made, key=lambda one: one.kind))


def most_like(names, role):
    """Return which parameter is most like that of a role."""
    return max(range(len(names)), key=lambda n: likeness(names[n], role))


def not_labels(names):
    """Return which parameter is least like the labels."""
    return min(range(len(names)), key=lambda n: likeness(names[n], "labels"))


def code_of(function):
    """Return what a way has of the function that it calls, so that its code is found."""
    return {name: getattr(function, name) for name in ("__code__", "__globals__", "__module__") if hasattr(function, name)}


def names_in(code):
    """Return the names in a function's code, and in that of the functions inside it, and the strings of one word."""
    constants = getattr(code, "co_consts", ())
    return {*getattr(code, "co_names", ()), *(const for const in constants if isinstance(const, str) and len(const.split()) == 1),
            *(name for const in constants if hasattr(const, "co_code") for name in names_in(const))}


def constants_of(function):
    return getattr(getattr(function, "__code__", None), "co_consts", ())


def ways_of(function):
    """Return the ways to use a function or a class."""
    if isinstance(function, type):
        return list(Model(function).ways())
    recurrent = Recurrent(function)
    return [*([recurrent.way()] if recurrent.is_one() else []), function, *packed(function), *curried(function), *layered(function)]


def layered(function, forward=None):
    """Yield a function of several layers' weights as one of the last weights, the inputs and the labels."""
    for kind, first in itertools.product(with_layers(function, forward), HIDDEN):
        yield Model(kind).method("__call__", weights=True, first=first)


def called_in_turn(forward, cost, backward, has_loss=False):
    """Yield a forward pass, a cost (or None) of what it returns, and a backward pass as one function: of logits and labels, or of weights besides."""
    run = FunctionsInTurn(forward, cost, backward, has_loss)
    if run.belong_together():
        name = " and ".join(function.__name__ for function in run.takes)
        way = Way(run, name, signature_of(*run.names), functions=[*run.takes], without_loss=not cost and not has_loss,
                  guesses_pair="softmax" in forward.__name__.lower(), **code_of(forward))
        yield from [way] * (len(run.takes[forward]) == 1)
        yield from packed(way)
        yield from layered(way, forward)


class FunctionsInTurn:
    """A forward pass, a cost (or None) and a backward pass, which may return the loss as well, as one function of the inputs and the labels."""

    def __init__(self, forward, cost, backward, has_loss):
        self.forward, self.cost, self.backward, self.has_loss = forward, cost, backward, has_loss
        self.takes = {function: parameters(function)[0] for function in (forward, cost, backward) if function}
        self.labels = {function: max(self.takes[function], key=lambda name: likeness(name, "labels")) for function in (cost, backward) if function}
        self.variables = {*getattr(getattr(forward, "__code__", None), "co_varnames", ())}
        regs = {name for function in self.labels for name in self.takes[function] if likeness(name, "reg") == 2} - {*self.takes[forward], *self.variables}
        self.names = [*self.takes[forward], self.labels[backward], *sorted(regs)]
        self.place = None  # of the probabilities in what the forward pass returns, as the first call shows

    def belong_together(self):
        """Return whether the forward pass takes no labels, as y in softmax(y) is none, and the backward pass no other weights and inputs."""
        foreign = [name for name in self.takes[self.backward] if name not in self.variables and max(likeness(name, role) for role in "WX") == 2]
        return not foreign and self.labels[self.backward] not in self.takes[self.forward]

    def __call__(self, *arguments, **named):
        known = {**dict(zip(self.names, arguments)), **named}
        labels = known[self.labels[self.backward]]
        returned, variables = with_its_variables(self.forward, *[known[name] for name in self.takes[self.forward]])
        outputs = list(returned) if isinstance(returned, tuple) else [*returned.values(), returned] if isinstance(returned, dict) else [returned]
        if self.place is None:
            self.place = next((n for n in reversed(range(len(outputs))) if are_probabilities(outputs[n])), -1)
        results = {}
        for function, name in self.labels.items():
            returned, own = with_its_variables(function, *self.arguments(function, {**known, name: labels}, outputs, variables))
            results["loss" if function is self.cost else "grads"] = with_names(returned, own)
        numbers = [part for part in returned if isinstance(part, (float, np.ndarray)) and np.size(part) == 1] if isinstance(returned, tuple) else []
        if self.has_loss and not numbers:
            raise Stop("cannot check", "its backward pass returns no loss, though it computes one")
        if self.has_loss:
            return {"loss": numbers[0], "grads": [part for part in returned if part is not numbers[0]]}
        return results if self.cost else {"loss": losses_of_probabilities(outputs[self.place], labels), **results}

    def arguments(self, function, known, outputs, variables):
        """Yield what a cost or a backward pass is given: what is known, or what the forward pass has under this name, or else returned, in this order."""
        P = outputs[self.place]
        cache = next(iter([each for each in outputs if isinstance(each, dict)] + [each for each in outputs if each is not P]), P)
        rest = [name for name in self.takes[function] if name not in known and not re.search(CACHE, name) and likeness(name, "examples") < 2]
        for name in self.takes[function]:
            if name in known:
                yield known[name]
            elif re.search(CACHE, name):
                yield cache
            elif likeness(name, "examples") == 2:
                yield len(losses_of_probabilities(P, known[self.labels[function]]))
            elif len(outputs) > 1 and name in variables:
                yield variables[name]
            else:
                yield outputs[rest.index(name)] if len(rest) == len(outputs) > 1 else P


def with_its_variables(function, *arguments):
    """Return what a function returns, and its variables by their names when it does."""
    variables, code, before = {}, getattr(function, "__code__", None), sys.getprofile()
    # On the line that sets it, because no line of a profiler is traced for coverage.
    sys.setprofile(lambda frame, event, _: event == "return" and frame.f_code is code and variables.update(frame.f_locals))
    try:
        return function(*arguments), variables
    finally:
        sys.setprofile(before)


def with_names(returned, variables):
    """Return a tuple as a dictionary, if each of its parts is a variable of its own."""
    names = {id(value): name for name, value in variables.items()}
    found = {names[id(part)]: part for part in returned if id(part) in names} if isinstance(returned, tuple) else {}
    return found if found and len(found) == len(returned) else returned


def probabilities_in(returned):
    """Return what a softmax gives: the probabilities, of which it may return more than these."""
    return next(filter(are_probabilities, returned), returned[0]) if isinstance(returned, tuple) else returned


def with_probabilities(loss, P, labels):
    """Return the one number that a function of the probabilities and the labels returns, in a list; or nothing if it fails."""
    with suppress(Exception):
        returned = loss(*[P if n == not_labels(parameters(loss)[0]) else labels for n in range(2)])
        return [returned] if np.size(returned) == 1 else []
    return []


def losses_of_probabilities(P, labels):
    """Return the losses of examples in rows or columns, by their probabilities; nan if these are not finite."""
    if not np.isfinite(P).all():
        return np.nan
    rows, columns = (np.abs(P.sum(axis=axis) - 1).max() for axis in (-1, 0))  # sums of very small numbers are not quite 1
    P = P if rows <= columns else P.T
    return -np.log((P * one_hot_like(P, labels)).sum(axis=-1))


def one_hot_like(P, labels):
    """Return one-hot labels of the shape of some probabilities, from class numbers or one-hot labels."""
    labels, k = np.asarray(labels), P.shape[-1]
    if labels.size * k == P.size:
        return np.eye(k)[labels.ravel()].reshape(P.shape)
    return labels if labels.shape == P.shape else labels.T


def are_probabilities(value):
    """Return whether it is an array of numbers from 0 on that sum to 1 along an axis."""
    return isinstance(value, np.ndarray) and value.size > 1 and value.min() >= 0 and any(np.allclose(value.sum(axis=n), 1) for n in range(value.ndim))


HOLDERS = ("params", "parameters", "weights", "theta", "model", "nn_params")  # parameters that hold the weights and biases
OBJECTS = ("model", "net", "network")  # and those that may be objects
OF_SEVERAL_LAYERS = (*HOLDERS, *OBJECTS, "nn", "mlp", "layers", "p")


def keys_of(function):
    """Return the keys of a dictionary that is a function's only parameter, if they are called like logits or inputs, labels and the like."""
    keys = [const for const in constants_of(function) if isinstance(const, str) and const.isidentifier()]
    known = any_like(keys, "labels", 2) and all(max(likeness(key, role) for role in NAMES) == 2 for key in keys)
    return keys if len(parameters(function)[0]) == 1 and len(keys) in ROLES and known else []


def builders_of(function):
    """Return what may build the model that a function takes of W and b: a class of its file that takes them, or else those whose objects keep them."""
    own = [kind for kind in getattr(function, "__globals__", {}).values() if isinstance(kind, type) and kind.__module__ == function.__module__]
    for kind in own:
        if [max(("W", "b", "X"), key=lambda role: likeness(name, role)) for name in parameters(kind)[0]] == ["W", "b"]:
            return [kind]
    return [model.with_weights_and_bias for model in map(Model, own) if model.weights and model.bias and not model.hidden]


def packed(function):
    """Yield a function whose W and b, or X and y, come in a dictionary, a tuple or an object, as one of all these and its other parameters."""
    names, strings = parameters(function)[0], [text for code in codes_of(function) for text in strings_in(code.co_consts)]
    if roles := keys_of(function):
        yield Way(lambda *arguments: function(dict(zip(roles, arguments))), function.__name__, signature_of(*roles))
    keys = {name: next((key for key in strings if likeness(key, role) == 2), None) for name, role in zip("WbXy", ("W", "b", "X", "labels"))}
    for build in [None, *builders_of(function)] if {*names} & {*OBJECTS} else [None]:
        held, holders = "Wb" if build or keys["b"] or not keys["W"] else "W", OBJECTS if build else HOLDERS
        inside = {name: held if name in holders else "Xy" for name in names if name in (*holders, "batch", "minibatch")}
        given_names = [one for name in names for one in inside.get(name, [name])]
        if not inside or len({*given_names}) < len(given_names):
            continue

        def call(*arguments, build=build, inside=inside):
            rest, given = list(arguments), []
            for name in names:
                values = [rest.pop(0) for _ in inside.get(name, [name])]
                own = [keys[each] for each in inside.get(name, ())]
                as_object = build and name in OBJECTS
                given.append(build(*values) if as_object else values[0] if not own else dict(zip(own, values)) if all(own) else tuple(values))
            return function(*given)

        yield Way(call, function.__name__, signature_of(*given_names))


def curried(function):
    """Yield a function that returns functions as one that takes the parameters of both."""
    names = parameters(function)[0]
    inner = [const.co_varnames[: const.co_argcount] for const in constants_of(function) if hasattr(const, "co_code")]
    later = max(inner, key=len, default=())
    if later and len(names) + len(later) in ROLES and "." not in "".join(later):

        def call(*arguments, **named):
            made = function(*arguments[: len(names)], **named)
            made = list(made.values()) if isinstance(made, dict) else made if isinstance(made, (tuple, list)) else [made]
            results = tuple(each(*arguments[len(names) :]) for each in made if callable(each))
            return results if len(results) > 1 else results[0]

        optional = [given.replace(kind=inspect.Parameter.KEYWORD_ONLY) for given in inspect.signature(function).parameters.values()
                    if given.name not in names and given.default is not inspect.Parameter.empty]
        yield Way(call, function.__name__, signature_of(*names, *later, *optional), **code_of(function))


OF_LAYER = r"(?i)(w|weights?|theta|b|bias|biases)_?(\d|in(put)?|h(id(den)?)?|o(ut(put)?)?)"


def numbered(names):
    """Return the weights and biases of several layers among names, such as W1, b1, W2, b2, or W, b, W2, b2, or w_in, b_in, w_out, b_out."""
    found = [name for name in names if re.fullmatch(OF_LAYER, name)]
    found = [name for name in ("W", "b") if name in names and "W2" in found and "W1" not in found] + found
    return found if sum(not name.lower().startswith("b") for name in found) > 1 else []


def takes_probabilities(names):
    """Return whether two parameters are called like probabilities and labels."""
    return len(names) == 2 and any_like(names, "labels") and bool(re.search(PROBABILITIES, names[not_labels(names)].lower()))


def strings_in(constants):
    """Return the strings among constants, and among the tuples of these."""
    return [text for one in constants for text in (strings_in(one) if isinstance(one, tuple) else [one]) if isinstance(text, str)]


def codes_of(function, seen=()):
    """Return the code of a function, and of those of its file that it calls."""
    code = getattr(function, "__code__", None)
    if not code or code in seen:
        return []
    called = [value for name in code.co_names if inspect.isfunction(value := function.__globals__.get(name)) and value.__module__ == function.__module__]
    return [code, *(each for other in called for each in codes_of(other, (*seen, code)))]


def layers_of(function):
    """Return the parameter that holds the weights of several layers, if there is one, how they are put into it, and their names."""
    names, codes = parameters(function)[0], codes_of(function)
    holder = next((name for name in names if name in OF_SEVERAL_LAYERS and not numbered(names)), None)
    if not holder or not codes:
        return None, None, numbered(names)
    if found := numbered(list(codes[0].co_names)):  # as attributes
        return holder, lambda own: SimpleNamespace(**dict(own)), found
    source, two = "\n".join(map(source_of, codes)), ["W1", "b1", "W2", "b2"]
    keys = list(dict.fromkeys(key for code in codes for key in strings_in(code.co_consts)))
    each = [next((key for key in keys if likeness(key, role) == 2), None) for role in "Wb"]
    if all(each) and re.search(rf"\b{holder}\[-?\d|for \w+ in (reversed\()?{holder}\b", source):
        return holder, lambda own: [dict(zip(each, pair)) for pair in in_pairs(own)], two
    if found := numbered(keys) or two * ({"W", "b"} <= {*keys} and "range" in codes[0].co_names):
        return holder, dict, found
    if len(sizes_among(names)) == 3:
        return holder, None, two
    if re.search(rf"\(\w+, ?\w+\) in enumerate\({holder}\b|for \w+, ?\w+ in {holder}\b|\w+, ?\w+ = {holder}\[|\), ?\(\w+, ?\w+\) = {holder}\b", source):
        return holder, in_pairs, two
    own = codes[0].co_varnames
    return holder, lambda pairs: [value for _, value in pairs], numbered(own) or in_turn(own[codes[0].co_argcount :])


def in_pairs(own):
    """Return the weights and the bias of each layer, of named ones."""
    return [(W, b) for (_, W), (_, b) in zip(own[::2], own[1::2])]


def in_turn(variables):
    """Return the weights and biases of several layers that a function unpacks first, such as W, b, U, b_tag."""
    pairs = itertools.takewhile(lambda pair: [name[0] in "bB" for name in pair] == [False, True], zip(variables[::2], variables[1::2]))
    found = [name for pair in pairs for name in pair]
    return found if len(found) > 2 else []


def sizes_among(names):
    """Return the parameters for the numbers of inputs, of hidden units and of classes, as a well-known course has them beside weights in a flat array."""
    return [name for name in names if re.fullmatch(r"(input|hidden|output)\w*|(num|n)_(inputs?|hidden|outputs?|labels|classes)", name.lower())]


SIZES = "dimensions dims dim layer_dims layers_dims layer_dimensions layer_sizes sizes architecture".split()


def with_layers(function, forward=None):
    """Yield classes whose objects keep the weights and biases of several layers that a function takes, in rows, in columns, or turned for rows."""
    holder, put, names = layers_of(forward or function)  # forward is what the function calls first
    of_sizes = holder and next((name for name in parameters(function)[0] if name.lower() in SIZES), None)  # then it holds them in one flat array
    keys = [key for code in codes_of(forward or function) for key in strings_in(code.co_consts)] if put is dict else []
    strengths = [key for key in dict.fromkeys(keys) if likeness(key, "reg") == 2]  # of a regularization, beside the weights
    of_counts = sizes_among(parameters(function)[0]) if holder and not put else []
    of = {name: match[2] if (match := re.fullmatch(OF_LAYER, name)) else str(n // 2) for n, name in enumerate(names)}
    layers = sorted({*of.values()}) if "".join(of.values()).isdigit() else list(dict.fromkeys(of.values()))
    kept = sorted(names, key=lambda name: layers.index(of[name]))
    sizes = [3, *[7] * (len(layers) - 1)]
    rest = [given for given in inspect.signature(function).parameters.values() if given.name not in (*kept, holder, of_sizes, *of_counts)] if kept else []
    if not any(likeness(given.name, "labels") for given in rest):
        return

    def call(self, *arguments, **named):
        own = [(name, vars(self)[name]) for name in [*names, *strengths]]
        named = {**dict(zip([given.name for given in rest], arguments)), **named}
        if of_sizes:
            return with_flat_weights(own, lambda flat, sizes: function(**{holder: flat, of_sizes: sizes}, **named))
        if of_counts:
            return with_biases_in_rows(own, lambda flat, sizes: function(**{holder: flat, **dict(zip(of_counts, sizes))}, **named))
        return function(**{holder: put(own)} if holder else vars(self), **named)

    call.__signature__ = inspect.Signature([inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD), *rest])
    in_rows, in_columns, turned = (False, False), (True, True), (True, False)  # W (n_out, n_in) or not, and b (n_out, 1) or not
    transposes = any("T" in code.co_names for code in codes_of(forward or function)[:1])
    for out_in, column in ([] if of_counts else [in_rows]) + [in_columns] + [turned] * transposes:

        def build(self, classes=4, out_in=out_in, column=column):
            for name in kept:
                n_in, n_out = [*sizes, classes][layers.index(of[name]) :][:2]
                of_bias = (n_out, 1) if column else (n_out,)
                setattr(self, name, np.zeros(of_bias if name[0] in "bB" else (n_out, n_in) if out_in else (n_in, n_out)))
            vars(self).update(dict.fromkeys(strengths, 0.0))

        yield type(function.__name__, (), {"__init__": build, "__call__": call,
                                           **{name: getattr(function, name, about) for name, about in [("without_loss", False), ("functions", ())]}})


def with_flat_weights(own, function):
    """Call a function of one flat array with all weights and biases, and of the sizes of the layers; return the loss, and the gradients by their names."""
    transposed = any(value.ndim == 2 and value.shape[1] == 1 for _, value in own)  # biases in columns
    shapes = [value.shape[:: -1 if transposed else 1] for name, value in own if name[0] not in "bB"]
    flat = np.concatenate([value.ravel() for _, value in own])
    loss, gradient = function(flat, [shapes[0][0], *(n_out for _, n_out in shapes)])
    parts = np.split(np.ravel(gradient), np.cumsum([value.size for _, value in own])[:-1])
    return loss, {f"d{name}": part.reshape(value.shape) for (name, value), part in zip(own, parts)}


def with_biases_in_rows(own, function):
    """Call a function of one flat array, where a row of weights begins with its bias, and of the sizes of the layers; return as for flat weights."""
    layers = [np.hstack([b, W]) for (_, W), (_, b) in zip(own[::2], own[1::2])]
    loss, gradient = function(np.concatenate([layer.ravel() for layer in layers]), [layers[0].shape[1] - 1, *map(len, layers)])
    parts = np.split(np.ravel(gradient), np.cumsum([layer.size for layer in layers])[:-1])
    parts = [part.reshape(layer.shape) for part, layer in zip(parts, layers)]
    return loss, {f"d{name}": parts[n // 2][:, :1] if n % 2 else parts[n // 2][:, 1:] for n, (name, _) in enumerate(own)}


def cached(forward, backward):
    """Return a forward function that returns the loss and a cache, and the backward function that takes it, and perhaps the labels, as one."""
    names = parameters(forward)[0]

    def call(*arguments, **named):
        parts = forward(*arguments, **named)
        losses = [part for part in parts if not isinstance(part, (dict, tuple)) and (np.size(part) == 1 or np.ndim(part) == 1)]
        loss = min(losses, key=np.size)
        caches = [part for part in parts if part is not loss]
        cache = next((part for part in caches if isinstance(part, (dict, tuple))), caches[-1])
        given = {"cache": cache, "labels": arguments[not_labels(names) - 1], "upstream": np.ones(len(loss)) if np.ndim(loss) else 1.0}
        return {"loss": loss, "gradient": backward(*[given[role] for role in roles])}

    takes = parameters(backward)[0]
    of_probabilities = [takes[not_labels(takes)]] if takes_probabilities(takes) else []
    roles = ["cache" if re.search(CACHE, name) or name in of_probabilities else "labels" if likeness(name, "labels") == 2 else "upstream" for name in takes]
    return Way(call, f"{forward.__name__} and {backward.__name__}", inspect.signature(forward), forward=forward)


def with_pairs(function):
    """Return a function of the weights and a batch as one of the inputs and the labels in its place: a list of pairs, each an example, or one pair."""
    names = parameters(function)[0]
    for name in names:
        pair = re.search(rf"(?P<each>for )?\(?\b(\w+), ?(\w+)\)? (?(each)in|=) {name}\b(?! *[\[(.,])", source_of(getattr(function, "__code__", None)))
        if pair and likeness(pair[2], "X") and likeness(pair[3], "labels"):
            given = [one for each in names for one in (pair.groups()[1:] if each == name else [each])]

            def call(*arguments, name=name, given=given, pair=pair, **named):
                values = {**dict(zip(given, arguments)), **named}
                batch = values[pair[2]], values[pair[3]]
                return function(*[batch if each == name and not pair["each"] else list(zip(*batch)) if each == name else values[each] for each in names])

            return Way(call, function.__name__, signature_of(*given), functions=[function], **code_of(function))
    return function


SMALL_RATE = 1e-7  # at which steps by one example each add up to one by all of them, and 9 digits are left


def one_step(function):
    """Yield a function that trains the weights which it is given as their gradient: what one pass over all examples takes away from them, over the rate."""
    given = inspect.signature(function).parameters
    rate = next((name for name in given if re.fullmatch(RATES, name.lower())), None)
    steps = [name for name in given if re.search(TRAINS, name.lower()) and name != rate]
    batch = [name for name in given if re.fullmatch(r"(mini_?)?(batch(_?size)?|bs)", name.lower())]
    steps += [name for name in given if "batch" in name.lower() and name not in batch]
    names = [name for name in parameters(function)[0] if name not in (rate, *steps, *batch)]
    roles = {role: name for role in ("W", "X", "labels") for name in names if likeness(name, role) == 2}
    if not rate or not len(names) == len(roles) == 3:
        return

    def call(*arguments):
        values = {name: np.copy(value) for name, value in zip(names, arguments)}
        before = values[roles["W"]].copy()
        returned = function(**values, **{rate: SMALL_RATE}, **dict.fromkeys(steps, 1), **dict.fromkeys(batch, len(values[roles["X"]])))
        parts = [*arrays_in(opened(returned), ()).values()]
        way.returns_more |= any(part.size == 1 and part.dtype.kind == "f" for part in parts)
        return (before - next((part for part in parts if part.shape == before.shape), values[roles["W"]])) / SMALL_RATE

    way = Way(call, function.__name__, signature_of(*names), functions=[function], rate=rate)
    yield way


RECURRENT = ("wxh", "whh", "why", "bh", "by")  # how a well-known program for texts calls its weights and biases, and many after it


class Recurrent:
    """A function of a recurrent network, such as lossFun(inputs, targets, hprev): inputs and targets are lists of numbers of classes, one for each step."""

    def __init__(self, function):
        self.function, self.names, code = function, parameters(function)[0], getattr(function, "__code__", None)
        self.weights = {plain: name for name in [*self.names, *getattr(code, "co_names", ())] if (plain := name.replace("_", "").lower()) in RECURRENT}

    def is_one(self):
        return len(self.weights) == len(RECURRENT) and any_like(self.names, "labels", 2)

    def way(self):
        """Return it as a function of the logits and the labels of the steps: a hidden state that is 1 at one place makes its row of logits."""

        def call(logits, labels):
            N, k = logits.shape
            H = N + 1 + (N + 1 == k)
            values = {"wxh": np.zeros((H, k)), "whh": 100 * np.eye(H, k=-1), "why": np.zeros((k, H)), "bh": np.zeros((H, 1)), "by": np.zeros((k, 1))}
            values["why"][:, 1 : N + 1] = logits.T
            results = self.results(values, [0] * N, labels, np.eye(H)[:, :1])
            return {"loss": results["loss"], "gradient": results["why"][:, 1 : N + 1].T}

        return Way(call, self.function.__name__, signature_of("logits", max(self.names, key=lambda name: likeness(name, "labels"))),
                   functions=[self.function], recurrent=self)

    def results(self, values, inputs, targets, state):
        """Return the loss, and the gradients by the names of the weights, whose shapes they have."""
        (k, H), given = values["why"].shape, {self.weights[plain]: values[plain] for plain in RECURRENT}
        given |= {name: size for name, size in [("vocab_size", k), ("hidden_size", H)] if name in self.function.__globals__}
        with with_globals(self.function.__globals__, **{name: given[name] for name in given.keys() - {*self.names}}):
            returned = self.function(*[given[name] if name in given else [*map(int, targets)] if likeness(name, "labels") == 2 else
                                       state if re.match("h|state|prev", name.lower()) else inputs for name in self.names])
        parts = [*arrays_in(opened(returned), ()).values()]
        found = {plain: next((part for part in parts if part.shape == values[plain].shape), None) for plain in RECURRENT}
        return {"loss": next(part for part in parts if part.size == 1), **found}


def of_recurrent(student):
    """Return findings for the gradients of all weights and biases of a recurrent network."""
    draw, k, H = random.Random(7), 4, 5
    shapes = {"wxh": (H, k), "whh": (H, H), "why": (k, H), "bh": (H, 1), "by": (k, 1)}
    values, wrong, network = {plain: drawn(draw, *shape, scale=0.5) for plain, shape in shapes.items()}, [], student.way.recurrent
    for plain in RECURRENT:

        def call(at, reg=0.0):
            results = network.results({**values, plain: at}, [0, 2, 1, 3, 1, 0], OF_NETWORK, np.full((H, 1), 0.1))
            return results["loss"], results[plain]

        wrong += of_gradient_of(call, network.weights[plain], values[plain], drawn(draw, *shapes[plain]), student)
    return wrong


def with_ones(function):
    """Yield a function that appends ones to its inputs as one of weights without the biases: the first or last row (axis 0) or column (axis 1) of its own."""
    for axis, last in itertools.product((0, 1), (False, True)):
        row = {"b": 0.0}

        def change(W, axis=axis, last=last, row=row):
            return np.insert(W, last * W.shape[axis], row["b"], axis)

        def back(path, array, W, axis=axis, last=last):
            return {"db": array.take(-last, axis), "gradient": np.delete(array, -last, axis)}

        yield with_other_weights(function, change, back, ones="last" if last else "first", row=row)


def with_a_reference_class(function):
    """Yield a function of weights for all classes but one, whose weights are 0, as one of all weights: less those of that class they give the same logits."""
    for axis, last, order in itertools.product((1, 0), (True, False), ("C", "F", None)):  # flat in one of two orders, or not

        def change(W, axis=axis, last=last, order=order):
            at = W.shape[axis] - 1 if last else 0
            less = np.delete(W - W.take([at], axis), at, axis)
            return less.ravel(order) if order else less

        def back(path, array, W, axis=axis, last=last, order=order):
            shape = [n - (each == axis) for each, n in enumerate(W.shape)]
            dW = array.reshape(shape, order=order) if order else array
            return {path: np.insert(dW, shape[axis] if last else 0, -dW.sum(axis), axis)}

        yield with_other_weights(function, change, back, reference="last" if last else "first")


def flattened(function):
    """Yield a function of weights and biases in one flat array as one of the weights, without biases."""
    for axis, inside, last in [(1, False, True), (1, False, False), (0, False, True), (0, False, False), (0, True, True), (0, True, False)]:
        # The axis of the classes, whether each bias comes beside the weights of its class, and whether it comes last.

        def change(W, axis=axis, inside=inside, last=last):
            rows = W.reshape(len(W) if inside else 1, -1)
            biases = np.zeros((len(rows), W.shape[axis] // len(rows)))
            return np.hstack([rows, biases] if last else [biases, rows]).ravel()

        def back(path, array, W, axis=axis, inside=inside, last=last):
            rows = array.reshape(len(W) if inside else 1, -1)
            n = W.shape[axis] // len(rows)
            db, dW = (rows[:, -n:], rows[:, :-n]) if last else (rows[:, :n], rows[:, n:])
            return {"db": db.ravel(), "gradient": dW.reshape(W.shape)}

        where = "before" if last else "after"
        yield with_other_weights(function, change, back, flat=f"each row {where} its bias" if inside else f"{where} the biases")


def with_minus(function):
    """Return a function whose logits are -X W as one of the weights -W, whose logits are X times them."""
    return with_other_weights(function, np.negative, lambda path, array, W: {path: -array}, minus=True)


def from_one(function):
    """Return a function that takes labels from 1 to k as one of labels from 0."""
    at = most_like(parameters(function)[0], "labels")

    def call(*arguments, **named):
        return function(*arguments[:at], arguments[at] + 1, *arguments[at + 1 :], **named)

    return like_it(function, call, from_one=True)


def with_lists(function):
    """Return a function that takes lists as one of arrays."""
    return like_it(function, lambda *arguments, **named: function(*[each.tolist() if isinstance(each, np.ndarray) else each for each in arguments], **named))


def minimized(function):
    """Return a function of a log-likelihood, which is to be large, as one of the loss."""

    def call(*arguments, **named):
        results = opened(function(*arguments, **named))
        return {"/".join(map(str, path)): -as_array(part) for path, part in parts_of(results, ()).items()}

    return like_it(function, call, minimized=True)


def of_given_probabilities(function):
    """Return a function of logits and labels as one that is given the probabilities."""
    return like_it(function, function, given_probabilities=True)


def like_it(function, call, **about):
    """Return the way to use a function by `call`, which takes what it takes; what is known of it stays known."""
    known = vars(function) if isinstance(function, Way) else {}
    known = {name: known[name] for name in Way.INHERITED if name in known}
    return Way(call, function.__name__, inspect.signature(function), original=function, **{**known, **about})


def with_other_weights(function, change, back, **about):
    """Return a function of weights that `change` makes those of another; `back` makes of an array of their shape the parts for its own W."""
    at = most_like(parameters(function)[0], "W")

    def call(*arguments, **named):
        W, parts = change(arguments[at]), {}
        for path, part in parts_of(opened(function(*arguments[:at], W, *arguments[at + 1 :], **named)), W.shape).items():
            array, path = as_array(part), "/".join(map(str, path))
            if array.shape == arguments[at].shape != W.shape:
                raise Stop("wrong", f"your gradient has shape {array.shape}; it must have that of the weights, {W.shape}")
            parts |= back(path, array, arguments[at]) if array.shape == W.shape else {path: part}
        return parts

    return like_it(function, call, **about)


OTHERWISE = [  # how else a function may be meant: when that is tried, and what makes it one that is read
    (may_be_of_minus_the_logits, with_minus), (says_from_one, from_one), (says_likelihood, minimized), (wants_lists, with_lists),
]


def of_tensor(kind, loss):
    """Return a loss of an object of some kind as a function of its array, which takes the gradient from the object."""
    at, names = not_labels(parameters(loss)[0]), ["labels", "labels"]
    names[at] = "logits"

    def call(*arguments):
        made = kind(arguments[at])
        result = loss(*[made if n == at else value for n, value in enumerate(arguments)])
        result.backward()
        return {"loss": result.data, "gradient": made.grad}

    return Way(call, f"{loss.__name__} and {kind.__name__}.backward", signature_of(*names))


def takes_logits_by_name(function, softmax=None):
    """Return whether a function's parameter beside the labels is called like logits, or given to `softmax`, and not called like probabilities."""
    names = parameters(function)[0]
    first = names[not_labels(names)].lower()
    return (first in NAMES["logits"] or softmax and calls(function, softmax.__name__)) and not re.search(PROBABILITIES, first)


def loss_with_gradient(loss, gradient, before=None, after=None, takes_logits=False, **about):
    """Return a function for the loss and one for the gradient as one, called with the same arguments.

    `before` is a softmax, if they take probabilities. `after` is its backward function, if the gradient is one with
    respect to the probabilities; it takes them, or the logits.
    """
    functions = {name: function for name, function in [("loss", loss), ("gradient", gradient)] if function}
    given = {name: len(parameters(function)[0]) for name, function in functions.items()}  # a gradient may take a regularization besides
    longest = max(functions, key=lambda name: given[name])
    at = not_labels(parameters(loss or gradient)[0])
    names = parameters(gradient)[0] if gradient else []
    others = parameters(loss)[0] if loss else names
    same = sorted(names) == sorted(others)
    order = [others.index(name) for name in names] if same else range(len(names))
    if len(names) == len(others) == 2 and not same and not_labels(names) != at and max(likeness(name, "labels") for name in names) == 2:
        order = [1, 0]  # one of them takes the labels first
    # One of them may take the logits, beside one that takes the probabilities.
    direct = {name for name in functions if before and not after and takes_logits_by_name(functions[name], len(functions) > 1 and before)}

    def call(*arguments, **named):
        returned = before(arguments[at]) if before else None
        inner = [probabilities_in(returned) if before and n == at else value for n, value in enumerate(arguments)]
        of_loss, of_gradient = (arguments if name in direct else inner for name in ("loss", "gradient"))
        if isinstance(returned, tuple) and any(re.search(CACHE, name) for name in names):
            of_gradient = [next(part for part in returned if part is not inner[at]) if n == at else value for n, value in enumerate(inner)]
        taken = {"loss": of_loss, "gradient": [of_gradient[n] for n in order if n < len(arguments)]}
        results = {name: function(*taken[name][: given[name]], **{key: named[key] for key in named if key in inspect.signature(function).parameters})
                   for name, function in functions.items()}
        if after:
            results["gradient"] = through(after, (arguments if takes_logits else inner)[at], results["gradient"])
        return results

    name = " and ".join(function.__name__ for function in functions.values()) + (f" of {before.__name__}" if before else "")
    about["guesses_pair"] = len(functions) == 2 and not same
    return Way(call, name + (f" and {after.__name__}" if after else ""), inspect.signature(functions[longest]), after=after,
               functions=list(functions.values()), behind=before and before.__name__, **about)


def product(softmax, back, of_logits):
    """Return the backward function of a softmax, with the gradient of the loss by the probabilities for its upstream gradient."""

    def call(logits, one_hot):
        returned = softmax(logits)
        P, cache = returned if isinstance(returned, tuple) else (returned, logits if of_logits else returned)
        return {"gradient": through(back, cache, -one_hot / P)}

    upstream = next(name for name in parameters(back)[0] if is_upstream(name))
    name = f"{back.__name__} with {upstream} = -y/s, of {softmax.__name__}"
    return Way(call, name, signature_of("logits", "one_hot"), functions=[softmax, back], guesses_upstream=True)


def through(back, value, upstream):
    """Return the gradient with respect to the logits, of one with respect to the probabilities."""
    names = parameters(back)[0]
    if len(names) > 1:
        return back(*[upstream, value] if is_gradient(names[:1]) or names[0].startswith("up") else [value, upstream])
    derivative = np.asarray(back(value))  # the Jacobian, or what is taken for it
    return derivative * upstream if derivative.shape == np.shape(upstream) else np.einsum("...ij,...j", derivative, upstream)


# 12. What stands outside of functions: the data that they find there, and lines that compute gradients


@contextmanager
def with_globals(own, **values):
    """Let code find other values in its module."""
    before = {name: own[name] for name in values}
    own.update(values)
    try:
        yield
    finally:
        own.update(before)


class Data:
    """The inputs and the labels that code finds in its module, and the numbers of examples, inputs and classes; `names` is empty if they are not clear."""

    def __init__(self, own, codes, weights):
        used = [name for code in codes for name in code.co_names]
        arrays = [name for name in dict.fromkeys(used) if isinstance(own.get(name), np.ndarray) and name not in weights]
        inputs = [name for name in arrays if is_matrix(own[name]) and likeness(name, "X")]
        self.own, self.X, self.names, self.numbers = own, max(inputs, key=lambda name: likeness(name, "X"), default=None), [], {}
        N = len(own.get(self.X, ()))
        self.labels = [name for name in arrays if name != self.X and likeness(name, "labels") and are_labels(own[name], N)]
        classes = [numbers_of(own[name]) for name in self.labels]
        if not classes or min(classes[0]) > 0 or not all(np.array_equal(each, classes[0]) for each in classes):
            return
        # A loss may use class numbers, and its gradient one-hot labels: both are functions of the first ones.
        same = [name for name, value in own.items() if likeness(name, "labels") and np.ndim(value) == 1 and are_labels(value, N)]
        self.labels = list(dict.fromkeys([*[name for name in same if np.array_equal(own[name], classes[0])][:1], *self.labels]))
        others = {name for name in arrays if own[name].dtype.kind == "f"} - {self.X, *self.labels, *stored_in(codes)}
        if any(N in own[name].shape for name in others):  # such as weights of the examples, which would not follow
            return
        self.names = [self.X, self.labels[0]]
        self.sizes = {"examples": N, "inputs": np.shape(own[self.X])[-1], "classes": max(classes[0]) + 1}
        for name in used:
            value, roles = own.get(name), sorted(self.sizes, key=lambda role: -likeness(name, role))
            differences = {role: value - self.sizes[role] for role in roles} if type(value) in (int, float) and not re.fullmatch(RATES, name) else {}
            found = [role for role in differences if differences[role] == 0 or role == "inputs" and likeness(name, role) and differences[role] == -1]
            self.numbers |= {name: lambda new, role=role, more=differences[role]: new[role] + more for role in found[:1]}
            if type(value) is float and value * N == 1 and not re.fullmatch(RATES, name) and not likeness(name, "reg"):
                self.numbers[name] = lambda new: 1 / new["examples"]

    def given(self, X, labels, weights):
        """Return what its names stand for, with other inputs, labels and weights."""
        k = classes_by_weights(weights, X)
        new, classes = {"examples": len(X), "inputs": np.shape(X)[-1], "classes": k}, numbers_of(np.asarray(labels).reshape(len(X), -1))
        others = {name: np.eye(k)[classes] if self.own[name][:1].size > 1 else classes.reshape(-1, *self.own[name].shape[1:]) for name in self.labels[1:]}
        return {self.X: X, self.labels[0]: labels, **others, **{name: value(new) for name, value in self.numbers.items()}}


def stored_in(codes):
    """Return the names that code gives values to."""
    return {step.argval for code in codes for step in dis.get_instructions(code) if step.opname.startswith("STORE_")}


def numbers_of(labels):
    """Return class numbers, of one-hot labels too."""
    return np.argmax(labels, axis=1) if labels[:1].size > 1 else np.ravel(labels).astype(int)


def are_labels(array, N):
    """Return whether it holds N class numbers, or N rows of one-hot labels."""
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "iufb" or len(np.atleast_1d(array)) != N or not N:
        return False
    in_rows = array.ndim == 2 and array.shape[1] > 1 and bool((array.sum(axis=1) == 1).all()) and bool(((array == 0) | (array == 1)).all())
    return in_rows or array.size == N and bool((array == np.floor(array)).all()) and array.min() >= 0


def are_weights(names):
    """Return whether some names are those of weights, and of biases beside them."""
    of_layers = numbered(names)
    return bool(names) and all(name in (*HOLDERS, *of_layers) or likeness(name, "W" if n == 0 else "b") == 2 for n, name in enumerate(names))


def with_its_data(function):
    """Return a function of the weights, which finds inputs and labels in its module, as one of all of these."""
    names, own = parameters(function)[0], getattr(function, "__globals__", {})
    data = Data(own, codes_of(function), names) if are_weights(names) else None
    typed = [const for code in codes_of(function) for const in code.co_consts if type(const) in (int, float)] if data and data.names else []
    if not data or not data.names or data.sizes["examples"] > 3 and data.sizes["examples"] in typed:  # such a number does not follow the data
        return function
    signature = signature_of(*names, *data.names)

    def call(*arguments, **named):
        given = signature.bind(*arguments, **named).arguments
        weights = {name: given.pop(name) for name in names}
        with with_globals(own, **data.given(*given.values(), weights)):
            return function(**weights)

    return Way(call, function.__name__, signature, functions=[function], **code_of(function))


class Outside:
    """Lines outside of functions that compute gradients, and perhaps the loss, as a function of the weights.

    `gradients` has the names of the gradients by those of the weights, and `losses` that of the loss. A number in the
    lines that is N stands for N. What a rate may hold, such as 1/N, can't be told from the gradient if it has no name.
    """

    def __init__(self, own, name, lines, gradients, losses, counters=(), knows_scale=True):
        self.own, self.name, self.gradients, self.losses, self.knows_scale = own, name, gradients, losses[:1], knows_scale
        self.counters = {each: value for each, value in dict(counters).items() if each in own}
        self.weights = sorted(gradients, key=lambda name: likeness(name, "b"))
        self.__code__, self.__globals__, self.__module__ = compiled(lines, own), own, own["__name__"]
        self.data = Data(own, codes_of(self), self.weights)
        N, D, k = self.data.sizes.values() if self.data.names else (0, 0, 0)
        if N > 2 and N not in (D, k):
            self.__code__ = compiled([with_a_name(line, N, "N/") for line in lines], own)

    def ways(self):
        """Return the ways to call it, if it is one of data that are found: with its loss, and without it."""
        if not self.data.names or not are_weights(self.weights):
            return []
        return [way for losses in dict.fromkeys([(*self.losses,), ()]) for way in ways_of(self.way(losses))]

    def way(self, losses):
        signature = signature_of(*self.weights, *self.data.names)

        def call(*arguments, **named):
            given = signature.bind(*arguments, **named).arguments
            weights = {name: given.pop(name).copy() for name in self.weights}  # which it changes
            values = self.data.given(*given.values(), weights)
            with with_globals(self.own, **values, **weights, **self.counters):
                found = {**self.own, "N/": len(values[self.data.X])}
                for loss in self.losses:
                    found.pop(loss, None)  # the one of the last round
                exec(self.__code__, found)
            gradients = {f"d{name}": found[self.gradients[name]] for name in self.weights}
            return {**{"loss": found[name] for name in losses}, **gradients}

        return Way(call, self.name, signature, knows_scale=self.knows_scale, returns_more=bool(self.losses) and not losses, **code_of(self))


def compiled(lines, own):
    """Return lines as code, in which `break` and `continue` may occur."""
    once = ast.For(ast.Name("once/", ast.Store()), ast.Tuple([ast.Constant(0)], ast.Load()), lines, [])
    return compile(ast.fix_missing_locations(ast.Module([once], [])), own["__file__"], "exec")


def with_a_name(tree, number, name):
    """Return code with a name in place of a number."""

    class Named(ast.NodeTransformer):
        def visit_Constant(self, node):
            return ast.copy_location(ast.Name(name, ast.Load()), node) if type(node.value) in (int, float) and node.value == number else node

    return Named().visit(tree)


def of_loop(loop, own):
    """Yield a training loop up to where it changes the weights, if it has no state besides, as of a momentum, and takes no example by its number."""
    body, read, made, carried, found, lines, plain = [], set(), set(), set(), {}, [], True
    counters = used_in(loop.target, ast.Store) if isinstance(loop, ast.For) else set()
    by_number = [node for node in ast.walk(loop) if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load)
                 and not used_in(node.slice, ast.Load).isdisjoint(counters)]
    for line in loop.body:
        name, change = step_in(line)
        if name in read - made and isinstance(own.get(name), np.ndarray):
            if name in found:
                return  # two steps, as of a decay beside the gradient
            body.append(ast.Assign([ast.Name(f"d/{name}", ast.Store())], at_rate_1(change, own)))
            found[name], last, plain = f"d/{name}", len(lines), plain and is_plain(change, own)
        else:
            for part in parts_in_order(line):
                loads, stores = used_in(part, ast.Load), used_in(part, ast.Store)
                early = loads | stores if isinstance(part, ast.AugAssign) else loads
                read, made, carried = read | loads, made | stores, carried | early - made
            lines.append(line)
        body.append(line)
    if found and not by_number and not any(isinstance(own.get(name), np.ndarray) for name in carried & made):
        losses = [name for name in losses_in(lines[:last]) if name not in carried]
        yield Outside(own, f"loop_in_line_{loop.lineno}", body, found, losses, {name: first_of(loop.iter) for name in counters}, plain)


def of_lines(lines, own):
    """Yield the lines from the first one that reads weights to the last one that sets a gradient, if no weights change there."""
    arrays = [name for name, value in own.items() if isinstance(value, np.ndarray)]
    found = {}
    for name in arrays:
        if likeness(name, "W") == 2 or likeness(name, "b") == 2 or re.fullmatch(OF_LAYER, name):
            alike = [other for other in arrays if is_gradient_of((other,), (name,)) and own[other].shape == own[name].shape]
            found |= {name: other for other in sorted(alike, key=lambda other: other.lower() not in (f"d{name}".lower(), f"d_{name}".lower()))[:1]}
    reading = [n for n, line in enumerate(lines) if not used_in(line, ast.Load).isdisjoint(found)]
    setting = [n for n, line in enumerate(lines) if not used_in(line, ast.Store).isdisjoint(found.values())]
    if reading and setting:
        body = lines[reading[0] : setting[-1] + 1]
        if not any(used_in(line, ast.Store) & found.keys() for line in body):
            yield Outside(own, f"lines_from_{body[0].lineno}", body, found, losses_in(body))


def losses_in(lines):
    """Return the names of losses that lines set in each case, the plainest first: others may be averages, or parts of a loss."""
    made = [name for line in lines if isinstance(line, (ast.Assign, ast.AugAssign)) for name in used_in(line, ast.Store)]
    return [name for plain in ("loss", "cost", "j", "l", "nll", "ce", "cross_entropy", "error") for name in made if name.lower() == plain]


def first_of(numbers):
    """Return the first number of a range that is written out, or 0."""
    with suppress(Exception):
        arguments = numbers.args if numbers.func.id == "range" else []
        return ast.literal_eval(arguments[0]) if len(arguments) > 1 else 0
    return 0


def is_plain(change, own):
    """Return whether a change is a variable times a rate that has a usual name, or is a number with decimals."""
    if isinstance(change, ast.UnaryOp):
        return is_plain(change.operand, own)
    if isinstance(change, ast.BinOp):
        parts = [change.left, change.right]
        rates = [part for part in parts if is_rate(part, own, usual=True)]
        rest = [part for part in parts if part not in rates]
        return isinstance(change.op, ast.Mult) and len(rest) == 1 and is_plain(rest[0], own)
    return isinstance(change, ast.Name)


def is_rate(change, own, usual=False):
    """Return whether an expression is a number with decimals, by its value or a name for it, and if that has to be usual, one of a rate."""
    if isinstance(change, ast.UnaryOp):
        return is_rate(change.operand, own, usual)
    name = getattr(change, "id", "")
    value = getattr(change, "value", own.get(name))
    has_name = bool(re.fullmatch(RATES, name.lower()))
    return type(value) is int and has_name or isinstance(value, float) and (has_name or not usual or isinstance(change, ast.Constant))


def at_rate_1(change, own):
    """Return a product without its rate: a number with decimals, by its value or a name for it, is 1 or -1."""
    if isinstance(change, ast.BinOp) and isinstance(change.op, (ast.Mult, ast.Div, ast.MatMult)):
        return ast.BinOp(at_rate_1(change.left, own), change.op, change.right if isinstance(change.op, ast.MatMult) else at_rate_1(change.right, own))
    if isinstance(change, ast.UnaryOp):
        return ast.UnaryOp(change.op, at_rate_1(change.operand, own))
    return ast.Constant(float(np.sign(getattr(change, "value", own.get(getattr(change, "id", None)))))) if is_rate(change, own) else change


def parts_in_order(line):
    """Yield the parts of a line of code, and of those inside it, in the order in which they run."""
    inside = [*getattr(line, "body", ()), *getattr(line, "orelse", ())] if isinstance(line, ast.stmt) else []
    yield from [getattr(line, part) for part in ("iter", "target", "test") if hasattr(line, part)] if inside else [line]
    for each in inside:
        yield from parts_in_order(each)


def used_in(tree, context):
    """Return the names that a piece of code reads, or those that it sets."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, context)}


def step_in(line):
    """Return the name that a line changes, and what it subtracts there; or None twice."""
    target = line.target if isinstance(line, ast.AugAssign) else line.targets[0] if isinstance(line, ast.Assign) else None
    change = line.value if isinstance(line, ast.AugAssign) else getattr(getattr(line, "value", None), "right", None)
    op = getattr(line, "op", getattr(getattr(line, "value", None), "op", None))
    if not isinstance(target, ast.Name) or not isinstance(op, (ast.Add, ast.Sub)) or (
            isinstance(line, ast.Assign) and getattr(getattr(line.value, "left", None), "id", None) != target.id):
        return None, None
    return target.id, change if isinstance(op, ast.Sub) else ast.UnaryOp(ast.USub(), change)


def outside_of_functions(module):
    """Return the lines that compute gradients outside of functions, in a training loop or not, with the ways to call them."""
    own, lines = vars(module), ast.parse(text_of(module.__file__)).body
    loops = [found for line in lines if isinstance(line, (ast.For, ast.While)) for found in of_loop(line, own)]
    return [(found.name, found.ways()) for found in [*loops, *of_lines(lines, own)]]


# 13. The ways to use a class: its methods for a forward and a backward pass, called in turn


def forward_and_backward(names):
    """Return those of some names that are called like a forward pass, and like a backward pass."""
    back = [name for name in names if re.search(BACK, name.lower()) and not re.search("relu|tanh|sigm", name.lower())]
    forward = [name for name in names if name not in back and re.search(FORWARD, name.lower())]
    return sorted(forward, key=lambda name: (name not in ("forward", "__call__"), not re.search("ward|fwd|vorw|adelante|avant", name))), back


def takes_no_object(method):
    """Return whether a method is called on its class, as its first parameters are logits, or inputs, and labels."""
    first, *others = [*inspect.signature(method).parameters, ""][:2]
    return (len(first) > 1 or first in "xXzZ") and any(likeness(first, role) == 2 for role in ("logits", "X")) and likeness(others[0], "labels") == 2


def is_matrix(value):
    return isinstance(value, np.ndarray) and value.ndim == 2 and min(value.shape) > 1


def is_vector(value):
    return isinstance(value, np.ndarray) and value.size == max(value.shape, default=0) > 1


def inside(value):
    return vars(value) if is_object(value) else value


def at_path(value, path):
    return functools.reduce(lambda value, name: inside(value)[name], path, value)


def name_in(path):
    """Return the last name in a path, such as that of a list."""
    return next((name for name in reversed(path) if isinstance(name, str)), "")


def own_part(path):
    """Return the end of a path that tells layers apart: ("W1",) of params["W1"], (0, "W") of layers[0]["W"], and all of output.W."""
    return path[next((n - isinstance(key, Attribute) for n, key in enumerate(path) if isinstance(key, (int, Attribute))), -1) :]


def in_code(path):
    """Return a path as W1, weights[0] or layers[0].W."""
    own = own_part(path)
    start = path[-len(own) - 1] if isinstance(own[0], int) else ""
    return (start + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in own)).lstrip(".")


def first_of_each_name(kept, fits):
    """Return the paths of what fits; of the same name, such as a velocity for each of the weights, the first."""
    return list({own_part(path): path for path, value in reversed(kept.items()) if fits(value)}.values())[::-1]


HIDDEN = [(1.0, 0.0), (50.0, 0.0), (100.0, -50.0)]  # a weight and a bias that let a ReLU, a tanh, and a sigmoid keep 0 and 1 as they are


class Model:
    """A class of the program: its methods, and where its objects keep weights."""

    sizes = None  # the parameter of the constructor that is a list of sizes
    is_last = True  # whether no other class of the file takes labels: it is a layer whose upstream gradient is that of the loss
    has_stepped = False  # whether a pass has changed the weights at a known rate
    loss_beside = None  # the function of the file for the loss of its probabilities, if it has no method for that

    def __init__(self, kind):
        self.kind = kind
        for name, value in list(vars(kind).items()):
            if inspect.isfunction(value) and takes_no_object(value):
                setattr(kind, name, staticmethod(value))
        self.methods = [name for name in dir(kind) if callable(getattr(kind, name, None)) and (not name.startswith("_") or name == "__call__")]
        if not any(forward_and_backward(self.methods)):
            self.methods += [name for name in vars(kind) if re.fullmatch(r"_(forward|backward|\w*(step|loss|cost|entropy|objective|grad)\w*)", name)]
        self.methods = [name for name in self.methods if name != "score"]  # the accuracy, as a fit needs it
        lone = [name for name in self.methods if len(self.takes(name)) == 1]
        self.setters = [name for name in lone if name.startswith("set") and likeness(self.takes(name)[0], "labels")]
        self.training = [name for name in self.methods if re.search(r"(^|_)(step|batch)$", name) and len(self.takes(name)) == 2]
        self.has_constructor = kind.__init__ is not object.__init__
        self.required = parameters(kind)[0] if self.has_constructor else []
        self.sizes = self.list_of_sizes()
        used = {name for method in vars(kind).values() for name in getattr(getattr(method, "__code__", None), "co_names", ())}
        is_set = re.findall(r"(?m)^ *(self\.[^=\n(]*)=[^=]", source_of(kind))  # also by a fit, which comes later
        self.later = [name for name in re.findall(r"self\.(\w+)", " ".join(is_set)) if 2 in (likeness(name, "W"), likeness(name, "b"))]
        self.counted = {name: role for role in ("inputs", "classes") for name in used if "_" in name and likeness(name, role) == 2}  # in a fit
        self.weights, self.bias, self.hidden, self.matrices = None, None, False, []
        with suppress(Exception):
            self.find_weights()
        self.options = self.options_of_the_loss() if self.has_constructor else []

    def find_weights(self):
        """Find the paths of all matrices that an object keeps, of the weights of its last layer, and of the bias of its only one."""
        kept = parts_of(vars(self.built()), ())
        kept = {path: value for path, value in kept.items() if not any(is_gradient_of(path, other) for other in kept)}
        matrices = first_of_each_name(kept, is_matrix)
        self.hidden = len(matrices) > 1
        self.matrices = [path for path in matrices if not any(is_gradient((name,)) for name in path)]
        weights, biases = ([path for path in kept if likeness(name_in(path), role) == 2] for role in ("W", "b"))
        self.weights = matrices[-1] if self.hidden else next(iter(weights), None)
        self.bias = None if self.hidden else next(iter(biases), None)

    def options_of_the_loss(self):
        """Return the parameters of the constructor that make another loss: a regularization, or a temperature and its like."""
        given, other = self.given, options_of(self.kind, [])
        fits = [name for name in given if type(given[name].default) in (int, float)
                and (likeness(name, "reg") == 2 and name not in ("alpha", "decay") if self.weights else name in other)]
        return [given[name].replace(kind=inspect.Parameter.KEYWORD_ONLY) for name in fits]

    @functools.cached_property
    def given(self):
        """The parameters of the constructor."""
        with suppress(TypeError, ValueError):  # a class of dictionaries, say, has no signature
            return inspect.signature(self.kind).parameters
        return {}

    @property
    def has_loss(self):
        """Whether it has a method for its loss."""
        return any(says(name, LOSS) and any_like(self.takes(name), "labels") for name in self.methods)

    @property
    def name_of_weights(self):
        return in_code(self.weights) if self.weights else ""

    def before_a_step(self, made):
        """Return copies of the weights and the bias that an object keeps, by their path."""
        places = [path for path in (self.weights, self.bias) if path]
        return {path: value.copy() for path in places if isinstance(value := at_path(vars(made), path), np.ndarray)}

    def passed(self, made, run, twice):
        """Return the result of a pass, or of a second one if that is wanted, and the first has taken no step."""
        old, result = self.before_a_step(made), run()
        return run() if twice and all(np.array_equal(value, at_path(vars(made), path)) for path, value in old.items()) else result

    def uses_weights(self, name, seen=()):
        """Return whether a method uses the weights that the object keeps, itself or by another method."""
        used = names_in(getattr(inspect.unwrap(getattr(self.kind, name)), "__code__", None))
        others = [other for other in used if other not in (*seen, name) and callable(getattr(self.kind, other, None))]
        return bool(self.weights) and (self.weights[0] in used or "super" in used or any(self.uses_weights(other, (*seen, name)) for other in others))

    def calls(self, names):
        """Return whether its methods call functions of these names."""
        return any(calls(method, name) for method in vars(self.kind).values() for name in names)

    @functools.cache
    def takes(self, name):
        """Return the parameters of a method."""
        required = parameters(getattr(self.kind, name))[0]
        return required[1:] if required[:1] == ["self"] else required

    def list_of_sizes(self):
        """Return the parameter of the constructor that is a list of the sizes of layers: its default is one, or a number raises an error."""
        given = self.given.values() if self.has_constructor else []
        listed = [one.name for one in given if isinstance(one.default, (list, tuple)) and one.default and all(isinstance(n, int) for n in one.default)]
        try:
            self.built()
        except Exception as error:
            if re.search(r"\bint\b", str(error)):
                needed = [one.name for one in given if one.default is one.empty]
                needed = [name for name in needed if not re.fullmatch(SHAPE, name)]
                listed += sorted(needed, key=lambda name: max(likeness(name, role) for role in ("inputs", "classes", "examples")))
        return next(iter(listed), None)

    def built(self, classes=4, inputs=3, examples=5, **options):
        """Return an object; what its constructor requires is a number that its name tells, or else 7 hidden units."""
        numbers = {"inputs": inputs, "classes": classes, "reg": 0.0, "examples": examples}
        given = self.given
        known = [name for name in given if name not in self.required and type(given[name].default) is int and given[name].default > 1
                and 2 in (likeness(name, "inputs"), likeness(name, "classes"))]
        roles = {name: max(numbers, key=lambda role: likeness(name, role)) for name in [*self.required, *known]}
        roles = {name: role for name, role in roles.items() if likeness(name, role) > (role == "examples")}  # n_hidden is no number of examples
        required = {name: numbers[roles[name]] if name in roles else 7 for name in [*self.required, *known]
                    if given[name].default is inspect.Parameter.empty or (name in roles and not isinstance(given[name].default, float))}
        required |= {name: (examples, classes) for name in required if re.fullmatch(SHAPE, name)}
        if self.sizes:
            told = [role for role in ("inputs", "classes") if any(likeness(name, role) == 2 for name in required if name != self.sizes)]
            usual = given[self.sizes].default
            hidden = max(1, len(usual) - 2 + len(told)) if isinstance(usual, (list, tuple)) else 1
            required[self.sizes] = [inputs] * ("inputs" not in told) + [7] * hidden + [classes] * ("classes" not in told)
        made = self.kind(**{**required, **options})
        later = {name: numbers[role] for name, role in self.counted.items()} | dict.fromkeys(self.later, 0.0)
        vars(made).update({name: value for name, value in later.items() if not hasattr(made, name)})
        return made

    def with_weights(self, W, weight=1.0, bias=0.0, sizes=(), **options):
        """Return an object that keeps these weights in its last layer, and biases of 0; the layers before pass the identity on.

        What the sizes of the inputs are tells which axis of W is that of the classes, if its shape in the object doesn't.
        """
        made = self.built(**options)
        kept, where = parts_of(vars(made), ()), own_part(self.weights)
        if isinstance(where[0], str):  # else each list is of its own
            kept = {path: value for path, value in kept.items() if path[: -len(own_part(path))] == self.weights[: -len(where)]}
        own = np.shape(kept[self.weights])
        is_turned = not own and len(sizes) == 2 and W.shape[1] in sizes and W.shape[0] != sizes[1]  # (k, D)
        axis = own.index(4) if own.count(4) == 1 else 0 if is_turned else -1
        k, D = W.shape[axis], W.shape[axis - 1]
        made = made if k == 4 else self.built(k, **options)
        changed = {path: weight * np.eye(D) for path in first_of_each_name(kept, is_matrix)}
        changed |= {path: np.zeros(W.shape) for path in kept if is_gradient_of(path, self.weights)}  # those may be added to
        for path in first_of_each_name(kept, is_vector):
            shape = kept[path].shape
            changed[path] = np.zeros([k if n == own[axis] else n for n in shape]) if own[axis] in shape else np.full([D if n > 1 else 1 for n in shape], bias)
        if not own:  # until it is trained there are neither weights nor biases
            changed |= {path: np.zeros(k) for path, value in kept.items() if np.shape(value) == () and likeness(path[-1], "b") == 2}
        for (*path, last), value in {**changed, self.weights: W.copy()}.items():  # a backward pass may take a step
            inside(at_path(vars(made), path))[last] = value
        return made

    def with_weights_and_bias(self, W, b):
        """Return an object that keeps these weights and this bias."""
        made = self.with_weights(W)
        *path, last = self.bias
        inside(at_path(vars(made), path))[last] = np.reshape(b, np.shape(at_path(vars(made), self.bias)))
        return made

    def ways(self, softmax=None):
        """Yield each way to use the class: as an object of both, by one method, or by one for each pass.

        Some take probabilities, which its own softmax or `softmax` makes of the logits; it is np.asarray if they are given from the start.
        """
        softmax = self.own_softmax() or softmax
        if len(self.required) == 2 and self.given and all(2 in [likeness(name, role) for name in self.required] for role in ("logits", "labels")):
            yield self.prepared()
        yield from self.of_kept_data()
        of_both = [name for name in self.methods if re.search(f"{FORWARD}|{BACK}", name) and len(self.takes(name)) > 1 and self.uses_weights(name)]
        with suppress(Exception):
            yield from (self.method(name, weights=True) for name in of_both if not self.hidden)
            yield from self.of_given_weights()
        # What is built with numbers for its weights and biases has no meaning without them.
        is_given_weights = any_like(self.required, "W", 2) and any_like(self.required, "b", 2)
        later = []
        for steps, before in [(steps, before) for steps in self.sequences() for before in (None, softmax or np.asarray)]:
            others = [name for name in self.takes(steps[0]) if name != self.labels_of(steps[0])]
            may_be_given_probabilities = softmax or len(steps) == 1  # a loss alone may belong to them
            if before and not (may_be_given_probabilities and any(re.search(PROBABILITIES, name.lower()) for name in others)):
                continue
            is_one_method = self.hidden and steps[0] in of_both and len(steps) == 1  # which comes last
            for sources in self.sources(steps, before):
                if not (is_given_weights and any(map(self.uses_weights, steps))):
                    yield self.layer(steps, sources, before)
                if not before and not is_one_method and any(map(self.uses_weights, steps)):
                    later += [self.layer(steps, sources, weights=True, first=first) for first in HIDDEN * self.hidden or [()]]
        yield from sorted(later, key=lambda made: -len(made.steps))
        yield from (self.method(name, weights=True, first=first) for name in of_both if self.hidden for first in HIDDEN)

    def of_given_weights(self):
        """Yield the methods that are given the weights: one for the loss with one for the gradient, and those for the loss, or for both."""
        methods = [name for name in dir(self.kind) if callable(getattr(self.kind, name, None))]
        given_weights = [name for name in methods if any_like(self.takes(name), "W", 2)]
        losses, gradients = ([name for name in given_weights if re.search(pattern, name.lower())] for pattern in (LOSS, BACK))
        losses = losses or [name for name in given_weights if name not in gradients and any(self.takes(name) == self.takes(g) for g in gradients)]
        losses = losses or [name for name in given_weights if len(self.takes(name)) == 3 and not re.search(UNTOUCHED, name.lower())]
        pairs = [(f, g) for f in losses for g in gradients if f not in gradients and self.takes(f) == self.takes(g)]
        yield from (loss_with_gradient(self.method(f), self.method(g)) for f, g in pairs)
        yield from map(self.method, losses)

    def own_softmax(self):
        """Return its method that is a softmax of one array, or None."""
        found = [name for name, value in vars(self.kind).items() if "softmax" in name.lower() and callable(value)
                 and not re.search(f"{BACK}|{LOSS}", name.lower()) and len(self.takes(name)) == 1]
        with suppress(Exception):
            return getattr(self.built(), found[0])

    def sequences(self):
        """Return the methods that may be called in turn for a forward and a backward pass."""
        forward, back = forward_and_backward(self.methods)
        found = [[f, b] for f in forward for b in back]
        found += [[f, g, b] for f in forward[:1] for g in forward[1:] for b in back if len(self.takes(f)) == 1]
        if not back:  # the gradient may be called an error
            found += [[f, g] for f, g in itertools.permutations(forward[:3], 2) if g.endswith("error") and len(self.takes(f)) == len(self.takes(g)) == 2]
        with_loss = [name for name in back if re.search(LOSS, name.lower()) or not forward and self.uses_weights(name)]
        found += [[f] for f in [*forward, *self.training, *with_loss]]
        if not found:  # names in no language that is known
            plain = [name for name in vars(self.kind) if name in self.methods and not re.search(UNTOUCHED, name.lower())][:4]
            found = [[f, g] for f, g in itertools.permutations(plain, 2) if len(self.takes(f)) == 2 and len(self.takes(g)) < 3]
            found += [[f] for f in plain if len(self.takes(f)) == 2 and f not in back]
        return found

    def sources(self, steps, softmax):
        """Yield what the parameters of each method may be given: the logits, the labels, what the method before returned, or 1."""
        choices = [itertools.product(*self.sources_of(step, step == steps[-1] and len(steps) > 1, softmax)) for step in steps]
        same = self.takes(steps[0]) == self.takes(steps[-1])
        for chosen in itertools.islice(itertools.product(*choices), 12):
            if "labels" in chosen[-1] and same and chosen[0] != chosen[-1]:
                continue  # what both passes take by the same names is the same
            losses = chosen[:-1] if re.search(LOSS, steps[0].lower()) else chosen[1:-1]
            if any(each and "labels" not in each for each in losses) and not self.setters:
                continue  # a loss is one of labels
            if (self.setters or any({"labels", "upstream"} & {*each} for each in chosen)) and (softmax or "output" not in chosen[0]):
                yield chosen

    def labels_of(self, step):
        """Return the parameter of a method that is most like the labels, and least like the logits; y may be an output beside another."""
        return max(self.takes(step), key=lambda name: (likeness(name, "labels") - likeness(name, "logits"), name != "y"), default="")

    def sources_of(self, step, last, softmax):
        """Yield the choices for each parameter of a method, the likeliest first."""
        names = [name for name in self.takes(step) if name not in CONTEXTS]
        labels = self.labels_of(step)
        if likeness(labels, "labels") < max(1, likeness(labels, "logits")):  # then the second of two, if its name tells nothing
            told = [name for name in names if is_upstream(name) or any(likeness(name, role) for role in NAMES if role != "logits")]
            labels = names[1] if len(names) == 2 and not told and not last and likeness(names[1], "logits") < 2 else None
        for name in self.takes(step):
            probabilities = re.search(PROBABILITIES, name.lower())
            if name == labels:
                yield ["labels"]
            elif name in CONTEXTS:
                yield ["context"]
            elif re.fullmatch(RATE, name) and (name != "eta" or len(names) != 2 or labels not in names):  # eta may be the logits
                yield ["one"]
            elif self.weights and likeness(name, "reg") == 2:
                yield [name]
            elif re.search(r"dout|d_out|up|^grad|^d[yl]$", name) and sum(not re.fullmatch(RATE, each) for each in names) < 2:
                yield ["one", "output"] + ["upstream"] * (last and self.is_last)
            elif softmax:
                yield ["output" if probabilities else "logits"]
            elif self.weights and (likeness(name, "X") == 2 or name.lower().startswith("x_")):
                yield ["logits", "output", "one"][: 2 + last]
            else:
                yield ["output", "logits", "one"][: 2 + last] if last or probabilities else ["logits", "output"]

    def way(self, call, name, names, first=(), run=None, **about):
        """Return a way to use this class; a network's is linear if its hidden units only pass on what is positive."""
        about |= {"network": (self, run) if first else None, "linear": first in ((), HIDDEN[0]), "without_loss": getattr(self.kind, "without_loss", False),
                  "functions": getattr(self.kind, "functions", ()), "kind": self.kind}
        return Way(call, f"{self.kind.__name__}{name}", names, **about)

    def prepared(self):
        """Return a class whose object is built of logits and labels, as a function of them."""

        def call(*arguments):
            made = self.kind(*arguments)
            forward, back = forward_and_backward([name for name in dir(made) if not name.startswith("_")])
            if not forward or not back:
                raise Stop("cannot check", f"its objects have no methods for a forward and a backward pass. {AROUND}")
            found = {}
            for part, name in [*(("loss", name) for name in forward), *(("gradient", name) for name in back)]:
                value = None if part in found else getattr(made, name)
                value = value() if callable(value) else value
                found |= {} if value is None else {part: value}  # as of a method that keeps what it computes
            return found

        return self.way(call, "", inspect.signature(self.kind))

    def of_kept_data(self):
        """Yield the methods of the weights alone, of an object that is built of inputs and labels, as functions of all three."""
        places = {name: max(("X", "labels", "classes", "reg"), key=lambda role: likeness(name, role)) for name in self.required}
        given = {role: name for name, role in places.items() if likeness(name, role)}
        of_weights = [name for name in self.methods if len(self.takes(name)) == 1 and likeness(self.takes(name)[0], "W") == 2]
        if len(given) < len(places) or not given.keys() >= {"X", "labels"}:
            return
        for f, g in itertools.permutations([*of_weights, None], 2):
            if f and (says(f, rf"{LOSS}|obj|fun|^f$") and (not g or says(g, f"{BACK}|jac", but=LOSS))):
                yield self.method_of_weights(given, f, g)

    def method_of_weights(self, given, f, g):
        """Return a method of the weights alone for the loss, and perhaps one for the gradient, as one function of weights, inputs and labels."""

        def call(W, X, labels, *reg):
            # As few classes as the labels allow: weights may have a row for biases.
            classes = [W.size // (D + more) for D in np.shape(X) for more in (0, 1) if W.size % (D + more) == 0]
            k = min((k for k in classes if k > np.max(labels)), default=sizes_of(W, X)["classes"])
            values = {"X": X, "labels": labels, "classes": k, **dict(zip(["reg"], reg))}
            made = self.kind(**{name: values[role] for role, name in given.items()})
            return {"loss": getattr(made, f)(W), "gradient": getattr(made, g)(W)} if g else getattr(made, f)(W)

        names = [given[role] for role in ("X", "labels", "reg") if role in given]
        return self.way(call, f".{f}{f' and {g}' if g else ''}", signature_of(*self.takes(f), *names))

    def method(self, name, weights=False, first=()):
        """Return a method as a function of what it is given; and of the weights, if the object keeps them."""

        def run(made, *arguments, **named):
            return getattr(made, name)(*arguments, **named)

        own = inspect.signature(getattr(self.built(), name)).parameters
        options = [option for option in self.options if option.name not in own]
        given = {role: list(own).index(name) for role in "WX" for name in own if likeness(name, role) == 2}

        def call(*arguments, **named):
            of_object = {option.name: named.pop(option.name) for option in options if option.name in named}
            if not weights and len(given) == 2:
                of_object |= sizes_of(*[arguments[at] for at in given.values()])
            made = self.with_weights(arguments[0], *first, sizes=np.shape(arguments[1]), **of_object) if weights else self.built(**of_object)
            return self.passed(made, lambda: run(made, *arguments[weights:], **named), way.twice)

        signature = signature_of(*["W"] * weights, *own.values(), *options)
        way = self.way(call, f".{name}" * (name != "__call__"), signature, first, run, kept=self.name_of_weights * weights, keeps_bias=bool(self.bias),
                       options=[option.name for option in options], repeats=weights)
        return way

    def layer(self, steps, sources, softmax=None, weights=False, first=()):
        """Return methods that are called in turn, after a softmax if they take probabilities, as one function of logits or of W and X, and of labels."""
        run = MethodsInTurn(self, steps, sources, softmax, weights)
        plain = ("logits", "labels", "output", "one", "upstream", "context")
        kept = {option.name for option in self.options}  # by the object; a method may take them, too
        regs = list(dict.fromkeys(source for given in sources for source in given if source not in plain))

        def call(*arguments, **options):
            *_, logits, labels = arguments
            given = {name: options.get(name, 0.0) if name in kept else options.pop(name, 0.0) for name in regs}
            made = (self.with_weights(arguments[0], *first, sizes=np.shape(logits), **options) if weights
                    else self.built(classes_of(logits, labels), examples=len(logits), **options))
            result = self.passed(made, lambda: run(made, logits, labels, np.shape(arguments[0]), **given), way.twice)
            way.without_loss, way.has_stepped = run.without_loss, self.has_stepped
            return result

        direct = softmax is np.asarray  # the probabilities are given from the start
        beside = [self.loss_beside.__name__] if self.loss_beside and len(steps) > 1 else []
        name = f".{' and '.join([*self.setters, *steps, *beside])}" + (f" of {softmax.__name__}" if softmax and not direct else "")
        names = ["W", "X", "labels"] if weights else ["logits", "labels"]
        own = {}
        for step, given in zip(steps, sources):
            for source, taken in zip(given, self.takes(step)):
                own.setdefault("X" if weights and source == "logits" else "logits" if direct and source == "output" else source, taken)
        inputs = {taken.lower() for step, given in zip(steps, sources) for source, taken in zip(given, self.takes(step)) if source == "logits"}
        own = {given: own[given] for given in own if given in names}
        about = {"guesses_pair": len(inputs) > 1, "is_given_upstream": "upstream" in sources[-1],
                 "kept": self.name_of_weights * weights, "steps": steps, "given_probabilities": direct, "own": own if len(own) == 2 else {},
                 "options": [option.name for option in self.options], "repeats": True}
        strengths = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in regs * weights if name not in kept]
        way = self.way(call, name, signature_of(*names, *self.options, *strengths), first, run, **about)
        return way

    def by_step(self, made, steps, old, new):
        """Return the gradient that a step of training tells, if the rate is known: a parameter, or kept by the object; or None."""
        given = [each.default for step in steps for name, each in inspect.signature(getattr(self.kind, step)).parameters.items() if re.fullmatch(RATE, name)]
        given = [1.0 if rate is inspect.Parameter.empty else rate for rate in given]
        rates = given or [value for name, value in vars(made).items() if isinstance(value, float) and re.fullmatch(RATE, name)]
        self.has_stepped |= bool(rates) and not np.array_equal(old, new)  # then a step of 0 is one, too
        return (old - new) / rates[0] if rates and self.has_stepped else None

    def with_step(self, made, steps, result, old, moved):
        """Return the result of a pass that takes a step, with the gradients that it tells."""
        told = {path: self.by_step(made, steps, old[path], value) for path, value in moved.items()}
        if told[self.weights] is None:
            return {"loss": result.get("loss")}
        return {**result, "gradient": told[self.weights], **({"db": told[self.bias]} if self.bias in told else {})}

    def directions(self):
        """Return the methods that take one array forward, and the upstream gradient back, perhaps beside the array; None if there is no such.

        One that takes what the forward pass takes, and no upstream gradient, returns the Jacobian.
        """
        forward = [name for name in ("forward", "__call__") if name in dir(self.kind) and len(self.takes(name)) == 1]
        back = [name for name in ("backward", "back", "backprop", "derivative", "gradient", "grad", "prime", "jacobian") if name in dir(self.kind)
                and (len(self.takes(name)) == 1 or sorted(map(is_upstream, self.takes(name))) == [False, True])]
        return [(name, other) for name in forward[:1] for other in back or [None]]

    def before(self, forward, back, loss):
        """Return a layer of softmax, and a layer or functions of cross-entropy that take its probabilities, as one function."""
        at = not_labels(parameters(loss)[0])

        def call(*arguments):
            made, shape = self.kind(), np.shape(arguments[at])

            def output(method, *values):
                returned, kept = called(made, method, values, shape)
                found = [part for part in (*arrays_in(returned, shape).values(), *kept.values()) if part.shape == shape]
                return next(part for part in found if not any(part is value for value in values))

            result = loss(*arguments[:at], output(forward, arguments[at]), *arguments[at + 1 :])
            if not back:  # then it is the gradient already
                return result
            takes = self.takes(back)
            if takes == self.takes(forward) and not is_upstream(takes[0]):  # the Jacobian of its output, or something else
                jacobian, upstream = np.asarray(getattr(made, back)(arguments[at])), np.asarray(result["gradient"])
                return {**result, "gradient": np.einsum("...ij,...j", jacobian, upstream)} if jacobian.ndim > upstream.ndim else result
            upstream = [result["gradient"] if len(takes) == 1 or is_upstream(name) else arguments[at] for name in takes]
            return {**result, "gradient": output(back, *upstream)}

        return Way(call, f"{self.kind.__name__} and {loss.__name__}", inspect.signature(loss), chained=True)


def classes_of(logits, labels):
    """Return how many classes there are, by the number of labels, or by the axis over which one-hot labels sum to 1."""
    rows, columns = ((np.sum(labels, axis=axis) == 1).all() for axis in (-1, 0))
    return np.size(logits) // np.size(labels) if np.size(labels) < np.size(logits) else len(logits) if columns and not rows else np.shape(logits)[-1]


def sizes_of(W, X):
    """Return the numbers of inputs and classes that an object must be built with, for weights, perhaps with a row of biases, and inputs of its method."""
    sizes = sorted(np.shape(X), reverse=True)  # of the identity, the inputs are more than the examples
    beside = np.shape(W)[:1] if np.shape(X)[-1] == sizes[0] else np.shape(W)[-1:]  # the axis of the inputs, in most programs
    with_biases = [n + 1 for n in sizes if n + 1 in np.shape(W) and (n not in np.shape(W) or n + 1 in beside)]
    rows = [*with_biases[: sizes[0] + 1 in with_biases], *[n for n in sizes if np.size(W) % n == 0], *with_biases, 3][0]
    return {"inputs": rows - (rows not in sizes), "classes": np.size(W) // rows}


def classes_by_weights(weights, X):
    """Return how many classes weights are for, or the bias of the last layer, which has one entry for each."""
    arrays = {str(path[-1]): part for path, part in parts_of(weights, None).items()}
    biases = sorted(name for name in arrays if name[0] in "bB")
    return np.size(arrays[biases[-1]]) if biases else sizes_of(arrays[max(arrays)], X)["classes"]


CONTEXTS = ("ctx", "context")


class Context:
    """What PyTorch gives both passes of a function, so that the second one finds what the first one saved."""

    def save_for_backward(self, *saved):
        self.saved = self.saved_tensors = saved


class MethodsInTurn:
    """The methods of an object that are called in turn, as one function of the object, X or logits, and labels."""

    def __init__(self, model, steps, sources, softmax, weights):
        self.model, self.steps, self.sources, self.softmax, self.weights = model, steps, sources, softmax, weights
        self.places = {}  # where the gradient was in the first call: the shape of another may be the same later
        self.without_loss = self.loss_is_beside = False  # whether the loss was computed from probabilities, or by the function beside

    def __call__(self, made, X, labels, shape=None, **regs):
        model, outputs, result, cache, context = self.model, [self.softmax(X)] if self.softmax else [], {}, [], Context()
        for name in model.setters:
            getattr(made, name)(labels)
        for step, given in zip(self.steps, self.sources):
            old, last = model.before_a_step(made), step == self.steps[-1]
            known = {"logits": X, "labels": labels, "one": 1.0, "context": context, **regs}
            if "upstream" in given:
                known["upstream"] = -one_hot_like(outputs[0], labels) / outputs[0]
            arguments = [known[source] if source == "context" else cache[0] if cache and re.search(CACHE, name)
                         else meant_for(name, outputs) if source == "output" else known[source]
                         for name, source in zip(model.takes(step), given)]
            returned, kept = called(made, step, arguments, shape)
            cache = [each for each in returned if isinstance(each, (dict, tuple, list))] if isinstance(returned, tuple) else []
            parts, has_moved = arrays_in(returned, shape), model.weights in old and model.weights in kept
            # The weights and biases that a step moved, in this layer or in others, are neither outputs nor gradients.
            kept = {path: value for path, value in kept.items() if path not in old and path not in model.matrices}
            # A backward pass may return the loss before the gradients; the loss of an earlier pass is preferred.
            is_backward, values = last and len(self.steps) > 1, list(parts.values())
            numbers, of_labels = ([part for part in values[:1] if part.size == 1], ()) if is_backward else (values, np.shape(labels))
            loss = {"loss": each for each in losses_of(made, numbers, shape, of_labels)[:1]}
            result = loss | result if is_backward else result | loss
            if step == "loss" and not last and len(parts) == 1:
                result = {"loss": values[0]} | result  # also one of each entry, which is wrong
            if not is_backward:
                outputs = outputs_of(parts, kept, shape, self.weights, X, labels) or outputs
            if last and shape is None:
                result["grads"] = returned
            elif last:
                result |= gradients_of(parts, kept, shape, X if self.weights else None, is_backward, self.places)
                result |= {"db": each for each in bias_of(made, parts, kept, (shape, X.shape), result)[:1] if self.weights}
            if "gradient" not in result and shape is not None and (has_moved or model.has_stepped and last):
                result = model.with_step(made, self.steps, result, old, {path: at_path(vars(made), path) for path in old})
        return self.with_loss(result, outputs, labels)

    def with_loss(self, result, outputs, labels):
        """Return the result with the loss of the probabilities, if no method gave one."""
        probable = "loss" not in result and outputs and are_probabilities(outputs[0])
        if self.model.loss_beside and (probable or self.loss_is_beside):  # also where the probabilities are nan
            found = with_probabilities(self.model.loss_beside, outputs[0], labels)
            self.loss_is_beside, result = bool(found), {**result, **{"loss": each for each in found}}
        elif (self.model.hidden or "upstream" in self.sources[-1]) and not self.model.has_loss and (probable or self.without_loss):
            self.without_loss, result["loss"] = True, losses_of_probabilities(outputs[0], labels)
        return result


def called(made, method, arguments, shape):
    """Call a method of an object; return what it returns, and the arrays that the object keeps since."""

    def kept():
        return {path: value for path, value in parts_of(vars(made), shape).items() if isinstance(value, (np.ndarray, np.floating))}

    before = {path: value.copy() for path, value in kept().items()}
    returned = getattr(made, method)(*arguments)
    return returned, {path: value for path, value in kept().items() if not np.array_equal(value, before.get(path))}


def meant_for(name, outputs):
    """Return the one of the outputs of a method that a parameter is meant for: probabilities, logits, or else the first."""

    def like_probabilities(value):
        return are_probabilities(value), value.min() >= 0 and value.max() <= 1

    if re.search(r"prob|soft|hat|pred|^ps?$|^s$", name.lower()):
        return max(outputs, key=like_probabilities)
    return min(outputs, key=like_probabilities) if re.fullmatch("logits?|scores?|zs?", name.lower()) else outputs[0]


def outputs_of(parts, kept, shape, weights, X, labels):
    """Return what a method has for the next one: what it returns, or else what its object keeps, the inputs and the labels last."""
    others = sorted(kept.values(), key=lambda value: np.array_equal(value, X))
    return ([part for part in parts.values() if part.shape == shape or (weights and part.ndim)]
            or [value for value in others if value.shape == shape and not np.array_equal(value, labels)])


def gradients_of(parts, kept, shape, X, last, places):
    """Return the gradients of a shape that a backward pass returned or keeps. With inputs X, dX has their shape, and what is called a gradient comes first."""
    def first_place(found, among, key):
        """Return the paths of this shape; first that of the first call."""
        paths = sorted([path for path in found if found[path].shape == shape], key=lambda path: (path != places.get(among), key(path)))
        places.update({among: path for path in paths[:1]})
        return paths

    own = first_place(kept, "kept", lambda path: not any(is_gradient((name,)) for name in path))
    own, named = [kept[path] for path in own], [kept[path] for path in own if any(is_gradient((name,)) for name in path)]
    alike = first_place(parts, "returned", lambda path: False)
    dX = [part for part in parts.values() if X is not None and part.shape == np.shape(X)]
    returned = [parts[path] for path in alike]
    shaped = returned + named if X is None else named + returned
    others = [part for part in parts.values() if part.ndim and not any(part is each for each in dX)]
    found = {"gradient": (shaped + others + own)[:1] if shaped or last else [], "dX": dX}
    return {name: values[0] for name, values in found.items() if values}


def bias_of(made, parts, kept, shapes, result):
    """Return the gradient of the bias: what is called so, or the one array beside those of other shapes, if the object has a bias."""
    named = named_gradients(kept, "b|bias|biases") or named_gradients({("grads", *path): part for path, part in parts.items()}, "b|bias|biases")
    rest = [part for part in parts.values() if part.dtype.kind == "f" and part.shape not in shapes and part is not result.get("loss")]
    lone = len(rest) == 1 and "loss" in result and any(likeness(name_in(path), "b") == 2 for path in parts_of(vars(made), ()))
    return list(named.values()) or rest * lone


def losses_of(made, parts, shape, of_labels):
    """Return the losses that a method returned, and those that its object keeps: numbers, or else one for each example."""
    kept = [as_array(value) for name, value in vars(made).items() if named_like((name,), ("loss", "cost"))]
    numbers = [part for part in parts if part.size == 1 and part.dtype.kind in "fiu"]
    each = [part for part in parts + kept if part.dtype.kind == "f" and part.shape != shape and 1 < part.size == max(part.shape)
            and part.size in of_labels and not are_probabilities(part)]
    return numbers + [value for value in kept if value.size == 1 and value.dtype.kind == "f"] + each


# 14. The functions of a file, and the one that is judged


class File:
    """What a file defines, by name: its functions with their parameters, and its classes."""

    def __init__(self, module):
        self.module = module
        own = {name: value for name, value in vars(module).items() if callable(value) and getattr(value, "__module__", None) == module.__name__}
        self.defined = {name: with_its_name(name, value) for name, value in own.items()}
        gradient = r"d_?(w|b|z|logits|scores|theta)_?\d?|.*grad.*|delta\w*"
        self.computed = [name for name, value in vars(module).items() if isinstance(value, np.ndarray) and re.fullmatch(gradient, name.lower())]
        self.find_models(module)
        self.find_functions()
        self.find_losses_and_gradients()
        self.has_softmax = any("softmax" in name.lower() for name in [*own, *(name for model in self.models.values() for name in dir(model.kind))])

    def find_models(self, module):
        """Find the classes, and those inside of them."""
        outer = {name: value for name, value in self.defined.items() if isinstance(value, type)}
        inner = {f"{name}.{each}": value for name, kind in outer.items() for each, value in vars(kind).items()
                 if isinstance(value, type) and value.__module__ == module.__name__}
        self.models = {name: Model(kind) for name, kind in (outer | inner).items() if not issubclass(kind, (BaseException, type))}
        of_labels = {model for model in self.models.values() for name in model.methods if any_like(model.takes(name), "labels", 2)}
        for model in self.models.values():
            model.is_last = of_labels <= {model}

    def find_functions(self):
        """Find the functions with their parameters, those that train on many batches or on one, and the softmaxes."""
        functions = {name: value for name, value in self.defined.items() if not isinstance(value, type) and not re.search(UNTOUCHED, name.lower())}
        functions = {name: value for name, value in functions.items() if not name.startswith("_")} or functions  # private ones, if there are no others
        self.functions = {name: with_its_data(with_pairs(value)) for name, value in functions.items()}
        self.functions |= {way.__name__: way for value in self.functions.values() for way in derivative_by_a_flag(value)}
        self.takes = {name: parameters(value)[0] for name, value in self.functions.items()}
        self.on_one_batch = {name: value for name, value in self.defined.items() if inspect.isfunction(value) and self.is_on_one_batch(name)}
        self.trainers = {name: self.functions.pop(name) for name in self.takes if takes_steps(self.functions[name]) or re.search(TRAINERS, name.lower())}
        self.softmaxes = [value for name, value in self.functions.items() if says(name, "softmax|(^|_)prob", but=f"{BACK}|{LOSS}") and takes_one(value)]

    def find_losses_and_gradients(self):
        """Find the names of the losses and of the gradients, and which of them may belong together."""
        fitting = [name for name in self.functions if len(self.takes[name]) in ROLES]
        back = [name for name in fitting if re.search(BACK, name.lower())]
        passes = [name for name in fitting if re.fullmatch(PASS, name.lower()) and any_like(self.takes[name], "labels", 2)]
        self.losses = [name for name in fitting if name not in back and (name in passes or re.search(rf"{LOSS}|ce|^forward$", name))]
        # The gradient with respect to the logits is often called an error: it is one if it calls the softmax.
        errors = [name for name in fitting if name not in self.losses and re.search(r"error|delta|residual", name)
                  and any(calls(self.functions[name], softmax.__name__) for softmax in self.softmaxes)]
        self.gradients = list(dict.fromkeys([*back, *errors]))
        if not self.losses:  # then what takes the logits and the labels of a gradient, by the same names
            shared = [self.takes[g] for g in self.gradients if likely(g) > 0 and len(self.takes[g]) == 2]
            self.losses = [name for name in fitting if name not in self.gradients and self.takes[name] in shared]
        named = {f: [g for g in self.gradients if f in g] for f in self.losses}  # cost_grad belongs to cost, and delta is a helper then
        for gradients in filter(None, named.values()):
            gradients += [name for name in errors if not any(name == g or calls(self.functions[g], name) for g in gradients)]
        pairs = [(f, g) for f in self.losses for g in named[f] or self.gradients if self.belong_together(f, g)]
        # A gradient that calls the loss is a numerical derivative, and comes last.
        self.pairs = sorted(pairs, key=lambda pair: pair[0] in names_in(getattr(self.functions[pair[1]], "__code__", None)))
        of_probabilities = [self.functions[name] for name in self.losses if len(self.takes[name]) == 2
                            and re.search(PROBABILITIES, self.takes[name][not_labels(self.takes[name])].lower())]
        for model in self.models.values():
            if of_probabilities and model.weights and not model.has_loss:
                model.loss_beside = of_probabilities[0]

    def is_on_one_batch(self, name):
        """Return whether a function is called like a training or a test, but takes logits and labels alone, or weights, inputs and labels, by their names."""
        other, (given, optional, _) = re.sub(ON_ONE_BATCH, "", name.lower()), parameters(self.defined[name])
        of_layers = numbered(given) or [one for one in given if one in OF_SEVERAL_LAYERS]
        given = ["W"] * bool(of_layers) + [one for one in given if one not in of_layers]
        roles = {max(("W", "X", "labels", "b", "logits"), key=lambda role: likeness(one, role)): one for one in given}
        named = len(roles) == len(given) and all(likeness(one, role) > (role != "labels") for role, one in roles.items())
        named &= not re.search("iter|epoch|steps", " ".join(optional).lower())
        return named and {"labels"} < roles.keys() and ("W" in roles or roles.keys() == {"logits", "labels"}) and not re.search(UNTOUCHED, other) and (
            other != name.lower() or other in ("run", "model"))

    def belong_together(self, f, g):
        """Return whether a gradient may be that of a loss: it takes the same, or else labels, and perhaps the strength of a regularization besides."""
        same, as_many = self.takes[f] == self.takes[g], len(self.takes[f]) in (len(self.takes[g]), sum(likeness(name, "reg") < 2 for name in self.takes[g]))
        # What takes logits, as another loss does, belongs to no loss of probabilities.
        of_another = any(self.takes[other] == self.takes[g] for other in self.losses)
        return likely(g) >= 0 and as_many and (same or not of_another and any_like(self.takes[g], "labels"))

    def candidates(self):
        """Return the names of what may be the loss, with the ways to call it; the likeliest first."""
        softmax = next(iter(self.softmaxes), None if self.has_softmax else np.asarray)
        classes = [(name, list(model.ways(softmax))) for name, model in self.models.items()]
        found = [*self.single_functions(), *self.with_caches(), *self.with_gradients(), *self.of_tensors(), *self.functions_in_turn(), *classes]
        return sorted(found, key=lambda named: -likely(named[0])) + self.behind_a_layer(classes)

    def single_functions(self):
        return [(name, ways_of(function)) for name, function in self.functions.items()
                if len(self.takes[name]) in ROLES or numbered(self.takes[name]) or len(sizes_among(self.takes[name])) == 3
                or keys_of(function) or Recurrent(function).is_one()
                or (not self.takes[name] and likely(name) > 0)]

    def with_caches(self):
        return [(f, [cached(self.functions[f], self.functions[g])]) for f, g in itertools.permutations(self.functions, 2)
                if len(self.takes[f]) in ROLES and re.search(BACK, g) and not calls(self.functions[f], g)
                and (takes_probabilities(self.takes[g]) and f in self.losses and any_like(self.takes[f], "logits", 2)
                     or len(self.takes[g]) in (1, 2) and re.search(CACHE, self.takes[g][0] + self.takes[g][-1]))]

    def functions_in_turn(self):
        """Return a forward pass, a cost and a backward pass of the labels as one, if the functions of the file are these."""
        names = [name for name in self.functions if not re.search(r"linear|activ|relu|sigm|conv|layer", name.lower())]  # inside a network
        of_labels = [name for name in names if any_like(self.takes[name], "labels", 2)]
        back = [name for name in of_labels if re.search(BACK, name.lower()) and len(self.takes[name]) > 2]
        forward = [name for name in names if re.search(r"forward|fprop|fwd", name.lower()) and not re.search(BACK, name.lower())]
        forward = [self.functions[name] for name in forward if name not in of_labels] or self.softmaxes
        code = names_in(getattr(self.functions[back[0]], "__code__", None)) if back else set()
        has_loss = "log" in code or not code.isdisjoint(self.losses)
        costs = [name for name in self.losses if likely(name) >= 0 and not has_loss
                 and sum(given not in HOLDERS and likeness(given, "reg") < 2 for given in self.takes[name]) == 2][:1] or [None]
        return [(f or g, ways) for f in costs for g in back[:1] for first in forward[:1]
                if (ways := list(called_in_turn(first, self.functions.get(f), self.functions[g], has_loss)))]

    def of_tensors(self):
        """Yield losses of objects that keep their data and their gradient, which the backward pass of the loss fills."""
        for model in self.models.values():
            kept = {}
            with suppress(Exception):
                kept = vars(model.kind(np.zeros((2, 2))))
            if {"data", "grad"} <= kept.keys() and "backward" in model.methods:
                methods = {name: getattr(model.kind, name) for name in model.methods if re.search(LOSS, name) and len(model.takes(name)) == 1}
                functions = {name: self.functions[name] for name in self.losses if len(self.takes[name]) == 2}
                yield from ((name, [of_tensor(model.kind, loss)]) for name, loss in {**functions, **methods}.items())

    def with_gradients(self):
        """Yield losses with their gradients, and each alone if it takes probabilities."""
        for f, g in self.pairs + [(f, None) for f in self.losses] + [(None, g) for g in self.gradients]:
            both = loss_with_gradient(self.functions[f], self.functions[g]) if f and g else None
            ways = [both, *layered(both, self.functions[f])] if both else []
            if ways := ways + self.of_probabilities(f, g):
                yield f or g, ways
        for name, softmax in itertools.product(self.functions, self.softmaxes):
            upstream = [is_upstream(given) for given in self.takes[name]]
            if "softmax" in name and re.search(BACK, name) and sorted(upstream) == [False, True]:
                yield name, [product(softmax, self.functions[name], of_logits) for of_logits in (True, False)]

    def of_probabilities(self, f, g):
        """Return the ways to call functions of the probabilities or their logarithms, by the softmax of the file if it has one."""
        loss, gradient, names = self.functions.get(f), self.functions.get(g), self.takes[f or g]
        if f and g and takes_logits_by_name(loss):
            names = self.takes[g]
        first = names[not_labels(names)].lower()
        logs = bool(re.search(LOGARITHMS, first))
        beside = f and g and any(calls(gradient, value.__name__) and not calls(loss, value.__name__) for value in self.softmaxes)
        if len(names) != 2 or not (beside or logs or re.search(PROBABILITIES, first)):
            return []
        softmax = next((value for value in self.softmaxes if ("log" in value.__name__) == logs), None)
        lone = [(None, loss)] if f and not g else []  # it may be called after a loss, and be its gradient
        if not softmax:
            # Alone it may belong to probabilities, even if a class of the file has a softmax that nobody can call.
            pairs = [] if f and g and takes_logits_by_name(gradient) else [(loss, gradient)]
            return [] if logs or (f and g and self.has_softmax) else [loss_with_gradient(*both, given_probabilities=True) for both in lone + pairs]
        after = [self.functions[name] for name in self.functions if g and "softmax" in name and re.search(BACK, name) and name != g]
        return [*(loss_with_gradient(loss, gradient, softmax, back, takes_logits) for back in after[:1] for takes_logits in (False, True)),
                *(loss_with_gradient(*both, softmax) for both in [*lone, (loss, gradient)])]

    def not_judged(self, student, others):
        """Return the names of gradient functions, and of classes with a backward pass, that have no part in what was judged."""
        seen = {*re.findall(r"\w+", student.name), *(name.split()[0] for name in others)}
        seen = self.with_called(seen | {name for name, function in self.functions.items() if function in student.way.functions})
        found = {name for name, takes in self.takes.items() if re.search(BACK, name.lower()) and likely(name) > 0
                 and (are_weights(takes) or any(likeness(given, "labels") or re.search(CACHE, given) for given in takes))}
        if student.gradient_only or student.loss_only:
            found |= self.with_the_other_part(student)
        bases = {base.__name__ for name in self.models.keys() & seen for base in self.models[name].kind.__mro__}
        classes = {f"{name}.{back}" for name in self.models.keys() - seen - bases if likely(name) > 0
                   for back in forward_and_backward(self.models[name].methods)[1]}
        computed = {name for name in self.losses if student.way.without_loss and self.functions[name] not in student.way.functions}
        return found - seen | classes | computed

    def with_the_other_part(self, student):
        """Return the names of functions, and of methods of its class, that may have the loss of a gradient alone, or the gradient of a loss alone."""
        kind, dot, _ = student.name.partition(".")
        methods = self.models[kind].methods if dot and kind in self.models else []
        forward, back = forward_and_backward(methods)
        if student.gradient_only:
            functions = [name for name in self.losses if any_like(self.takes[name], "labels")]
            methods = [name for name in forward if name not in student.name and len(self.models[kind].takes(name)) > 1]
        else:  # what takes a step by itself has a gradient inside
            used = {*self.gradients, *self.losses, *self.trainers}
            functions = [name for name, function in self.trainers.items() if takes_steps(function) and not any(calls(function, each) for each in used)]
            methods = [name for name in methods if re.search(r"(^|_)(train|fit|step|update)", name) or name in back]
        return {*functions, *(f"{kind}.{name}" for name in methods)}

    def with_a_jacobian(self, name):
        """Return the names of the functions that call a derivative, and one of the softmax besides."""
        of_softmax = [other for other in self.functions if re.search(f"jacob|{BACK}", other.lower()) and other != name]
        return [user for user, function in self.defined.items() if calls(function, name) and any(calls(function, other) for other in of_softmax)]

    def with_called(self, names):
        """Return the names of functions and classes, and of those that they call."""
        users = [each[name] for name in names for each in (self.functions, self.on_one_batch) if name in each]
        users += [method for name in names if name in self.models for method in vars(self.models[name].kind).values()]
        more = names | {name for name in {*self.functions, *self.models} if any(calls(user, each) for user in users for each in [name, *self.objects(name)])}
        return names if more == names else self.with_called(more)

    def objects(self, name):
        """Return the names that objects of a class have in the file."""
        kind = self.defined.get(name)
        return [each for each, value in vars(self.module).items() if type(value) is kind]

    def behind_a_layer(self, classes):
        """Return the ways to call a layer of softmax, and then what takes its probabilities."""
        first = [name for name, model in self.models.items() if re.search(r"softmax(_?(module|layer|activation))?$", name.lower()) and model.directions()][:1]
        seconds = [(name, [way for way in ways if len(way.steps) > 1]) for name, ways in classes if name not in first]
        seconds += [(f, [loss_with_gradient(self.functions[f], self.functions[g])]) for f, g in self.pairs]
        return [(name, [self.models[each].before(*methods, way) for methods in self.models[each].directions() for way in ways])
                for each in first for name, ways in seconds]


def with_its_name(name, value):
    """Return a function or a class under the name that it has in a file: a lambda, and an object that can be called, have none."""
    value = value if hasattr(value, "__name__") else functools.partial(value)
    if getattr(value, "__name__", "<lambda>") == "<lambda>":
        value.__name__ = name
    return value


def derivative_by_a_flag(function):
    """Yield a function as its derivative, if it has an optional parameter that asks for that, such as derivative=False."""
    given = inspect.signature(function).parameters
    required = [one for one in given.values() if one.default is one.empty]
    for name in given:
        if given[name].default is False and re.search("deriv|prime|grad|back", name.lower()):
            yield Way(functools.partial(function, **{name: True}), f"{function.__name__}({name}=True)", signature_of(*required))


def takes_one(function):
    """Whether a function can be called with one argument alone."""
    given = inspect.signature(function).parameters.values()
    return sum(each.default is each.empty and each.kind is not each.VAR_KEYWORD for each in given) == 1


def takes_steps(function):
    """Whether a function takes steps of training: what it returns is then no derivative at the weights that it got."""
    required, optional, _ = parameters(function)
    return trains(required + optional, function) or bool(re.search("epoch|(^|_)sgd", function.__name__.lower()))


def trains(names, function):
    """Whether parameters of these names are those of a training. The natural parameters of a distribution are called eta as well."""
    if re.fullmatch("learning_?rate", "".join(names[3:]).lower()) and re.search(LOSS, function.__name__):
        return False  # so a port of a well-known course calls the strength of the regularization
    return any(re.search(TRAINS, name.lower()) for name in names if name != "eta" or len(names) > 2)


def calls(function, name):
    return name in getattr(getattr(function, "__code__", None), "co_names", ())


def answer_of(module, file, options):
    """Return the Answer for the function of a file that is the loss, or raise Stop if there is none."""
    asked, own = Asked(options.signature, options.sum, options.gradient_only), File(module)
    if name := options.function or ("loss_and_gradient" if hasattr(module, "loss_and_gradient") else None):
        return judge(ways_named(name, module, own, file), asked)
    with np.errstate(all="ignore"):
        tried = without_needless_pairs(trials_of_file(own, asked))
        if not any(trial.stopped_as_wrong or trial.fits and not trial.student.loss_only for trial in tried):
            tried = trials_outside(module, asked, any(trial.fits for trial in tried)) or tried
        if not tried:
            raise Stop("cannot check", nothing_found(own, file))
        best = chosen(tried, asked)
        answers = {trial: verdict_on(trial) for trial in [best, *like(best, tried, own)]}
    trial = next((trial for trial in answers if answers[trial]["verdict"] == "wrong"), best)
    answer = (trial.right and without_gradient(trial.student, own, asked)) or answers[trial]
    verdicts = {other.name: f"{other.name} ({answers[other]['verdict']})" for other in answers}
    others = [verdicts.get(other.name, other.name) for other in tried if other.whole and other.name != trial.name and likely(other.name) >= 0
              and not any(calls(other.student.function, function.__name__) for function in trial.student.way.functions)
              and not (trial.right and calls(trial.student.function, other.name))]
    return with_the_rest(answer, trial, list(dict.fromkeys(others)), tried, own)


def trials_outside(module, asked, has_loss):
    """Return the Trials of lines outside of functions that are right, or wrong in a known way; beside a loss, what they have more than that."""
    known = [trial for trial in trials_of(outside_of_functions(module), asked) if trial.fits and is_known(trial)]
    return [trial for trial in known if trial.whole or not (has_loss and trial.right)]


def is_known(trial):
    """Return whether lines outside of functions are right, or wrong in a way that neither their rates nor other terms of the loss can explain."""
    answer = verdict_on(trial)
    codes = {found["code"] for found in answer["findings"] if found["code"] != "mistake"}
    layers = trial.right and "weights" in codes and "regularization" not in codes  # of which the last one is right
    return answer["verdict"] in ("correct", "fragile") or is_wrong_by_name(trial) or layers or "bias" in codes and trial.student.way.knows_scale


def is_wrong_by_name(trial):
    """Return whether mistakes, or formulas of no other loss, explain what a program returns, and not by a factor that may be one of its rate."""
    student = trial.student
    if not has_formulas(student):
        return False
    runs = runs_of(student)
    found = {part: explain(student, runs, part) for part in student.parts}
    facts = [fact_known(student, runs, part) for part in student.parts if not found[part]]
    scales = {scale for part in student.parts if found[part] for *_, scale in [found[part]]}
    named = bool(facts) or any(found[part][0] for part in student.parts)
    return not any(fact.related for fact in facts) and (student.way.knows_scale and (named or scales != {student.scale}) or named and scales <= {student.scale})


def ways_named(name, module, own, file):
    """Return the ways to call a function or a class that is named, by its methods or behind a softmax too."""
    function = functools.reduce(lambda value, part: getattr(value, part, None), name.split("."), module)
    if not callable(function):
        raise Stop("cannot check", f"{file} has no function {name}; it defines {', '.join(own.defined) or 'none'}")
    beside = [way for each, ways in own.candidates() if each == name for way in ways if isinstance(way, Way)]
    return ways_of(function) + [way for way in beside if isinstance(function, type) or way.functions == [function]]


def trials_of_file(own, asked):
    """Return the Trials of what may be the loss, and of what is called like a training, and uses all of it; these alone if nothing is right."""
    tried = trials_of(own.candidates(), asked)
    last = trials_of([(name, ways_of(function)) for name, function in own.on_one_batch.items()], asked)
    used = [trial.name for trial in tried if trial.whole]
    last = [trial for trial in last if not trial.student.effects.noticed]  # which takes no step
    last = [trial for trial in last if trial.whole or trial.stopped_as_wrong or trial.right and not tried]
    if last := [trial for trial in last if all(calls(trial.student.function, name) for name in used)]:
        return last + tried * any(trial.right and trial.whole for trial in tried)
    if any(trial.fits and trial.parts_right for trial in tried):
        return tried
    steps = [(name, list(one_step(function))) for name, function in own.defined.items() if inspect.isfunction(function)]
    last = trials_of([(name, ways_of(function)) for name, function in own.trainers.items()] + steps, asked)
    return tried + [trial for trial in last
                    if trial.right or (is_wrong_by_name(trial) if trial.student.way.rate else not takes_steps(trial.student.function))]


def chosen(tried, asked):
    """Return the Trial that is judged: the best, or what is judged in its place; or a loss with its gradient."""
    best = max(tried, key=lambda trial: trial.rank)
    best = clearest(best, [trial for trial in tried if trial.name == best.name])
    best = next((trial for applies in IN_ITS_PLACE for trial in tried if applies(trial, best)), best)
    best = max((trial for trial in tried if joins(trial, best)), key=lambda trial: trial.rank, default=best)
    return with_given_probabilities(loss_alone(with_the_other(best, tried, asked), tried))


def uses(trial, best):
    """Return whether a function calls the best, or a part of it, or an object of it."""
    own, kind = getattr(trial.student.function, "__globals__", {}), best.student.way.kind
    names = [*(part.__name__ for part in best.student.functions), best.name.partition(".")[0], *(name for name in own if kind and type(own[name]) is kind)]
    return any(calls(trial.student.function, name) for name in names)


def is_better(trial, best):
    return trial.whole and (trial.right, trial.parts_right) > (best.right, best.parts_right) and trial.name != best.name and not best.right


def has_loss_of(trial, scale):
    """Return whether its loss is that of a sum, or of a mean."""
    return error(trial.run.seen.loss, predicted({}, scale, trial.run.b).loss, 1.0) <= LOSS_WRONG


IN_ITS_PLACE = [  # what is judged in place of the best
    # the function that it calls, if that is right
    lambda trial, best: (is_better(trial, best) and trial.right and trial.student.form.axes == best.student.form.axes
                         and calls(best.student.function, trial.name)),
    # the function that calls it, if more is right there
    lambda trial, best: is_better(trial, best) and uses(trial, best),
    # the function that calls it with probabilities
    lambda trial, best: trial.whole and best.student.way.given_probabilities and uses(trial, best) and not trial.student.way.given_probabilities,
    # the function that calls it, if a name in that is not known
    lambda trial, best: not best.whole and isinstance(getattr(trial.raised, "error", None), NameError) and uses(trial, best),
    # a loss and a gradient that uses the derivative by the probabilities
    lambda trial, best: (trial.whole and trial.loss_right and best.student.way.behind and not best.right
                         and any(calls(part, best.student.functions[-1].__name__) for part in trial.student.functions)),
    # the gradient that uses the derivative by the probabilities, if it is right or wrong in a known way
    lambda trial, best: (trial.fits and trial.student.gradient_only and best.student.way.behind and best.loss_right and not best.right
                         and uses(trial, best) and (trial.right or has_formulas(trial.student))),
    # the gradient that uses the layers which were called in turn, if it is right
    lambda trial, best: (trial.right and trial.student.gradient_only and best.student.way.chained and best.loss_right and not best.right
                         and likely(trial.name) >= 0 and uses(trial, best) and any(has_loss_of(best, scale) for scale in trial.scales)),
    # the function that joins a loss to a gradient of a wrong shape, or the like: this tells more than the loss alone
    lambda trial, best: (trial.stopped_as_wrong and trial.loss_right and not best.whole
                         and (uses(trial, best) or {*best.student.functions} < {*trial.student.functions})),
]


def joins(trial, best):
    """Return whether a function calls all functions of the best, as one that returns the loss and the gradient by two others does."""
    as_good = trial.whole and (trial.loss_right or trial.parts_right >= best.parts_right) and trial.student.form.target == best.student.form.target
    return (as_good and len(best.student.way.functions) > 1
            and all(calls(trial.student.function, part.__name__.partition("(")[0]) for part in best.student.functions))


def with_the_rest(answer, trial, others, tried, own):
    """Return the Answer with what the file has beside what was judged: other losses, and functions that may belong to it."""
    student, rest = trial.student, [other for other in tried if other.name != trial.name]
    lone = {other.name for other in rest if other.fits and not (other.whole or trial.whole)
            and parameters(other.student.function) == parameters(student.function)}
    said = " ".join(found["evidence"] for found in answer["findings"])
    lone = sorted(name for name in lone | own.not_judged(student, others) if f"not {name}" not in said)
    mistakes = [found["mistake"] for found in answer["findings"] if found["mistake"]]
    unknown = answer["verdict"] in ("wrong", "cannot check") and trial.fits and not mistakes
    chains = own.with_a_jacobian(student.functions[-1].__name__) if student.way.behind and mistakes[:1] == [BY_S] else []
    if lone and unknown and student.gradient_only and student.form.target == "logits":
        # A part of a chain, such as the derivative by the probabilities, is no wrong gradient.
        why = f"it returns something other than the gradient with respect to the logits. Perhaps {' or '.join(lone)} turns it into that. {AROUND}"
        answer = stopped("cannot check", why, answer["reading"])
    elif chains:
        why = (f"{student.functions[-1].__name__} returns the derivative by the probabilities, -y/s, and it seems that {chains[0]} multiplies it"
               f" by the Jacobian. {AROUND}")
        answer = stopped("cannot check", why, answer["reading"])
    elif lone and trial.fits and not trial.whole:
        answer["reading"] += f"; not looked at: {', '.join(lone)}"
        answer.remarks.insert(0, f"If {' or '.join(lone)} computes the other part, write a function loss_and_gradient(logits, labels) that calls both.")
    elif lone:
        answer.remarks.insert(0, f"Not looked at: {', '.join(lone)}.")
    elif student.loss_only and own.computed:
        answer["reading"] += f"; not looked at: {', '.join(own.computed)}, computed outside of functions"
    answer.remarks[:0] = [f"{other.name} raises an error. {other.raised}" for other in rest
                          if trial.fits and other.raised and not isinstance(other.raised.error, NotImplementedError)
                          and likely(other.name) == likely(trial.name) and takes_the_same(other.student, student)]
    if trial.right and trial.name in own.models:  # the layers that a class calls are no other way to compute the same
        others = [name for name in others if not own.models[trial.name].calls({name})]
    if others:
        answer.remarks.insert(0, f"The file has {', '.join(others)} as well: --function {others[0].split()[0]} checks that one.")
    return answer


def without_gradient(student, own, asked):
    """Return the Answer for a loss alone whose gradient can't be judged: a function of the same parameters, or a backward pass that raises an error."""
    why = student.loss_only and (why_not_judged(student, own, asked) or why_it_raises(student, own, asked))
    return stopped("cannot check", f"the loss can be judged, but not {why}", str(student)) if why else None


def why_not_judged(student, own, asked):
    """Return which function of the same parameters may be the gradient, and why it can't be judged, or None."""
    for name, function in own.functions.items() if not student.way.functions else ():
        for way in ways_of(function) if says(name, BACK, but=LOSS) and likely(name) > 0 and name != student.name else ():
            if parameters(way) == parameters(student.function):
                with np.errstate(all="ignore"), suppress(Stop):
                    both = read(loss_with_gradient(student.function, way), asked)
                    if not both.fits:
                        return f"{name}: {both.stop.why if both.stop else both.raised}"
    return None


def why_it_raises(student, own, asked):
    """Return which backward pass raises an error in its own code after a forward pass of what the loss takes, and which error, or None."""
    for name, model in own.models.items():
        forward, back = forward_and_backward(model.methods) if likely(name) > 0 or student.name.startswith(f"{name}.") else ([], [])
        trials = [Trial(Student(way, form, asked)) for way in model.ways() if way.steps and way.steps[-1] in back and way.steps[0] == forward[0]
                  for form in forms(way, asked.signature) if form.axes == student.form.axes]
        inside = [trial for trial in trials if trial.raised and is_raised_in(trial.raised.error, getattr(model.kind, trial.student.way.steps[-1]))]
        if inside and not any(trial.fits for trial in trials):
            return f"{name}.{inside[0].student.way.steps[-1]}, which raises an error. {inside[0].raised}"
    return None


def is_raised_in(error, method):
    import traceback

    return any(frame.f_code is method.__code__ for frame, _ in traceback.walk_tb(error.__traceback__))


def trials_of(candidates, asked):
    """Return the best Trial of each candidate, until one has taken too long."""
    tried, done = [], []
    for name, ways in candidates:
        trials = []
        if any(isinstance(way, Way) and way.chained for way in ways) and any(trial.whole and trial.parts_right for trial in tried):
            continue  # a layer that has both is meant
        for way in ways:
            with suppress(Stop):
                trial = read(way, asked)
                done.append(trial)
                if may_be_something_else(trial, name):
                    continue
                trials.append(trial)
                if (trials[-1].right and trials[-1].whole) or are_slow(done):
                    break
        if trials:
            tried.append(best_of(trials))
            tried[-1].name = name
        if are_slow(done):
            break
    return tried


def may_be_something_else(trial, name):
    """Return whether nothing is right or explained, and no name says that it is a loss or a gradient: a softmax takes other parameters too."""
    student, way = trial.student, trial.student.way
    has_name = likely(name) > 1 or way is not Way
    if trial.stopped_as_wrong and way.guesses_pair:
        return True  # a guess put its functions together
    names = way.steps or [function.__name__ for function in way.functions]
    is_pair = trial.whole and len(names) > 1 and not re.search(f"{LOSS}|{FORWARD}|ce", names[0].lower())
    if is_pair and trial.gradient_right and not trial.loss_right and not has_formulas(student):
        return True  # the gradient is right alone, and the other is an accuracy or the like
    guesses = way.guesses_upstream or way.is_given_upstream
    if trial.parts_right or has_name and not guesses:
        return False
    if trial.stopped_as_wrong:
        return min(student.likenesses()) < 2 or not student.may_be_of_a_softmax  # a name does not say clearly what the parameter is
    return (guesses or likely(name) == 1 and student.gradient_only) and trial.fits and names_needed(student) == UNEXPLAINED


def without_needless_pairs(tried):
    """Leave out pairs of which one function is enough: it returns loss and gradient alone."""
    alone = {trial.student.function: trial.parts_right for trial in tried if trial.whole}
    stopped = [trial.student.function for trial in tried if trial.stopped_as_wrong and trial.loss_right]

    def is_needless(trial):
        way = trial.student.way
        # Wrong pairs too if it returns a gradient of a wrong shape, and a pass with a cache if more is right without its backward pass.
        return any(function in alone or function in stopped and not trial.right for function in way.functions) or alone.get(way.forward, 0) > trial.parts_right

    return [trial for trial in tried if not is_needless(trial)]


def like(best, tried, own):
    """Return the trials of what is judged as well: functions like the best, as one with loops beside one with arrays, and classes that use it."""
    whole = [trial for trial in tried if trial.whole and trial.name != best.name]
    partly_right = [trial for trial in whole if trial.parts_right and not best.student.slow]
    alike = [trial for trial in partly_right if is_like(trial, best)]
    if not best.right:
        return alike
    alike += [trial for trial in whole if not trial.right and best.name in own.with_called({trial.name}) and names_needed(trial.student) < UNEXPLAINED]
    if best.student.loss_only:
        alike += [trial for trial in tried if trial.fits and trial.student.loss_only and not trial.right and uses(trial, best) and has_formulas(trial.student)]
    last = best.student.functions[-1].__name__
    # A wrong gradient alone is judged if it calls the last function of the best, or if it is one by the weights and may belong to a loss of the logits.
    alike += [trial for trial in tried if trial.fits and trial.student.gradient_only and not trial.right and has_formulas(trial.student)
              and (calls(trial.student.function, last) or best.student.loss_only and trial.student.form.target == "W")]
    used = {best.name, *(function.__name__ for function in best.student.functions)}
    return alike + [trial for trial in partly_right if trial.name in own.models and own.models[trial.name].calls(used)]


def is_like(trial, best):
    """Return whether a function computes the same as the best in another way: by its name and parameters, and without the best."""
    same = likely(trial.name) == likely(best.name) and trial.student.form == best.student.form
    apart = not (calls(trial.student.function, best.name) or trial.student.way.steps or best.student.way.after)
    return same and apart and (trial.right or likely(trial.name) > 0 or has_formulas(trial.student))  # else it may be an accuracy


def with_the_other(best, tried, asked):
    """Return the Trial of a loss with its gradient, where only one of them was found; or what was given."""
    lone, missing = ("gradient_only", "loss_only") if best.student.gradient_only else ("loss_only", "gradient_only")
    for other in sorted(tried, key=lambda trial: not trial.right) if best.fits and getattr(best.student, lone) else ():
        alike = other.fits and getattr(other.student, missing) and takes_the_same(best.student, other.student)
        # Without a name that says what it is, the other one has to be right, or wrong in a known way.
        named = likely(other.name) > 1 or other.name in (f"d{best.name}", f"d_{best.name}")
        known = alike and (other.right or named or has_formulas(other.student))
        if known or (alike and not best.right):
            loss, gradient = sorted((best.student, other.student), key=lambda student: student.gradient_only)
            with suppress(Stop):
                both = read(loss_with_gradient(*(getattr(each.function, "original", None) or each.function for each in (loss, gradient))), asked)
                if both.whole and (known or verdict_on(both)["verdict"] == "cannot check"):
                    both.name = loss.name
                    return both
    return best


def takes_the_same(one, other):
    """Return whether two functions have parameters of the same names, or of the same roles in the same order."""
    roles = [(list(student.form.roles.values()), student.form.axes) for student in (one, other)]
    return parameters(one.function) == parameters(other.function) or roles[0] == roles[1]


def loss_alone(best, tried):
    """Return the loss without its gradient, if each is right alone: one for logits in rows, the other for columns, whose number it divides by."""
    lone = [trial for trial in tried if trial.right and not trial.student.form.single]
    losses = [trial for trial in lone if trial.name == best.name and trial.student.loss_only]
    columns = {trial.student.form.columns for trial in lone if trial.student.gradient_only and trial.run.gradient_error <= WRONG}
    return losses[0] if losses and not best.right and columns == {not losses[0].student.form.columns} else best


def nothing_found(own, file):
    """Say which function to write, for what a file defines."""
    defined = [f"{name}({', '.join(sum(parameters(value)[:2], []))})" for name, value in own.defined.items() if not isinstance(value, type)]
    names = [*own.defined, *(f"{name}.{method}" for name, model in own.models.items() for method in model.methods)]
    trains = [name for name in names if re.search(r"(^|[_.])(train|fit|step|update)", name)]
    lines = f"computed in {trains[0]}" if trains else "computed outside of functions" if all("softmax" in name for name in own.defined) else ""
    way_out = f"If loss and gradient are {lines}, move those lines into a function: def loss_and_gradient(W, X, y): ... return loss, dW"
    return (f"{file} has no function that can be called as the loss or its gradient; it defines {', '.join(defined + list(own.models)) or 'none'}."
            f"{''.join(map(of_softmax, own.softmaxes[:1]))} {way_out if lines else AROUND}")


def of_softmax(function):
    """Say whether a softmax that is called with nothing else is right: for moderate logits of one example or of rows, and for large ones."""
    z = batches()[0].z

    def probabilities(logits):
        with suppress(Raised), students_code():
            found = arrays_in(opened(function(logits.copy())), logits.shape).values()
            return next((part for part in found if part.shape == logits.shape and part.dtype.kind == "f"), None)

    for which, logits, right in [("in rows", z, softmax(z)), ("in columns", z, softmax(z, axis=0)), ("of one example", z[0], softmax(z)[0])]:
        got = probabilities(logits)
        if got is not None and error(got, right) <= WRONG:
            fails = next((size for size in range(10, 1001, 10) if (large := probabilities(logits + size)) is None or not np.isfinite(large).all()), None)
            large = f", and nan from about {fails} on, where exp overflows: subtract the largest logit before exp" if fails else ", and for large ones"
            return f" Its {function.__name__} is right for moderate logits {which}{large}."
    return ""


# 15. The words


def in_words(answer, paint=lambda text, colour: text):
    """Return the answer as text; paint(text, colour) may colour it."""
    def add(text, indent="", **colour):
        text = fill(text, 80, initial_indent=indent, subsequent_indent="  ", break_on_hyphens=False)
        lines.append(paint(text, **colour) if colour else text)

    lines, said = [], []
    verdict = answer["verdict"]
    part = ", as far as it was looked at" if "; not looked at" in answer["reading"] and verdict != "cannot check" else ""
    add(f"{verdict.capitalize()}{part}.", colour={"correct": "green", "wrong": "red"}.get(verdict, "yellow"))
    if answer["reading"]:
        add(f"Read as {answer['reading']}.")
    for found in answer["findings"]:
        lines.append("")
        known = KNOWN.get(found["mistake"])
        beside = known and known.name in LIMITS and verdict == "wrong" and found is not answer["findings"][0]
        if known:
            add(f"Also: {known.name}" if beside else known.name[0].upper() + known.name[1:], colour="bold")
            fix = in_columns(known.fix) if "(k, N)" in answer["reading"] else known.fix
            evidence = [found["evidence"].split("; ")[0]] if beside else [found["evidence"], f"Hint: {known.hint}"]
            texts = [*evidence, f"Fix:  {fix}"]
            for text in (*texts, f"Page: {found['page']}"):
                add(text, "  ")
        else:
            texts = [found["evidence"]]
            add(*texts, "- ")
            if not found["page"].startswith("is-mine-right"):
                add(f"Page: {found['page']}", "  ")
        said += texts if found["code"] not in ("cannot-check", "raises") else []  # which have the program's letters
    lines.append("")
    shapes = re.findall(r"(?<= )\((?:[NkD1 +,]|hidden)+\)", answer["reading"])
    if letters := legend([*said, *shapes]):
        add(letters)
    for text in in_numbers(answer) if verdict in ("correct", "wrong") else ():  # where it is fragile, they stand above
        add(text)
    for remark in answer.remarks:
        add(f"Remark: {remark}")
    return "\n".join(lines).rstrip()


LETTERS = {
    "N": "N examples", "k": "k classes", "D": "D features", "z": "logits z", "s": "probabilities s = softmax(z)",
    "y": "one-hot labels y", "c": "true class c", "m": "largest logit m",
}


def legend(texts):
    """Return what the letters in some texts stand for."""
    used = [meaning for letter, meaning in LETTERS.items() if re.search(rf"(?<![\w'.]){letter}(?![\w'(])|_{letter}\b", " ".join(texts))]
    return f"Letters: {', '.join(used)}." if used else ""


def in_numbers(answer):
    """Yield the largest error of the gradient, and the loss."""
    gradient, loss = answer["gradient"], answer["loss"]
    if gradient["at"]:
        size, expected, got = (float(gradient[key]) for key in ("largest_relative_error", "expected", "got"))
        if size >= 1e-12 or size != size:
            size = f" {size:.1e}" if size < float("inf") else ""
            yield "Largest relative error{}: row {}, class {}, expected {}, got {}".format(size, *gradient["at"], *apart(expected, got, 6))
        elif answer["verdict"] != "wrong":  # else what is wrong is something else; its digits differ from one machine to the next
            yield "Largest relative error below 1e-12, which is rounding."
    if loss["got"] is not None:
        expected, got = f"{float(loss['expected']):.6g}", f"{float(loss['got']) + 0.0:.6g}"
        yield f"Loss: {got}, as expected" if expected == got else f"Loss: expected {expected}, got {got}"


def in_columns(fix):
    """Return a fix for logits (N, k) as one for logits (k, N)."""
    for rows, columns in [("(N, k)", "(k, N)"), ("axis=1", "axis=0"), ("[np.arange(N), labels]", "[labels, np.arange(N)]")]:
        fix = fix.replace(rows, columns)
    return fix


def painter(stream):
    """Return a function that colours text, if the stream is a terminal that wants it."""
    # Windows' older terminals print the codes instead of obeying them.
    coloured = stream.isatty() and not os.environ.get("NO_COLOR") and sys.platform != "win32"
    codes = {"bold": 1, "red": 31, "green": 32, "yellow": 33}
    return lambda text, colour: f"\x1b[{codes[colour]}m{text}\x1b[0m" if coloured else text


# 16. The command: a parent that waits, and a child that runs the student's code


def parse(arguments):
    import argparse

    parser = argparse.ArgumentParser(
        prog="diagnose.py",
        description="Say what is wrong with a gradient of the softmax cross-entropy loss.",
        epilog="Exit code 0: correct. 1: wrong. 2: can't be checked. 3: fragile. Memory is limited on Linux only.",
    )
    add = parser.add_argument
    add("file", help="Python file with your function")
    add("--function", metavar="NAME", help="the name of the function or class, if the file has several")
    add("--signature", choices=FORCED, type=lambda text: text.strip("() ,").replace(" ", ""),
        metavar="NAMES", help="what it takes: N,k or k,N or k, the shape of the logits, and labels; or W,X,y,reg")
    add("--sum", action="store_true", help="the loss must be the sum over the batch")
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
    try:
        print(text.encode(encoding, "backslashreplace").decode(encoding), flush=True)
    except BrokenPipeError:  # as with `| head`: nobody reads the rest
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return {"correct": 0, "wrong": 1, "fragile": 3}.get(answer["verdict"], 2)


def answer_of_child(options, arguments):
    """Run this file in a process of its own and return its Answer."""
    import marshal
    import subprocess
    import tempfile

    # One thread is enough, and no plot may wait for somebody to close its window.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    nothing = subprocess.DEVNULL
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "program")
        program.write_bytes(marshal.dumps(COMPILED))  # so that the child need not compile this file again
        start = "import marshal, sys; exec(marshal.load(open(sys.argv.pop(1), 'rb')))"
        command = [sys.executable, "-c", start, str(program), *arguments, "--child", folder]
        child = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment, start_new_session=True)
        try:
            ended = exit_code(child, options.timeout + 5)  # the child watches its own time; 5 s more if it can't
        finally:
            end_all(child)
        try:
            return Answer(**json.loads(Path(folder, "answer.json").read_text("utf-8")))
        except (OSError, ValueError):
            return stopped("cannot check", why_no_answer(options, ended, Path(folder, "stopped.txt")))


def exit_code(child, seconds):
    """Return the exit code of a child, or None if it doesn't end within so many seconds."""
    import threading

    # `wait` with a time limit would look only every 50 ms, which is a quarter of a verdict.
    waiting = threading.Thread(target=child.wait, daemon=True)
    waiting.start()
    waiting.join(seconds)
    return child.poll()


def end_all(child):
    """End the child, and whatever processes the student's code began."""
    with suppress(ProcessLookupError, AttributeError):  # nothing left; or on Windows, where none can be found
        os.killpg(child.pid, 9)
    child.kill()
    child.wait()


def why_no_answer(options, ended, log):
    """Return why the child left no answer, with the line that it was in."""
    import linecache
    log = log.read_text("utf-8", "replace") if log.exists() else ""
    # faulthandler writes the deepest line first, and names in ASCII.
    file = str(Path(options.file).resolve())
    name = re.escape(file.encode("ascii", "backslashreplace").decode())

    def where(end=""):
        line = re.search(rf'File "{name}", line (\d+){end}', log)
        return f", in line {line[1]}: {linecache.getline(file, int(line[1])).strip()}" if line else ""

    if "Timeout" in log and where(" in <module>"):
        return f"it did not end within {options.timeout:g} s when it was loaded{where(' in <module>')}. {MAIN}"
    if "Timeout" in log or ended is None:
        return f"it did not end within {options.timeout:g} s{where()}. If it is only slow, try --timeout 60"
    return f"it ended Python itself{where()} (exit code {ended}): by a crash, by os._exit(), or because no memory was left"


def child(options):
    """Judge the file, and leave the answer in the folder that the parent reads."""
    watch(Path(options.child, "stopped.txt"), options.timeout)
    limit_memory()
    module = raised = None
    try:
        module, raised = load(options.file)
        answer = answer_of(module, options.file, options)
    except Stop as stop:
        answer = stopped(*stop.args)
    except Exception as error:
        answer = stopped("cannot check", f"diagnose.py itself failed, with {type(error).__name__}: {error}. That is no fault"
                                         " of yours, unless your file replaces functions of NumPy")
    unsaid = answer["verdict"] == "cannot check" and module and ANOTHER_LOSS not in str(answer["findings"])
    if unsaid and (text := text_of(options.file)) and not speaks_of_a_softmax(text):
        why = instead_of_a_softmax(text)
        answer.remarks.append(f"Is it about a softmax? {why[0].upper()}{why[1:]} in {options.file}.")
    if old := sorted(getattr(module, "old_names", ())):
        verdict, names = answer["verdict"], " and ".join(old)
        why = f"NumPy no longer has np.{' and np.'.join(old)}, and raises an AttributeError there: write {names}"
        why += f". With that it is {verdict}" * (verdict != "cannot check")
        answer["verdict"], answer["findings"] = "cannot check", stopped("cannot check", why)["findings"] + answer["findings"]
    elif unused := unused_old_names(options.file) if answer["verdict"] == "cannot check" or "; not looked at" in answer["reading"] else []:
        answer.remarks.append(f"NumPy no longer has np.{' and np.'.join(unused)}: write {' and '.join(unused)}.")
    if raised and answer["verdict"] == "cannot check":
        answer["findings"] = stopped("cannot check", f"when the file is loaded, it raises: {raised}")["findings"] + answer["findings"]
    elif raised:
        answer.remarks.append(f"When the file is loaded, it raises: {raised}")
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


def load(file):
    """Return a Python file as a module, and what it raised after it had defined something to judge; or raise Stop."""
    path = Path(file).resolve()
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise Stop("cannot check", f"{file} {what}: name the Python file that holds your function")
    if path.suffix == ".ipynb":
        raise Stop("cannot check", f"{file} is a notebook: save it as a .py file, or call diagnose(your_function) in a cell")
    module = type(sys)("homework")
    module.__file__, module.old_names = str(path), old_names_of_numpy()
    sys.modules["homework"] = module  # dataclasses look their module up
    sys.path[:0] = [str(path.parent), os.getcwd()]
    sys.argv = [str(path)]
    try:
        with students_code():  # not imported: that would leave a __pycache__ beside the homework
            code = compile(path.read_bytes(), str(path), "exec")
            if b"get_ipython()" in path.read_bytes():  # a notebook saved as a program: its magic does nothing
                from unittest.mock import MagicMock

                module.get_ipython = MagicMock()
            exec(code, module.__dict__)
    except Raised as raised:
        if not isinstance(raised.error, SyntaxError):
            define_functions(path, module)
        if not any(getattr(value, "__module__", None) == module.__name__ for value in vars(module).values()):
            raise Stop("cannot check", f"it can't be loaded. {raised}") from None
        return module, f"{str(raised).rstrip('.')}. {MISSING if isinstance(raised.error, ImportError) else MAIN}"
    return module, None


OLD_NAMES = ("int", "float", "bool", "object")  # of built-in types; NumPy has a bool again


def old_names_of_numpy():
    """Let NumPy have its old names of built-in types again; return a set that grows with those that are used."""
    used, own = set(), np.__getattr__

    def found(name):
        if name not in OLD_NAMES:
            return own(name)
        used.add(name)
        return getattr(builtins, name)

    np.__getattr__ = found
    return used


def unused_old_names(file):
    """Return the old names of NumPy that stand in a file, in what was not looked at."""
    source = text_of(file)
    return [name for name in OLD_NAMES if name not in vars(np) and re.search(rf"\bnp\.{name}\b", source)]


def define_functions(path, module):
    """Define the functions and classes of a file whose other lines raise."""
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            with suppress(Raised), students_code():
                exec(compile(ast.Module([node], []), str(path), "exec"), module.__dict__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
