"""What `diagnose` says of right and wrong programs; the programs are in tests/homework."""

import importlib
import io
import json
import os
import runpy
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from machinery.sources import ROOT
from snippets import diagnose as module
from snippets.diagnose import KNOWN, SCALES, Batch, batches, combinations, diagnose, predicted
from snippets.gradient import gradient as gradient_of_one
from snippets.cross_entropy import cross_entropy
from snippets.loss_and_gradient import loss_and_gradient
from snippets.textbook import loss_and_gradient_batch, loss_and_gradient_loops, loss_and_gradient_vector
from tests.benchmarks.verdict import RIGHT
from tests.homework import combinations as combinations_of_homework
from tests.homework import (
    only_the_derivative_of_the_loss_by_s,
    right,
    softmax_applied_twice,
    softmax_over_the_wrong_axis,
    unknown,
)
from tests.homework.right import vectors

HOMEWORK = ROOT / "tests/homework"


def programs():
    """Yield the name, the function and the mistakes of each program."""
    for path in sorted(HOMEWORK.glob("[a-z]*.py")):
        file = importlib.import_module(f"tests.homework.{path.stem}")
        for name, function in vars(file).items():
            own = getattr(function, "__module__", None) == file.__name__ and not isinstance(function, type)
            if own and callable(function) and not name.startswith("_"):
                expected = file.MISTAKES[name] if isinstance(file.MISTAKES, dict) else file.MISTAKES
                yield f"{path.stem}.{name}", function, expected


PROGRAMS = list(programs())
GRADIENTS = [  # those whose gradient alone is wrong by its size and shape: a factor can be added
    (name, function, expected)
    for name, function, expected in PROGRAMS
    if len(expected) == 1
    and KNOWN[expected[0]].variants
    and name not in ("softmax_applied_twice.in_the_loss", "wrong_sign.of_the_loss", "unknown.raises_for_one_example")
]


def named(answer):
    return [found["mistake"] for found in answer["findings"] if found["mistake"]]


def words(answer):
    """Return the answer in words as one line."""
    return " ".join(str(answer).split())


def one_line(text):
    return " ".join(text.split())


def table(rows):
    return pytest.mark.parametrize("function, expected", [row[1:] for row in rows], ids=[row[0] for row in rows])


# The table: program, verdict, name


@table(PROGRAMS)
def test_each_program_gets_its_verdict_and_its_mistakes(function, expected):
    answer = diagnose(function)
    unknown_but_wrong = function.__module__ == unknown.__name__
    assert answer["verdict"] == ("wrong" if expected or unknown_but_wrong else "correct"), answer
    assert sorted(named(answer)) == sorted(expected), answer
    facts = len(answer["findings"]) - len(expected)
    assert unknown_but_wrong or facts == 0, answer


@table(GRADIENTS)
def test_each_mistake_is_named_beside_a_missing_mean(function, expected):
    def without_mean(logits, labels):
        loss, gradient = function(logits, labels)
        return loss, gradient * len(labels)

    # A gradient divided by N first, and a sum after all, is the right sum: not both can be told.
    assert named(diagnose(without_mean)) == [*expected, "forgot the batch mean"]


def test_each_mistake_has_three_spellings():
    counts = {name: sum(name in expected for _, _, expected in PROGRAMS) for name in KNOWN}
    assert min(counts.values()) >= 3, counts


PAIRS = {names: None for names, _ in combinations() if names}


@pytest.mark.parametrize("names", PAIRS, ids=" + ".join)
def test_each_mistake_and_each_pair_is_told_from_all_others(names):
    for candidate, changes in combinations():
        if candidate == names:
            b = next(batches())
            assert np.abs(predicted(changes, "mean", b).gradient).max() > 1e-3, "a zero gradient fits anything"

            def program(logits, labels, changes=changes):
                b = Batch(logits, labels)
                return predicted({}, "mean", b).loss, predicted(changes, "mean", b).gradient

            assert named(diagnose(program))[: len(names)] == list(names)


@pytest.mark.parametrize("name", unknown.FACTS)
def test_what_has_no_name_gets_facts(name):
    answer = diagnose(getattr(unknown, name))
    for fact in unknown.FACTS[name]:
        assert fact in words(answer)
    assert max(map(len, str(answer).split("\n"))) <= 80


FORMS = {  # what diagnose.py calls a formula, once more in other words: of s, z, the one-hot Y, c and N
    "s_c (s - y)": lambda s, z, Y, c, N: np.einsum("nk,nk,nj->nj", s, Y, s) - Y * s,
    "(s - y) s (1 - s)": lambda s, z, Y, c, N: s**2 - s**3 - Y * (s - s**2),
    "s times (s - y - sum of s (s - y))": lambda s, z, Y, c, N: np.stack(
        [(np.diag(p) - np.outer(p, p)) @ (p - y) for p, y in zip(s, Y)]
    ),
    "(s - y) / (s (1 - s))": lambda s, z, Y, c, N: np.where(Y, -1 / s, 1 / (1 - s)),
    "s (1 - s)": lambda s, z, Y, c, N: s - s**2,
    "s - 1": lambda s, z, Y, c, N: -(1 - s),
    "s - 1 at the labels of all rows": lambda s, z, Y, c, N: s - np.isin(np.arange(len(s.T)), c),
    "s - c": lambda s, z, Y, c, N: (s.T - c).T,
    "N s - y": lambda s, z, Y, c, N: N * (s - Y / N),
    "s - N y": lambda s, z, Y, c, N: N * (s / N - Y),
    "log s - y": lambda s, z, Y, c, N: z - np.logaddexp.reduce(z, axis=1, keepdims=True) - Y,
    "z - y": lambda s, z, Y, c, N: z + -Y,
    "exp(z) - y": lambda s, z, Y, c, N: np.e**z - Y,
    "exp(z - max) - y": lambda s, z, Y, c, N: s / s.max(axis=1, keepdims=True) - Y,
    "s, but -1/s at the correct class": lambda s, z, Y, c, N: s * (1 - Y) - Y / s,
    "sigmoid(z) - y": lambda s, z, Y, c, N: np.tanh(z / 2) / 2 + 0.5 - Y,
    "s_c": lambda s, z, Y, c, N: s[range(N), c],
    "log2 s_c": lambda s, z, Y, c, N: np.log(s[range(N), c]) / np.log(2),
    "log10 s_c": lambda s, z, Y, c, N: np.log(s[range(N), c]) / np.log(10),
    "y log s + (1 - y) log(1 - s)": lambda s, z, Y, c, N: Y * np.log(s) + (1 - Y) * np.log1p(-s),
    "y log p + (1 - y) log(1 - p), with p = sigmoid(z)": lambda s, z, Y, c, N: Y * z - np.logaddexp(0, z),
    "(s - y)²": lambda s, z, Y, c, N: s * s - 2 * s * Y + Y,
    "s log s": lambda s, z, Y, c, N: np.log(s**s),
    "log s": lambda s, z, Y, c, N: np.log(s),
    "z_c": lambda s, z, Y, c, N: z[range(N), c],
    "log sum exp(z)": lambda s, z, Y, c, N: np.logaddexp.reduce(z, axis=1),
    "log sum exp(z - m) - z_c": lambda s, z, Y, c, N: -np.log(s.max(axis=1)) - z[range(N), c],
    "log sum exp(z) + m - z_c": lambda s, z, Y, c, N: np.logaddexp.reduce(z, axis=1) - (z[range(N), c] - z.max(axis=1)),
    "mean of log s at the labels of all rows": lambda s, z, Y, c, N: np.log(s[:, c]).mean(axis=1),
    "log max s": lambda s, z, Y, c, N: np.log(s).max(axis=1),
}
OVER = {" / N": lambda N, k: N, "": lambda N, k: 1, " / N²": lambda N, k: N * N, " / (N k)": lambda N, k: N * k,
        " / k": lambda N, k: k}  # fmt: skip


def test_all_formulas_are_tried():
    assert list(FORMS) == [formula for formulas in module.FORMULAS.values() for formula, *_ in formulas]


@pytest.mark.parametrize(
    "times, factor, over", [("", 1, " / N"), ("-", -1, ""), ("2 ", 2, " / N²"), ("-2 ", -2, " / (N k)"), ("", 1, " / k")]
)
def test_each_formula_is_found(times, factor, over):
    kind = {formula: part for part, formulas in module.FORMULAS.items() for formula, *_ in formulas}
    for formula, form in FORMS.items():

        def program(logits, labels):
            N, k = logits.shape
            loss, gradient = vectors(logits, labels)
            values = factor * form(module.softmax(logits), logits, np.eye(k)[labels], labels, N) / OVER[over](N, k)
            return (loss, values) if kind[formula] == "gradient" else (values.sum(), gradient)

        total = "" if kind[formula] == "gradient" else "sum of "
        said = f"your {kind[formula]} is {times}{total}({formula}){over}: "
        assert any(fact.startswith(said) for fact in evidence(program)), (formula, evidence(program))


def test_two_explanations_that_fit_equally_well_are_not_reported(monkeypatch):
    twin = KNOWN["wrong sign"]._replace(name="another sign")
    monkeypatch.setattr(module, "MISTAKES", [*module.MISTAKES, twin])
    answer = diagnose(lambda z, y: (vectors(z, y)[0], -vectors(z, y)[1]))
    assert answer["verdict"] == "wrong" and named(answer) == []
    assert "each wrong entry is -1 times what it must be" in words(answer)


# Weaker checks, and what passes them


def at_zero(function):
    """Compare all entries, but where the probabilities are uniform."""
    z, y = np.zeros((3, 4)), np.array([2, 0, 3])
    return np.allclose(function(z, y)[1], loss_and_gradient(z, y)[1])


def sum_of_outputs(function):
    """Differentiate the sum of the probabilities: it is constant, and the derivative 0."""
    z, y = np.random.default_rng(0).normal(size=(3, 4)), np.array([2, 0, 3])

    def output(z):
        return (function(z.copy(), y)[1] * len(y) + np.eye(4)[y]).sum()

    steps = 1e-5 * np.eye(12).reshape(12, 3, 4)
    return all(abs(output(z + step) - output(z - step)) < 1e-9 for step in steps)


def one_entry(function):
    z, y = np.random.default_rng(0).normal(size=(3, 4)), np.array([2, 0, 3])
    return abs(function(z, y)[1][0, 1] - loss_and_gradient(z, y)[1][0, 1]) < 1e-2


def zero_gradient(logits, labels):
    return loss_and_gradient(logits, labels)[0], np.zeros_like(logits)


def constant(logits, labels):
    """The probabilities are 1/k whatever the logits are."""
    loss, _ = loss_and_gradient(logits, labels)
    return loss, loss_and_gradient(np.zeros_like(logits), labels)[1]


def one_percent(logits, labels):
    """One entry is off by 1 %."""
    loss, gradient = loss_and_gradient(logits, labels)
    gradient[0, 0] *= 1.01
    return loss, gradient


ONE_OF_EACH = {
    **{expected[0]: function for _, function, expected in PROGRAMS if len(expected) == 1},
    "base 2": unknown.base_2, "twice the logits": unknown.temperature,
    "zero": zero_gradient, "1/k": constant, "1 % in one entry": one_percent,
}  # fmt: skip
# These are right where the weak checks look, or are no affair of theirs.
for name in KNOWN:
    if not KNOWN[name].variants and name not in ("forgot the batch mean", "averaged twice", "averaged over all entries"):
        del ONE_OF_EACH[name]
LETS_PASS = {
    at_zero: {"softmax applied twice", "base 2", "twice the logits", "1/k"},
    sum_of_outputs: {
        "forgot to subtract the one-hot", "wrong sign", "softmax over the wrong axis", "softmax applied twice",
        "labels from 1", "one-hot where indices are expected, or the reverse", "forgot the batch mean",
        "averaged twice", "averaged over all entries", "base 2", "twice the logits", "zero", "1/k",
    },
    one_entry: {"forgot to subtract the one-hot", "softmax applied twice", "base 2", "1 % in one entry"},
}  # fmt: skip


@pytest.mark.parametrize("check", LETS_PASS, ids=lambda check: check.__name__)
def test_what_weak_checks_let_pass_is_wrong_here(check):
    assert check(loss_and_gradient)
    passing = {name for name, function in ONE_OF_EACH.items() if check(function)}
    assert passing == LETS_PASS[check]
    assert all(diagnose(ONE_OF_EACH[name])["verdict"] == "wrong" for name in passing)


# A right gradient, corrupted


@st.composite
def corruptions(draw):
    """A change of a gradient by more than 1e-5 of its largest entry."""
    size = draw(st.floats(1.001e-5, 10)) * draw(st.sampled_from([1, -1]))
    row, column = draw(st.integers(0, 15)), draw(st.integers(0, 9))

    def corrupt(g):
        r, c, largest = row % g.shape[0], column % g.shape[1], np.abs(g).max()
        changes = {
            "entry": lambda: g.__setitem__((r, c), g[r, c] + size * largest),
            "row": lambda: g.__setitem__(r, g[r] + size * largest),
            "column": lambda: g.__setitem__((slice(None), c), g[:, c] + size * largest),
            "scale": lambda: g.__imul__(1 + size),
            "scale of the largest": lambda: g.__setitem__(np.abs(g) == largest, g[np.abs(g) == largest] * (1 + size)),
            "sign": lambda: g.__imul__(-1),
            "sign of a row": lambda: g.__setitem__(r, -g[r]),
            "swap": lambda: g.__setitem__(slice(None), np.roll(g, 1, axis=1)),
        }
        changes[kind]()
        return g

    kind = draw(st.sampled_from(["entry", "row", "column", "scale", "scale of the largest", "sign", "sign of a row", "swap"]))
    corrupt.__name__ = f"{kind} {size:.3g} at {row}, {column}"
    return corrupt


@settings(max_examples=60, deadline=None)
@given(corruptions())
def test_a_corrupted_gradient_is_never_called_correct(corrupt):
    def program(logits, labels):
        loss, gradient = loss_and_gradient(logits, labels)
        return loss, corrupt(gradient)

    assert diagnose(program)["verdict"] == "wrong"


@pytest.mark.parametrize("N", [1, 2, 3, 4, 5, 7, 16])
def test_a_corruption_of_one_size_of_batch_is_noticed(N):
    def program(logits, labels):
        loss, gradient = loss_and_gradient(logits, labels)
        gradient[-1, -1] += 1.01e-5 * np.abs(gradient).max() * (len(labels) == N)
        return loss, gradient

    assert diagnose(program)["verdict"] == "wrong"


# Signatures, sums, gradients alone


def cs231n(W, X, y, reg):
    loss, dscores = vectors(X @ W, y)
    return loss + reg * (W**2).sum(), X.T @ dscores + 2 * reg * W


def in_columns(logits, labels):
    loss, gradient = vectors(logits.T, labels)
    return loss, gradient.T


def of_one(logits, label):
    return cross_entropy(logits, label), gradient_of_one(logits, label)


@pytest.mark.parametrize(
    "function, signature",
    [
        (cs231n, "W,X,y,reg"), (in_columns, "k,N"), (of_one, "k"), (loss_and_gradient, "N,k"),
    ],
)  # fmt: skip
def test_other_signatures(function, signature):
    assert diagnose(function, signature=signature)["verdict"] == "correct"

    def summed(*arguments):
        loss, gradient = function(*arguments)
        N = 1 if signature == "k" else len(arguments[2 if signature == "W,X,y,reg" else 1])
        return loss * N, gradient * N

    assert diagnose(summed, signature=signature, sum=True)["verdict"] == "correct"

    def negative(*arguments):
        loss, gradient = function(*arguments)
        return loss, -gradient

    assert named(diagnose(negative, signature=signature)) == ["wrong sign"]

    def changing(*arguments):
        result = function(*arguments)
        arguments[0][...] = 0
        return result

    assert named(diagnose(changing, signature=signature)) == ["the caller's logits changed"]


CORRUPTED = ["the returned probabilities corrupted"]


def with_third(function, third):
    """Return the function with a third result, made of its gradient."""
    return lambda *arguments: (*(result := function(*arguments)), third(result[1]))


def test_probabilities_are_recognised_as_corrupted_in_each_signature():
    def same(gradient):
        return gradient

    assert named(diagnose(with_third(loss_and_gradient, same))) == CORRUPTED
    assert named(diagnose(with_third(in_columns, same), signature="k,N")) == CORRUPTED
    assert named(diagnose(with_third(cs231n, lambda g: g[:-1]), signature="W,X,y,reg")) == CORRUPTED
    assert named(diagnose(with_third(of_one, same), signature="k")) == CORRUPTED
    assert named(diagnose(with_third(in_columns, lambda g: g * g.shape[1]), signature="k,N")) == CORRUPTED
    assert named(diagnose(with_third(loss_and_gradient, lambda g: g * len(g)))) == CORRUPTED


@pytest.mark.parametrize(
    "third", [np.copy, lambda g: 2 * g, lambda g: 5 * g, lambda g: None, lambda g: {}, lambda g: g[0], lambda g: g > 0, lambda g: g + 1]
)
def test_what_else_is_returned_is_not_judged(third):
    assert diagnose(with_third(loss_and_gradient, third))["verdict"] == "correct"
    # One example alone has no N to forget.
    assert diagnose(with_third(of_one, third), signature="k")["verdict"] == "correct"


def test_logits_in_columns_get_words_that_fit_them():
    """There axis=1 is the mistake, and N is not shape[0]."""
    by_example = softmax_over_the_wrong_axis.indexing

    def in_columns_over_examples(logits, labels):
        loss, gradient = by_example(logits.T, labels)
        return loss, gradient.T

    answer = diagnose(in_columns_over_examples, signature="k,N")
    assert OVER_EXAMPLES in words(answer)
    assert "in logits (N, k) with axis=1" in words(answer) and module.COLUMNS in words(answer)
    assert module.COLUMNS not in words(diagnose(by_example)) + words(diagnose(in_columns, signature="k,N"))
    for mistake in KNOWN.values():
        assert "shape[" not in mistake.fix
        assert "(N, k)" in mistake.fix or not any(code in mistake.fix for code in ("axis=", "np.arange(")), mistake.fix


def test_what_has_no_shape_of_a_gradient_is_not_taken_for_probabilities():
    shape = "your gradient has shape (); it must have that of its input, "
    assert evidence(lambda z, y: (1.0, 0.5, 0.5)) == [shape + "(5, 4)"]
    assert evidence(lambda z, c: gradient_of_one(z, c).tolist(), signature="k") == [shape + "(4,)"]


def test_the_weights_signature_says_what_it_does_not_check():
    assert "the regularisation were not checked" in words(diagnose(cs231n, signature="W,X,y,reg"))


def scaled(of_loss, of_gradient):
    def program(logits, labels):
        b = Batch(logits, labels)
        return predicted({}, of_loss, b).loss, predicted({}, of_gradient, b).gradient

    return program


FORGOT, TWICE, ENTRIES = "forgot the batch mean", "averaged twice", "averaged over all entries"
CLASSES = "averaged over the classes"
DISAGREE = "loss and gradient disagree on the mean"


@pytest.mark.parametrize(
    "summed, of_loss, of_gradient, expected",
    [
        (False, "mean", "mean", []),
        (False, "mean", "sum", [FORGOT]),
        (False, "sum", "sum", [FORGOT]),
        (False, "sum", "mean", [DISAGREE]),
        (False, "mean", TWICE, [TWICE]),
        (False, TWICE, TWICE, [TWICE]),
        (False, TWICE, "mean", [DISAGREE]),
        (False, ENTRIES, ENTRIES, [ENTRIES]),
        (False, ENTRIES, "sum", [DISAGREE, FORGOT]),
        (False, "mean", CLASSES, [CLASSES]),
        (True, "sum", CLASSES, [DISAGREE, CLASSES]),
        (True, "sum", "sum", []),
        (True, "sum", "mean", [DISAGREE]),
        (True, "mean", "sum", [DISAGREE]),
        (True, "mean", "mean", [None]),
        (True, "sum", TWICE, [DISAGREE, TWICE]),
    ],
)
def test_sums_and_means(summed, of_loss, of_gradient, expected):
    answer = diagnose(scaled(of_loss, of_gradient), sum=summed)
    assert [found["mistake"] for found in answer["findings"]] == expected
    assert answer["verdict"] == ("wrong" if expected else "correct")
    if expected == [None]:
        assert answer["findings"][0]["evidence"] == "loss and gradient are both those of the mean: leave out --sum"


@pytest.mark.parametrize("scale", [TWICE, ENTRIES, CLASSES])
def test_a_sum_is_not_told_to_divide(scale):
    assert "a sum" in KNOWN[scale].fix
    assert named(diagnose(scaled("sum", scale), sum=True)) == [DISAGREE, scale]


def test_of_two_mistakes_the_size_is_what_remains_when_the_other_is_mended():
    """Entries of the softmax over the whole batch share no factor with the right ones."""
    over_everything = evidence(lambda z, y: (vectors(z, y)[0], module.softmax(z.ravel(), 0).reshape(z.shape) - np.eye(z.shape[1])[y]))
    assert over_everything[1] == "every entry would still have 5 times the size that it must have; N = 5, k = 4"
    disagreeing = evidence(lambda z, y: (vectors(z, y)[0] * len(y), module.softmax(module.softmax(z)) / len(y) - np.eye(z.shape[1])[y] / len(y)))
    assert disagreeing[1] == "your loss would still be 5 times and your gradient 1 times the right one; N = 5, k = 4"
    of_the_loss = evidence(lambda z, y: (-vectors(z, y)[0] * len(y), vectors(z, y)[1]))
    assert of_the_loss[0] == "your loss would still be 5 times and your gradient 1 times the right one; N = 5, k = 4"


def test_row_sums_that_differ_are_all_told():
    said = "the rows of your gradient sum to [0.1469 0.08971 0.1432 0.1966 0.2236], with N = 5; they must sum to 0"
    assert said in evidence(combinations_of_homework.axis_and_one_hot)


def test_of_a_loss_that_is_not_known_nothing_is_said_beside_the_gradient():
    assert named(diagnose(lambda z, y: (vectors(z, y)[0] + 1, vectors(z, y)[1]), sum=True)) == []
    assert evidence(lambda z, y: vectors(z, y)[1], gradient_only=True, sum=True) == [
        "your gradient is that of the mean: leave out --sum"
    ]
    found = evidence(lambda z, y: -vectors(z, y)[1], gradient_only=True, sum=True)
    assert found[1:] == ["your gradient is that of the mean: leave out --sum"]


def test_a_gradient_alone():
    both = diagnose(vectors, gradient_only=True)
    assert both["verdict"] == "cannot check" and "leave out --gradient-only" in words(both)
    assert diagnose(lambda z, y: vectors(z, y)[1].tolist(), gradient_only=True)["verdict"] == "correct"
    one_list = diagnose(lambda z, c: gradient_of_one(z, c).tolist(), signature="k", gradient_only=True)
    assert one_list["verdict"] == "correct"
    assert diagnose(lambda z, y: vectors(z, y)[1], gradient_only=True)["verdict"] == "correct"
    answer = diagnose(lambda z, y: vectors(z, y)[1] * len(y), gradient_only=True)
    assert named(answer) == ["forgot the batch mean"]
    assert answer["loss"]["got"] is None and answer["loss"]["expected"] > 0
    assert named(diagnose(lambda z, y: loss_and_gradient_batch(z, y)[1], gradient_only=True)) == ["unstable softmax"]
    squares = diagnose(lambda z, y: z**2, gradient_only=True)
    assert squares["verdict"] == "wrong" and not named(squares)


class Tensor:
    """As much of a PyTorch tensor as is looked at."""

    def __init__(self, array):
        self.array = array

    def detach(self):
        return SimpleNamespace(cpu=lambda: SimpleNamespace(numpy=lambda: self.array))


def test_decimals_are_taken():
    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        return Decimal(float(loss)), [[Decimal(entry) for entry in row] for row in gradient.tolist()]

    assert diagnose(program)["verdict"] == "correct"


def test_tensors_are_taken():
    answer = diagnose(lambda z, y: tuple(Tensor(np.asarray(part, np.float32)) for part in vectors(z, y)))
    assert answer["verdict"] == "correct" and "As precise as float32" in words(answer)


@pytest.mark.parametrize(
    "function, signature, verdict",
    [
        (loss_and_gradient, "N,k", []),
        (loss_and_gradient_batch, "N,k", ["unstable softmax", "log of an underflowed probability"]),
        (loss_and_gradient_vector, "k", ["unstable softmax", "log of an underflowed probability"]),
        (loss_and_gradient_loops, "k", ["unstable softmax", "log of an underflowed probability"]),
    ],
)
def test_the_gradients_of_the_site(function, signature, verdict):
    assert named(diagnose(function, signature=signature)) == verdict


# The inputs and the limits themselves


def test_no_batch_is_special():
    shapes = [b.z.shape for b in batches()]
    assert len(set(shapes)) == len(shapes) and {(1, 5), (4, 4), (7, 2)} <= set(shapes)
    for b in batches():
        assert np.ptp(b.P, axis=1).min() > 1e-3, "probabilities must not be uniform"
        # so that 1e-12 added to a probability is below the tolerance of float64
        assert b.P[b.Y > 0].min() > 1e-4


def test_batches_are_the_same_each_time():
    for one, two in zip(batches(), batches()):
        assert (one.z == two.z).all() and (one.y == two.y).all()


def with_constant(constant, differentiated):
    """Return a program for -log(s_c + constant); its gradient is the derivative of that, or s - y."""

    def program(logits, labels):
        s, rows = module.softmax(logits), np.arange(len(labels))
        s_c = s[rows, labels][:, np.newaxis]
        gradient = vectors(logits, labels)[1] * (s_c / (s_c + constant) if differentiated else 1)
        return -np.log(s_c + constant).mean(), gradient

    return program


@pytest.mark.parametrize("differentiated", [False, True])
@pytest.mark.parametrize("constant", [1e-12, 1e-10, 1e-9, 1e-8, 1e-7])
def test_a_constant_inside_the_logarithm_is_a_remark_at_most(constant, differentiated):
    answer = diagnose(with_constant(constant, differentiated))
    assert answer["verdict"] == "correct" and ("constant inside" in words(answer)) == (constant > 1e-12)


@pytest.mark.parametrize("differentiated", [False, True])
@pytest.mark.parametrize("constant", [1e-6, 1e-5])
def test_a_constant_that_changes_the_loss_is_told(constant, differentiated):
    said = [f"the loss is -log(s_c + {constant:.0e}): log-sum-exp needs no constant"]
    assert evidence(with_constant(constant, differentiated)) == said
    if differentiated:
        assert evidence(lambda z, y: with_constant(constant, True)(z, y)[1], gradient_only=True) == said


def test_beside_a_named_mistake_a_constant_in_the_logarithm_needs_no_facts():
    found = diagnose(lambda z, y: (with_constant(1e-8, False)(z, y)[0], -vectors(z, y)[1]))["findings"]
    assert [each["mistake"] for each in found] == ["wrong sign"]


def test_what_is_nearly_a_constant_in_the_logarithm_is_not_taken_for_it():
    def program(logits, labels, part):
        parts = list(with_constant(1e-8, True)(logits, labels))
        parts[part] = parts[part] + 3e-5 * (len(labels) == 16)
        return parts

    assert diagnose(lambda z, y: program(z, y, 0))["verdict"] == "wrong"
    assert diagnose(lambda z, y: program(z, y, 1))["verdict"] == "wrong"


# The answer


def test_the_answer_has_the_promised_keys():
    for function in (vectors, unknown.nan_in_one_entry, right.full_jacobian, lambda z, y: None):
        answer = json.loads(json.dumps(diagnose(function), allow_nan=False))
        assert list(answer) == ["verdict", "findings", "gradient", "loss"]
        assert list(answer["gradient"]) == ["largest_relative_error", "at", "expected", "got"]
        assert list(answer["loss"]) == ["expected", "got"]
        for found in answer["findings"]:
            assert list(found) == ["mistake", "evidence", "page"]


def test_the_entry_shown_has_the_largest_relative_error_of_the_wrong_ones():
    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        gradient[1, 2] *= 1.5
        gradient[0, 1] *= -1
        return loss, gradient

    gradient = diagnose(lambda z, y: program(z, y) if len(y) == 5 else vectors(z, y))["gradient"]
    assert gradient["at"] == [0, 1] and gradient["largest_relative_error"] == pytest.approx(2)
    assert gradient["got"] == pytest.approx(-gradient["expected"])


def test_two_zeros_do_not_differ():
    """Where the correct class is 740 above others the right gradient has a 0."""
    answer = diagnose(lambda z, y: (np.mean(np.log(np.exp(z).sum(axis=1)) - z[range(len(y)), y]), vectors(z, y)[1]))
    assert answer["loss"]["got"] == "inf" and answer["gradient"]["largest_relative_error"] < 1e-12


def test_nan_is_a_string_that_float_reads():
    answer = diagnose(unknown.nan_in_one_entry)
    assert answer["gradient"]["at"] == [4, 0] and np.isnan(float(answer["gradient"]["got"]))
    assert "row 4, class 0, expected 0.162327, got nan" in words(answer)


@pytest.mark.parametrize("name", KNOWN)
def test_each_mistake_has_a_question_a_fix_and_an_anchor(name):
    mistake = KNOWN[name]
    assert mistake.hint.endswith("?") and mistake.fix
    assert set(mistake.page.removeprefix("mistakes/#")) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_signature_that_is_unknown_is_refused():
    with pytest.raises(ValueError, match="signature is 'X,y'; it must be one of 'N,k', 'k,N', 'k', 'W,X,y,reg'"):
        diagnose(vectors, signature="X,y")


def test_stopping_it_by_hand_stops_it():
    def program(logits, labels):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        diagnose(program)


def test_a_fork_that_the_program_leaves_does_not_judge_too(monkeypatch):
    ended = []
    monkeypatch.setattr(os, "_exit", ended.append)
    ids = iter([1, 1, 1, 2])  # before and after the first call, and the second, which returns in a child
    monkeypatch.setattr(os, "getpid", lambda: next(ids, 2))
    diagnose(vectors)
    assert ended == [0]


def test_in_this_process_no_limit_holds_and_the_answer_says_so():
    assert "without a limit on time or memory" in words(diagnose(vectors))


@pytest.mark.parametrize(
    "function, said",
    [
        (lambda z, y: None, "it returns None: end it with `return loss, gradient`"),
        (lambda z, y: z, "--gradient-only"),
        (lambda z, y: (None, z), "it returns None for its loss"),
        (lambda z, y: (1.0, None), "it returns None for its gradient"),
        (lambda z: z, "takes 1 positional argument"),
        (lambda z, y: z.nonsense, "AttributeError: 'numpy.ndarray' object has no attribute 'nonsense'; it gets NumPy"),
        (lambda z, y: sys.exit(3), "take the sys.exit() out"),
        (lambda z, y: [][len(y)] if len(y) == 1 else vectors(z, y), "IndexError"),
        (lambda z, y: (_ for _ in ()).throw(MemoryError), "look for an array that grows"),
        (lambda z, y: (_ for _ in ()).throw(GeneratorExit), "it raises an error. test_diagnose.py, line"),
    ],
)
def test_what_cannot_be_checked(function, said):
    answer = diagnose(function)
    assert answer["verdict"] == "cannot check" and said in words(answer)
    assert answer["gradient"]["at"] is None and answer["loss"]["got"] is None


@pytest.mark.parametrize("spelling", ["loops", "indexing", "products"])
def test_one_hot_labels_that_a_program_waits_for(spelling):
    def program(logits, Y):
        p = module.softmax(logits)
        if spelling == "loops":
            loss = -sum(Y[n, i] * np.log(p[n, i]) for n in range(len(Y)) for i in range(Y.shape[1]))
        elif spelling == "indexing":
            loss = -np.log(p[Y.astype(bool)]).sum()
        else:
            loss = -np.sum(Y * np.log(p))
        return loss / len(Y), (p - Y) / len(Y)

    answer = diagnose(program)
    assert answer["verdict"] == "cannot check"
    assert named(answer) == ["one-hot where indices are expected, or the reverse"]

    # Wrong with one-hot labels as well, in loss or gradient or one batch: then they are not known to be what it waits for.
    assert named(diagnose(lambda z, Y: (program(z, Y)[0], -program(z, Y)[1]))) == []
    assert named(diagnose(lambda z, Y: (-program(z, Y)[0], program(z, Y)[1]))) == []
    assert named(diagnose(lambda z, Y: [part * len(Y) / 5 for part in program(z, Y)])) == []


@pytest.mark.parametrize(
    "terminal, environment, platform, coloured",
    [
        (True, {}, "linux", True),
        (True, {"NO_COLOR": "1"}, "linux", False),
        (True, {}, "win32", False),
        (False, {}, "linux", False),
    ],
)
def test_colour_only_on_a_terminal_that_wants_it(monkeypatch, terminal, environment, platform, coloured):
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    paint = module.painter(SimpleNamespace(isatty=lambda: terminal))
    sign = module.in_words(diagnose(lambda z, y: (vectors(z, y)[0], -vectors(z, y)[1])), paint)
    assert ("\n\x1b[1mWrong sign\x1b[0m\n" if coloured else "\nWrong sign\n") in sign
    codes = {"Correct.": 32, "Wrong.": 31, "Cannot check.": 33}
    for (verdict, code), function in zip(codes.items(), [vectors, unknown.zero, lambda z, y: None]):
        text = module.in_words(diagnose(function), paint)
        assert text.startswith(f"\x1b[{code}m{verdict}\x1b[0m\n" if coloured else f"{verdict}\n")


# What each sentence says


def evidence(function, **options):
    return [found["evidence"] for found in diagnose(function, **options)["findings"]]


def test_facts_are_these_and_no_others():
    assert evidence(unknown.base_2) == [
        "the probabilities behind it are the softmax of 0.693147 times the logits",
        "your loss is wrong as well, but your gradient is not its derivative: at row 4, class 1 differences of"
        " your loss give -0.1323, your gradient has -0.1909",
        "for logits (5, 4) your loss is 2.15705; it must be 2.63714",
    ]
    assert evidence(unknown.one_more_than_right) == [
        "each wrong entry is off by +0.01",
        "the rows of your gradient sum to [0.04 0.04 0.04 0.04 0.04]; they must sum to 0",
        "your loss is right, but your gradient is not its derivative: at row 1, class 1 differences of your loss"
        " give 0.06364, your gradient has 0.07364",
    ]
    assert evidence(unknown.log_base_2) == [
        "for logits (5, 4) your loss is 3.80459; it must be 2.63714",
        "your loss is -sum of (log2 s_c) / N: it must be the natural logarithm",
        "your gradient is right",
    ]
    squares = evidence(lambda z, y: z**2, gradient_only=True)
    assert len(squares) == 1 and squares[0].startswith("the rows of your gradient sum to [3.437 ")


OVER_EXAMPLES = (
    "the probabilities behind it sum to [0.7346 0.4486 0.7159 0.983 1.118] over the classes of each example, which must"
    " be 1, and to [1 1 1 1] over the examples of each class"
)


@pytest.mark.parametrize(
    "function, expected",
    [
        (lambda z, y: (vectors(z, y)[0], module.softmax(z) / len(y)),
         "the rows of your gradient sum to 0.2, with N = 5; they must sum to 0"),
        (lambda z, y: (vectors(z, y)[0], -vectors(z, y)[1]),
         "at row 0, class 2 your gradient is +0.1787; with the right sign it is -0.1787"),
        (lambda z, y: (vectors(z, y)[0], vectors(z, y)[1] * len(y)),
         "every entry has 5 times the size that it must have; N = 5, k = 4"),
        (lambda z, y: (vectors(z, y)[0] * len(y), vectors(z, y)[1]),
         "your loss is 5 times and your gradient 1 times the right one; N = 5, k = 4"),
        (lambda z, y: (-vectors(z, y)[0], vectors(z, y)[1]),
         "your loss is -2.63714, as with this mistake; it must be 2.63714"),
        (lambda z, y: vectors(z, (y - 1) % z.shape[1]), "in row 0 the label is 2; your gradient is as if it were [1]"),
        (only_the_derivative_of_the_loss_by_s.indexing,
         "row 0 of your gradient is [0 0 -1.881 0]: 0 but at [2]; there s is [0.5379 0.05191 0.1063 0.3038], and N = 5"),
        (softmax_applied_twice.indexing,
         "the probabilities behind it are [0.3272 0.2013 0.2125 0.2589] in row 0: the softmax of"
         " [0.5379 0.05191 0.1063 0.3038], which is the softmax already"),
        (softmax_over_the_wrong_axis.indexing,
         OVER_EXAMPLES),
    ],
)  # fmt: skip
def test_evidence_is_in_numbers(function, expected):
    assert evidence(function) == [expected]


def test_large_logits_are_shown():
    unstable = evidence(loss_and_gradient_batch)
    assert unstable[0] == "for logits near 1000: loss nan, gradient [nan nan nan nan]"
    assert unstable[1].startswith("logits [0 -800 -1 -2], label 1: loss inf, gradient [0.6652 -1 0.2447 0.09003]")
    raised = evidence(loss_and_gradient_loops, signature="k")
    assert "it raises textbook.py, line" in raised[0] and "OverflowError" in raised[0]


def test_a_loss_that_is_off_a_little_is_wrong():
    assert diagnose(lambda z, y: (vectors(z, y)[0] + 1e-4, vectors(z, y)[1]))["verdict"] == "wrong"


@pytest.mark.parametrize("size, verdict", [(5e-8, "correct"), (2e-7, "correct"), (4.9e-6, "correct"), (5.1e-6, "wrong")])
def test_an_error_above_rounding_is_a_remark_first_and_then_wrong(size, verdict):
    answer = diagnose(lambda z, y: (vectors(z, y)[0], vectors(z, y)[1] * (1 + size)))
    assert answer["verdict"] == verdict and ("more than rounding" in words(answer)) == (1e-7 < size < 5e-6)


def test_in_float32_an_error_of_1e_5_is_wrong():
    def program(logits, labels):
        loss, gradient = right.float32_returned(logits, labels)
        return loss, (gradient * (1 + 2e-5)).astype(np.float32)

    assert diagnose(program)["verdict"] == "wrong"


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("sign", [1, -1])
def test_an_error_of_a_percent_for_large_logits_is_wrong(part, sign):
    def program(logits, labels):
        results = list(vectors(logits, labels))
        results[part] = results[part] * (1 + 0.01 * ((sign * logits).min() > 500))
        return results

    answer = diagnose(program)
    assert answer["verdict"] == "wrong" and f"for logits near {sign * 1000}: " in words(answer)
    assert named(answer) == [] and answer["gradient"]["at"] is not None


def remarks(function, **options):
    answer = diagnose(function, **options)
    assert answer["verdict"] == "correct", answer
    return " ".join(answer.remarks)


def test_what_happens_where_the_correct_class_underflows_is_a_remark():
    """The loss of a clipped probability is finite and far too small there: said, with numbers, but no verdict."""
    assert (
        "The loss is capped at 27.63: for logits [0 -800 -1 -2], label 1: loss 27.63, gradient [0.6652 -1"
        " 0.2447 0.09003], where loss 800.4, gradient [0.6652 -1 0.2447 0.09003] is right. " + module.NO_LIMIT
    ) in remarks(right.clipped)
    assert "label 1: loss 27.63, gradient [0 -0 0 0], where" in remarks(right.constant_in_the_logarithm)
    assert "It breaks down: for logits [0 -800 -1 -2], label 1: loss 800.4, gradient [nan" in remarks(
        right.full_jacobian
    )
    said = "It breaks down where the correct class is 740 above 39 others: loss 0, gradient [nan nan nan nan ...]. Log-sum"
    assert said in remarks(right.jacobian_and_one_hot) and "breaks down" not in remarks(right.ratios)
    assert "-800" not in remarks(vectors) and "X was the identity" not in remarks(vectors)

    def divides_by_zero(logits, labels):
        for n, label in enumerate(labels):
            1 / float(module.softmax(logits)[n, label])
        return vectors(logits, labels)

    assert "It breaks down" in remarks(divides_by_zero) and "ZeroDivisionError" in remarks(divides_by_zero)


@pytest.mark.parametrize("less", [1e-9, 0.1])
def test_a_loss_that_is_too_small_by_rounding_or_still_grows_is_not_called_capped(less):
    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        far = logits.max() == 0 and logits.min() < -500
        return loss * (1 - less * far), gradient * (not far)

    assert "It breaks down: for" in remarks(program) and "capped" not in remarks(program)


@pytest.mark.parametrize("least, verdict", [(1e-12, "correct"), (1e-7, "correct"), (1e-6, "wrong"), (1e-4, "wrong")])
def test_a_clipped_probability_is_wrong_if_it_is_one_that_occurs(least, verdict):
    def clipped(logits, labels):
        s, rows = np.clip(module.softmax(logits), least, 1), np.arange(len(labels))
        loss = -np.log(s[rows, labels]).mean()
        s[rows, labels] -= 1
        return loss, s / len(labels)

    def divided(logits, labels):
        """The derivative by s is divided by a clipped s_c."""
        s_c = module.softmax(logits)[range(len(labels)), labels][:, np.newaxis]
        return vectors(logits, labels)[0], vectors(logits, labels)[1] * s_c / np.maximum(s_c, least)

    assert diagnose(clipped)["verdict"] == diagnose(divided)["verdict"] == verdict
    if verdict == "wrong":
        said = f"logits [0 -15 -1 -2], label 1: loss {-np.log(least):.4g}, gradient [0.6652 "
        assert said in words(diagnose(clipped)) and "; it must be loss 15.41, gradient [0.6652 -1 0.2447" in words(diagnose(clipped))
    # Beside a mistake with a name it is not told: the name comes first.
    assert named(diagnose(lambda z, y: (clipped(z, y)[0], -vectors(z, y)[1]))) == ["wrong sign"]


@pytest.mark.parametrize("part", [0, 1])
def test_what_is_wrong_for_a_confident_row_alone_is_wrong(part):
    def program(logits, labels):
        results = list(vectors(logits, labels))
        sure = module.softmax(logits)[range(len(labels)), labels] > 0.95
        results[part] = results[part] * (1 - (sure.any() if part == 0 else sure[:, np.newaxis]))
        return results

    assert diagnose(program)["verdict"] == "wrong"


def test_weights_of_n_inputs_are_not_n():
    """X has one column more than rows."""
    for size in (lambda W, X: X.shape[1], lambda W, X: len(W)):

        def program(W, X, y, reg):
            loss, gradient = cs231n(W, X, y, reg)
            return loss, gradient * len(y) / size(W, X)

        assert diagnose(program, signature="W,X,y,reg")["verdict"] == "wrong"


def test_an_underflow_is_no_fault_of_log_sum_exp():
    def strict(function):
        def program(logits, labels):
            with np.errstate(all="raise"):
                return function(logits, labels)

        return program

    assert "breaks down" not in remarks(strict(vectors))
    assert named(diagnose(strict(loss_and_gradient_batch)))[0] == "unstable softmax"


MINUS_1 = "A label of -1 counts as the last class"


def test_what_a_label_of_minus_1_does_is_a_remark():
    """-1 means "ignore" in many data sets; it is outside of what a right function must take."""
    assert MINUS_1 in remarks(vectors) and MINUS_1 in remarks(cs231n, signature="W,X,y,reg")
    assert MINUS_1 in remarks(lambda z, y: vectors(z, y)[1], gradient_only=True)
    assert MINUS_1 in remarks(lambda z, y: [part * len(y) for part in vectors(z, y)], sum=True)

    def refuses(logits, labels):
        if labels.min() < 0:
            raise ValueError("a label is negative")
        return vectors(logits, labels)

    def ignores(logits, labels):
        loss, gradient = vectors(logits, labels)
        return loss, gradient * (labels >= 0)[:, np.newaxis]

    def returns_nothing(logits, labels):
        return vectors(logits, labels) if labels.min() >= 0 else None

    for function in (refuses, ignores, returns_nothing, loss_and_gradient):
        assert MINUS_1 not in remarks(function)
    # A program in C might read before its array.
    assert MINUS_1 not in remarks(of_one, signature="k")


def test_an_exception_for_large_logits_that_is_no_overflow_has_no_name():
    def program(logits, labels):
        if np.abs(logits).max() > 500:
            raise KeyError("too large")
        return vectors(logits, labels)

    answer = diagnose(program)
    assert answer["verdict"] == "wrong" and named(answer) == [] and "KeyError: 'too large'" in words(answer)


def test_the_gradient_that_belongs_to_a_wrong_loss_is_recognised():
    def base_2(logits, labels):
        loss, gradient = vectors(logits * np.log(2), labels)
        return loss, gradient * np.log(2)

    said = "your gradient is the derivative of your loss"
    assert said in words(diagnose(base_2))
    # The same in float32, where the step must be longer.
    assert said in words(diagnose(lambda z, y: tuple(np.float32(part) for part in base_2(np.float32(z), y))))


def test_in_float32_a_wrong_gradient_near_the_derivative_of_a_right_loss_is_not_blamed_on_the_loss():
    def program(logits, labels):
        loss, gradient = vectors(logits.astype(np.float32), labels)
        return loss, gradient * np.where(logits > 0, np.float32(1.001), 1).astype(np.float32)

    answer = diagnose(program)
    assert answer["verdict"] == "wrong" and "derivative" not in words(answer)


def test_in_float32_a_gradient_that_is_not_the_derivative_of_its_loss_is_told():
    def program(logits, labels):
        loss, gradient = vectors(logits.astype(np.float32), labels)
        return loss, gradient * np.where(logits > 0, np.float32(1.1), 1).astype(np.float32)

    assert "your loss is right, but your gradient is not its derivative" in words(diagnose(program))


def test_what_is_subtracted_is_told_where_it_can_be_known():
    def smoothed(only, more=0.0):
        def program(logits, labels):
            N, k = logits.shape
            loss, gradient = vectors(logits, labels)
            other = 0.1 - 0.3 * np.eye(k)[labels]
            other[:, 0] += more
            return loss, gradient - only(k) * other / N

        return " ".join(evidence(program))

    assert "is subtracted from s; it must be" in smoothed(lambda k: k == 3)
    assert "is subtracted" not in smoothed(lambda k: k == 2)  # two classes have two values, whatever they are
    assert "is subtracted" not in smoothed(lambda k: k > 0, more=0.05)  # three values


def test_probabilities_are_spoken_of_only_if_they_sum_to_1():
    def program(logits, labels):
        s = module.softmax(logits) * (1 + 0.1 * np.sin(7 * logits))
        s[range(len(labels)), labels] -= 1
        return vectors(logits, labels)[0], s / len(labels)

    found = " ".join(evidence(program))
    assert "rows of your gradient sum to" in found and "probabilities behind it" not in found


def test_probabilities_that_are_not_the_softmax_are_shown_where_they_differ_most():
    def program(logits, labels):
        s = module.softmax(logits)
        s[0, -1] *= 1.01
        s[0] /= s[0].sum()
        s[range(len(labels)), labels] -= 1
        return vectors(logits, labels)[0], s / len(labels)

    said = "the probabilities behind it are positive and sum to 1, but are not the softmax: for logits (5, 4), row 0, class 3 has"
    assert f"{said} 0.306 and must have 0.3038" in evidence(program)


def test_a_loss_that_is_wrong_in_another_batch_is_not_called_right():
    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        return min(loss, 4), gradient + 0.01 * np.sin(logits)  # the loss of the second batch is 5

    found = evidence(program)
    assert any(fact.startswith("your loss is wrong as well, but") for fact in found)
    assert "for logits (3, 6) your loss is 4; it must be 5.05361" in found and "is right" not in " ".join(found)


def test_each_verdict_has_the_page_that_explains_it():
    def page(function):
        return diagnose(function)["findings"][0]["page"]

    assert page(lambda z, y: None) == "is-mine-right/#cannot-check"
    assert page(unknown.transposed) == page(unknown.zero) == "is-mine-right/#facts"
    assert page(lambda z, y: (vectors(z, y)[0], -vectors(z, y)[1])) == "mistakes/#wrong-sign"


def test_an_error_of_rounding_has_no_digits():
    assert "Largest relative error below 1e-12: rounding." in words(diagnose(vectors))
    assert "Largest relative error 1.0e-11: row" in words(
        diagnose(lambda z, y: (vectors(z, y)[0], vectors(z, y)[1] * (1 + 1e-11)))
    )


def test_the_batches_that_are_wrong_and_right_are_told():
    sizes = [20, 18]
    found = evidence(lambda z, y: (vectors(z, y)[0], vectors(z, y)[1] + 0.01 * np.sin(z) * (z.size in sizes)))
    assert found[0] == (
        "of the batches tried, it is wrong for logits (5, 4), logits (3, 6); right for logits (4, 4), logits (7, 2), logits (1, 5), logits (4, 3),"
        " logits (16, 10), logits (3, 4), logits (2, 3)"
    )


def test_the_entry_of_the_input_that_changed_is_told():
    def program(logits, labels):
        result = vectors(logits, labels)
        logits[-1, -1] += 1
        return result

    assert evidence(program)[0].startswith("logits[4, 3] was ")


def test_an_unknown_mistake_in_a_sum_has_no_name():
    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        return loss * len(labels), gradient * len(labels) + 0.01

    assert named(diagnose(program, sum=True)) == []


def test_nothing_but_the_named_mistake_is_said_of_a_gradient_alone():
    assert len(evidence(lambda z, y: -vectors(z, y)[1], gradient_only=True)) == 1


def test_words_have_the_loss_and_the_largest_error():
    text = words(diagnose(lambda z, y: (vectors(z, y)[0], -vectors(z, y)[1])))
    assert "Hint: Does the loss fall or rise" in text and "Page: mistakes/#wrong-sign" in text
    assert "Largest relative error 2.0e+00: row 0, class 0, expected 0.107588, got -0.107588 Loss" in text and text.count("Loss: expected 2.63714, got 2.63714") == 1


def test_of_many_numbers_the_first_are_shown():
    assert module.show(range(16)) == "[0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15]"
    assert module.show(range(17)) == "[0 1 2 3 ...]"


@pytest.mark.parametrize("t", [0.1, 0.2, 0.25, 0.5, 2, 3, 4, 5, 10])
def test_a_temperature_in_the_loss_alone_is_told(t):
    said = f"your loss is that of the softmax of {t:g} times the logits"
    assert said in evidence(lambda z, y: (vectors(t * z, y)[0], vectors(z, y)[1]))
    assert said in evidence(lambda z, y: (vectors(t * z, y)[0] * len(y), vectors(z, y)[1] * len(y)), sum=True)


def test_one_row_alone_is_not_called_equal_to_others():
    assert "are equal" not in " ".join(evidence(off_at(CONDITIONS["N = 1"])))


def test_numbers_that_look_alike_get_more_digits():
    assert module.apart(0.1234, 0.1235, 4) == ("0.1234", "0.1235")
    assert module.apart(0.123456, 0.123457, 4) == ("0.123456", "0.123457")
    assert module.apart(1 / 3, 1 / 3, 4)[0] == "0.33333333333333331"
    nearly = words(diagnose(lambda z, y: (vectors(z, y)[0], vectors(z, y)[1] * (1 + 2e-7))))
    assert "class 0, expected 0.1075877, got 0.10758772 Loss" in nearly


def without_keepdims(logits, labels):
    e = np.exp(logits)
    return vectors(logits, labels)[0], e / e.sum(axis=1)


def another_shape(logits, labels):
    assert logits.shape != (5, 4)
    return 0, np.zeros(logits.shape)


def classes_from_the_labels(logits, labels):
    return vectors(logits, labels)[0], (module.softmax(logits) - np.eye(labels.max() + 1)[labels]) / len(labels)


def test_shapes_that_do_not_fit_get_the_way_out():
    keepdims = "A sum or maximum over axis 1 has shape (5,); with keepdims=True (5, 1), which fits (5, 4)"
    assert words(diagnose(without_keepdims)).count(keepdims) == 1
    by_label = words(diagnose(classes_from_the_labels))
    assert "k is the number of columns, 5, and not labels.max() + 1" in by_label and "keepdims" not in by_label

    def others(logits, labels):
        return logits + np.ones((3, 2)), logits

    for function in (others, lambda z, y: z + np.ones((len(y), z.shape[1] + 1))):
        text = words(diagnose(function))
        assert "broadcast" in text and "keepdims" not in text and "labels.max()" not in text


@pytest.mark.parametrize(
    "function, signature, said",
    [
        (cs231n, "N,k", "It raises no error with --signature W,X,y,reg"),
        (in_columns, "N,k", "It raises no error with --signature k,N"),
        (of_one, "N,k", "It raises no error with --signature k"),
        (vectors, "k", "It raises no error with --signature N,k"),
        (another_shape, "N,k", "It raises no error with --signature k or --signature k,N"),
        (loss_and_gradient, "W,X,y,reg", "It raises no error with --signature N,k"),
    ],
)
def test_a_signature_that_fits_is_told(function, signature, said):
    answer = diagnose(function, signature=signature)
    assert answer["verdict"] == "cannot check" and answer["findings"][0]["evidence"].endswith(f". {said}")


def test_no_other_signature_is_told_if_the_first_batch_fits():
    def program(logits, labels):
        assert len(labels) > 1
        return vectors(logits, labels)

    assert evidence(program)[0].endswith("it gets NumPy arrays: logits (1, 5), labels (1,)")
    assert evidence(lambda *arguments: 1 / 0)[0].endswith("it gets NumPy arrays: logits (5, 4), labels (5,)")


@pytest.mark.parametrize("error, hint", [(MemoryError(), "more memory"), (SystemExit(), "sys.exit()"), (KeyError(), "NumPy arrays")])
def test_the_way_out_fits_the_error(error, hint):
    def program(logits, labels):
        raise error

    text = words(diagnose(program))
    assert [each in text for each in ("more memory", "sys.exit()", "NumPy arrays")].count(True) == 1 and hint in text


CONDITIONS = {  # of logits and labels, in other words than those of diagnose.py
    "N = 1": lambda z, y: len(y) < 2,
    "k = N": lambda z, y: z.size == len(y) ** 2,
    "k = 2": lambda z, y: z.shape[1] < 3,
    "labels repeat": lambda z, y: np.unique(y).size != y.size,
    "N > k": lambda z, y: len(z) >= len(z.T) + 1,
    "k is 10 or more": lambda z, y: z.shape[1] > 9,
    "logits of a row are equal": lambda z, y: min(np.unique(row).size for row in z) < z.shape[1],
}


def marked(z, place):
    """Return the mask that is 1 at the places."""
    mask = np.zeros(z.shape)
    mask[place] = 1
    return mask


def rows_with(test):
    return lambda z, y: marked(z, [n for n, _ in enumerate(y) if test(n, y.tolist(), z[n].argmax())])


PLACES = {
    "the correct class": lambda z, y: marked(z, (range(len(y)), y)),
    "the first class": lambda z, y: marked(z, (slice(None), 0)),
    "the last class": lambda z, y: marked(z, (slice(None), -1)),
    "classes that are the label of another row": lambda z, y: marked(z, (slice(None), y)) - marked(z, (range(len(y)), y)),
    "the largest logit of each row": lambda z, y: (z.T == z.max(axis=1)).T,
    "negative logits": lambda z, y: np.signbit(z) & (z != 0),
    "positive logits": lambda z, y: ~np.signbit(z) & (z != 0),
    "the first row": lambda z, y: marked(z, 0),
    "the last row": lambda z, y: marked(z, -1),
    "the rows whose label comes again later": rows_with(lambda n, y, top: y[n] in y[n + 1 :]),
    "the rows whose label came before": rows_with(lambda n, y, top: y.index(y[n]) < n),
    "the rows whose label other rows have too": rows_with(lambda n, y, top: y.count(y[n]) != 1),
    "the rows with label 0": rows_with(lambda n, y, top: not y[n]),
    "the rows with the last label": lambda z, y: marked(z, y == len(z.T) - 1),
    "the rows where the correct class has the largest logit": rows_with(lambda n, y, top: y[n] == top),
}


def opposites(cases, table):
    """Yield the name of each case and of its opposite, with the place or condition it is."""
    assert list(cases) == [name for _, name, _ in table], "these are not tried"
    for (name, case), (_, _, opposite) in zip(cases.items(), table):
        yield name, case
        yield opposite, lambda z, y, case=case: 1 - np.asarray(case(z, y), int)


def off_at(size):
    """Return a program whose gradient is off at random by a size that depends on its input."""

    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        noise = 1 + np.random.default_rng(logits.size).random(logits.shape)
        return loss, gradient + 0.01 * noise * size(logits, labels)

    return program


@pytest.mark.parametrize("name, case", list(opposites(CONDITIONS, module.CONDITIONS)))
def test_the_condition_is_found(name, case):
    assert f"of the 9 batches tried, it is wrong in exactly those where {name}" in evidence(off_at(case))


@pytest.mark.parametrize("name, case", list(opposites(PLACES, module.ENTRIES)))
def test_the_place_is_found(name, case):
    assert f"in each wrong batch tried, the wrong entries are exactly those of {name}" in evidence(off_at(case))


def test_results_of_a_wrong_shape_or_type_get_the_hint_that_fits():
    def said(loss, gradient):
        return evidence(lambda z, y: (loss(*vectors(z, y)), gradient(*vectors(z, y))))

    def same(loss, gradient):
        return gradient

    assert said(lambda loss, g: g, lambda loss, g: loss) == [
        "your loss has shape (5, 4) and dtype float64; it must be one real number; is it the gradient?"
        " The order is loss, gradient"
    ]
    assert said(lambda loss, g: g[0], same) == ["your loss has shape (4,) and dtype float64; it must be one real number"]
    assert said(lambda loss, g: 1j, same) == ["your loss has shape () and dtype complex128; it must be one real number"]
    shape = "your gradient has shape {}; it must have that of its input, (5, 4)"
    assert said(lambda loss, g: loss, lambda loss, g: g.T) == [shape.format("(4, 5)") + ": it is transposed"]
    assert said(lambda loss, g: loss, lambda loss, g: g[:2]) == [shape.format("(2, 4)")]
    assert evidence(lambda z, y: None) == ["it returns None: end it with `return loss, gradient`"]
    assert evidence(lambda z, y: [z]) == [
        "it returns one list, not a loss and a gradient: end it with `return loss, gradient`, or use"
        " --gradient-only if this is the gradient"
    ]


def test_a_gradient_alone_has_no_loss_in_its_evidence():
    found = evidence(lambda z, y: loss_and_gradient_batch(z, y)[1], gradient_only=True)
    assert found == ["for logits near 1000: gradient [nan nan nan nan]"]


@pytest.mark.parametrize("taken, targets", [(lambda y: y - 1, [1]), (lambda y: [[0, 1]] * len(y), [0, 1])])
def test_beside_another_class_nothing_is_said_of_the_correct_one(taken, targets):
    def program(logits, labels):
        s, gradient = module.softmax(logits), -np.zeros_like(logits)
        at = np.arange(len(labels))[:, np.newaxis], np.reshape(taken(labels), (len(labels), -1))
        gradient[at] = -1 / s[at] / len(labels)
        return vectors(logits, labels)[0], gradient

    one, other = evidence(program)
    assert other == f"in row 0 the label is 2; your gradient is as if it were {targets}"
    row = "[0 -3.853 0 0]" if targets == [1] else "[-0.3718 -3.853 0 0]"
    assert one.startswith(f"row 0 of your gradient is {row}: 0 but at {targets}; there s is [0.5379 ")


def test_targets_that_are_nowhere_are_told():
    def program(logits, labels):
        Y = labels[:, None] == np.arange(1, logits.shape[1] + 1)
        return vectors(logits, labels)[0], (module.softmax(logits) - Y) / len(labels)

    assert evidence(program) == ["in row 0 the label is 2; your gradient is as if it were [1]"]


def test_an_error_that_comes_and_goes_is_told():
    calls = []

    def program(logits, labels):
        calls.append(1)
        if len(calls) == 10:
            raise KeyError
        return vectors(logits, labels)

    answer = diagnose(program)
    assert answer["verdict"] == "cannot check" and "but not in each call" in words(answer)


def test_the_entry_that_changes_between_equal_calls_is_told():
    calls = []

    def program(logits, labels):
        calls.append(1)
        loss, gradient = vectors(logits, labels)
        gradient[0, 1] += 0.01 * (len(calls) > 1)
        return loss, gradient

    assert evidence(program) == ["equal calls differ: at row 0, class 1 they return 0.0103814 and 0.0203814"]


def test_an_input_that_is_nan_after_the_call_is_told():
    def program(logits, labels):
        result = vectors(logits, labels)
        logits[0, 1] = np.nan
        return result

    (said,) = evidence(program)
    assert said.startswith("logits[0, 1] was ") and said.endswith(" before the call and nan after it")


def test_an_input_of_another_shape_after_the_call_is_told():
    def program(logits, labels):
        result = vectors(logits, labels)
        logits.resize(logits.size, refcheck=False)
        return result

    assert evidence(program) == ["logits had shape (5, 4) before the call and (20,) after it"]


def test_of_nan_nothing_is_said_that_numbers_would_be_needed_for():
    found = evidence(lambda z, y: (vectors(z, y)[0], vectors(z, y)[1] * np.nan))
    assert found == ["263 of the 263 wrong entries are nan or inf"]


def test_infinity_is_told_without_a_warning():
    answer = diagnose(lambda z, y: (vectors(z, y)[0], vectors(z, y)[1] / (z < 0)))
    assert "wrong entries are nan or inf" in words(answer)


def test_tiny_differences_are_not_taken_for_a_pattern():
    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        return loss, gradient + 3e-6 * np.sin(7 * logits)

    answer = diagnose(program)
    assert answer["verdict"] == "wrong" and "each wrong entry" not in words(answer)
    assert "your gradient is not its derivative" in words(answer)


def test_what_is_nearly_a_pattern_is_not_taken_for_it():
    found = evidence(lambda z, y: (vectors(z, y)[0], -vectors(z, y)[1] * (1 + 1e-4 * np.sin(7 * z))))
    assert found and not any("each wrong entry" in fact for fact in found)


def test_two_entries_make_a_pattern_and_one_does_not():
    def negated(entries):
        def program(logits, labels):
            loss, gradient = vectors(logits, labels)
            gradient[0, :entries] *= -1 if len(labels) == 1 else 1
            return loss, gradient

        return "each wrong entry is -1 times what it must be" in evidence(program)

    assert negated(2) and not negated(1)


@pytest.mark.parametrize("N", [1, 5, 16])
def test_the_tolerance_is_relative_to_the_largest_entry(N):
    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        return loss, gradient * (1 + 5.1e-6 * (len(labels) == N))

    assert diagnose(program)["verdict"] == "wrong"


@pytest.mark.parametrize("function", [right.float32_inside, right.float32_returned, right.float32_probabilities])
def test_float32_is_remarked(function):
    assert "As precise as float32" in words(diagnose(function))


def test_the_shapes_of_each_signature_are_told():
    def nothing(*arguments):
        raise KeyError

    assert "NumPy arrays: W (6, 4), X (5, 6), y (5,), and reg, a Python float" in words(diagnose(nothing, signature="W,X,y,reg"))
    assert "NumPy arrays: logits (4, 5), labels (5,)" in words(diagnose(nothing, signature="k,N"))
    assert "NumPy arrays: logits (4,), and labels, a Python int" in words(diagnose(nothing, signature="k"))


def test_rows_that_sum_to_0_are_not_complained_about():
    rolled = evidence(lambda z, y: (vectors(z, y)[0], np.roll(vectors(z, y)[1], 1, axis=1)))
    assert rolled and not any("rows of your gradient" in fact for fact in rolled)
    nearly = evidence(lambda z, y: (vectors(z, y)[0], vectors(z, y)[1] + 1e-5))
    assert any("the rows of your gradient sum to [4e-05 4e-05 4e-05 4e-05 4e-05]" in fact for fact in nearly)


def test_a_single_row_does_not_depend_on_others():
    assert "depends on" not in " ".join(evidence(off_at(CONDITIONS["N = 1"])))


def test_remarks_are_for_right_programs():
    answer = diagnose(lambda z, y: (right.clipped(z, y)[0], -right.clipped(z, y)[1]))
    assert named(answer) == ["wrong sign"] and len(answer.remarks) == 1


def test_three_mistakes_at_once_are_not_named():
    triple = diagnose(lambda z, y: (vectors(z, y)[0], -module.softmax(module.softmax(z)) * 1.0))
    assert triple["verdict"] == "wrong" and named(triple) == []
    no_mean = diagnose(lambda z, y: (vectors(z, y)[0], np.eye(z.shape[1])[y] - module.softmax(module.softmax(z))))
    assert no_mean["verdict"] == "wrong" and named(no_mean) == []


def test_what_nearly_fits_a_mistake_is_not_named():
    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        return loss, -gradient * (1 + 3e-7 * (len(labels) == 16))

    answer = diagnose(program)
    assert answer["verdict"] == "wrong" and named(answer) == []


@pytest.mark.parametrize("subtracted", [(2, 1), (1, 2)])
def test_what_labels_as_indices_do_not_subtract_is_not_named(subtracted):
    def program(logits, labels):
        s = module.softmax(logits)
        s[:, :2] -= subtracted
        return vectors(logits, labels)[0], s / len(labels)

    assert named(diagnose(program)) == []


def test_no_differences_are_taken_of_a_loss_that_is_nan():
    answer = diagnose(lambda z, y: (np.nan, vectors(z, y)[1] + 0.01))
    assert answer["verdict"] == "wrong" and "differences" not in words(answer)


# The command


@pytest.fixture
def homework(tmp_path, monkeypatch):
    """Write a file and return what the child makes of it, without a process of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module.sys, "path", sys.path.copy())
    monkeypatch.setattr(module, "limit_memory", lambda: None)
    monkeypatch.setattr(module, "watch", lambda path, seconds: None)
    monkeypatch.setattr(module.os, "_exit", lambda code: None)

    def judged(source, *options, name="homework.py"):
        (tmp_path / name).write_text(source, "utf-8")
        module.main([name, *options, "--child", str(tmp_path)])
        return json.loads((tmp_path / "answer.json").read_text("utf-8"))

    return judged


def test_the_child_judges_a_file_and_leaves_nothing_beside_it(homework, tmp_path):
    assert homework(RIGHT)["verdict"] == "correct"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.json", "homework.py"]


def test_its_own_failure_is_not_blamed_on_the_program(homework, monkeypatch):
    monkeypatch.setattr(module, "compare", lambda student: [][0])
    answer = homework(RIGHT)
    said = "diagnose.py itself failed, with IndexError: list index out of range. That is no fault of yours, unless"
    assert answer["verdict"] == "cannot check" and answer["findings"][0]["evidence"].startswith(said)


def test_the_child_finds_a_function_by_its_name(homework):
    inside = "\nclass Model:\n    loss = staticmethod(loss_and_gradient)\ndel loss_and_gradient"
    assert homework(RIGHT + inside, "--function", "Model.loss")["verdict"] == "correct"


def test_the_files_beside_it_can_be_imported(homework, tmp_path):
    (tmp_path / "helper_of_homework.py").write_text(RIGHT, "utf-8")
    before = sys.path.copy()
    assert homework("from helper_of_homework import *")["verdict"] == "correct"
    assert sys.path[2:] == before


@pytest.mark.parametrize(
    "source, options, said",
    [
        ("x = 1\n", [], "homework.py has no function loss_and_gradient: define it, or give its name with --function"),
        ("from math import exp\nclass A:\n    pass\ndef f(): pass\n", [], "with --function; it defines A, f"),
        ("def f(W, X, y, reg): pass\ndef g(z, y): pass\n", [], "it defines f, g. If it is f, add --signature W,X,y,reg"),
        ("class A:\n    pass\n", [], "it defines A. Around a class, write a function loss_and_gradient(logits, labels)"),
        ("class A:\n    pass\n", ["--function", "A"], "A is a class. Around a class, write a function"),
        (RIGHT, ["--function", "numbers.nothing"], "no function numbers.nothing"),
        ("x = (\n", [], "homework.py, line 1: x = (: SyntaxError"),
        ("import sys\nsys.exit(1)\n", [], "homework.py, line 2: sys.exit(1): SystemExit: 1"),
        ("def loss_and_gradient(z, y):\n    return z[99], z\n", [], "homework.py, line 2: return z[99], z: IndexError"),
        (RIGHT.replace("axis=1", "axis=7", 1), [], "homework.py, line 4: z = logits - logits.max(axis=7, keepdims=True)"),
        ("def f():\n    input('?')\nf()\n", [], "line 2"),
    ],
)
def test_what_the_child_cannot_check(homework, source, options, said):
    answer = homework(source, *options)
    assert answer["verdict"] == "cannot check" and said in answer["findings"][0]["evidence"]
    assert not said.endswith(("--function", "reg")) or answer["findings"][0]["evidence"].endswith(said)


def test_what_is_no_python_file_is_named(homework, tmp_path):
    (tmp_path / "homework").mkdir()
    (tmp_path / "homework.ipynb").write_text("{}")
    said = {
        "nothing.py": "nothing.py does not exist: name the Python file that holds your function",
        "homework": "homework is a folder: name the Python file",
        "homework.ipynb": "homework.ipynb is a notebook: save it as a .py file, or call diagnose(your_function) in a cell",
    }
    for name, text in said.items():
        module.main([name, "--child", str(tmp_path)])
        assert text in (tmp_path / "answer.json").read_text("utf-8")


def test_the_file_does_not_see_the_arguments_of_the_program(homework, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["diagnose.py", "homework.py", "--json"])
    assert homework("import argparse\nargparse.ArgumentParser().parse_args()\n" + RIGHT)["verdict"] == "correct"


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "1000000", "soon"])
def test_a_time_that_cannot_be_waited_for_is_refused(capsys, text):
    with pytest.raises(SystemExit):
        module.parse(["homework.py", f"--timeout={text}"])
    assert f"argument --timeout: invalid seconds value: '{text}'" in capsys.readouterr().err
    for good in (999999.5, 0.5):
        assert module.parse(["homework.py", "--timeout", str(good)]).timeout == good


@pytest.mark.parametrize("text", ["k", "(k,)", " k "])
def test_a_signature_may_be_written_as_a_shape(text):
    assert module.parse(["homework.py", "--signature", text]).signature == "k"
    assert module.parse(["homework.py", "--signature", "(N, k)"]).signature == "N,k"


class Ended:
    """Stands for the subprocess: it leaves an answer or a log, and an exit code or none."""

    def __init__(self, monkeypatch, code=1, answer=None, log=None):
        def wait(timeout):
            assert timeout > 10, "the child, whose limit is 10 s, is to end first"
            if code is None:
                raise subprocess.TimeoutExpired("", timeout)
            return code

        def begin(command, **others):
            folder = Path(command[-1])
            if log is not None:
                (folder / "stopped.txt").write_text(log, "utf-8")
            if answer is not None:
                (folder / "answer.json").write_text(json.dumps({**answer, "remarks": answer.remarks}), "utf-8")
            return SimpleNamespace(wait=wait)

        monkeypatch.setattr(subprocess, "Popen", begin)
        monkeypatch.setattr(module, "end_all", lambda child: None)


@pytest.mark.parametrize(
    "function, code, first",
    [(vectors, 0, "Correct."), (unknown.zero, 1, "Wrong."), (lambda z, y: None, 2, "Cannot check.")],
)
def test_exit_codes_and_words(monkeypatch, capsys, function, code, first):
    answer = diagnose(function)
    Ended(monkeypatch, answer=answer)
    assert module.main(["homework.py"]) == code
    words = capsys.readouterr().out
    assert words.startswith(first) and "no limit on memory" not in words
    assert module.main(["homework.py", "--json"]) == code
    assert json.loads(capsys.readouterr().out) == answer


@pytest.mark.parametrize(
    "code, log, said",
    [
        (1, "Timeout (0:00:10)!\nThread 0x1 (most recent call first):\n  File \"{}\", line 2 in f\n",
         "it did not end within 10 s, in line 2: while True:. If it is only slow, try --timeout 60"),
        (None, None, "it did not end within 10 s. If"),
        (-11, 'Fatal Python error: Segmentation fault\n  File "{}", line 1 in f\n',
         "it ended Python itself, in line 1: def f():"),
        (3, "", "it ended Python itself (exit code 3)"),
    ],
)  # fmt: skip
def test_a_child_without_an_answer(monkeypatch, tmp_path, capsys, code, log, said):
    file = tmp_path / "häusaufgabe.py"
    file.write_text("def f():\n    while True:\n        pass\n", "utf-8")
    escaped = str(file).encode("ascii", "backslashreplace").decode()
    Ended(monkeypatch, code, log=log and log.format(escaped))
    assert module.main([str(file)]) == 2
    assert said in one_line(capsys.readouterr().out)


def test_a_system_without_a_limit_on_memory_says_so(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "darwin")
    Ended(monkeypatch, answer=diagnose(vectors))
    assert module.main(["homework.py"]) == 0
    assert "This system has no limit on memory." in capsys.readouterr().out
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows
    module.limit_memory()


def test_a_terminal_without_a_character_gets_its_code(monkeypatch):
    printed = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stdout", printed)
    Ended(monkeypatch, answer=module.stopped("cannot check", "ä"))
    module.main(["homework.py"])
    printed.seek(0)
    assert "- \\xe4" in printed.read()


def test_a_terminal_that_has_the_character_shows_it(monkeypatch, capsys):
    Ended(monkeypatch, answer=module.stopped("cannot check", "ä"))
    module.main(["homework.py"])
    assert "- ä" in capsys.readouterr().out


def test_memory_and_time_are_limited(monkeypatch, tmp_path):
    import faulthandler
    import resource

    called = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, limits: called.update(memory=limits[0]))
    monkeypatch.setattr(faulthandler, "enable", lambda file: None)
    monkeypatch.setattr(
        faulthandler, "dump_traceback_later", lambda seconds, exit, file: called.update(time=seconds, log=file)
    )
    monkeypatch.setattr(sys, "platform", "linux")
    module.limit_memory()
    module.watch(tmp_path / "log", 7)
    called.pop("log").close()
    assert called == {"memory": 2 << 30, "time": 7}


def test_the_file_runs_as_a_script(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["diagnose.py", "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(module.__file__, run_name="__main__")
    assert ended.value.code == 0 and "W,X,y,reg" in capsys.readouterr().out
