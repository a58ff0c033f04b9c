"""The verdict on each program: those of homework/, those that people have, and right ones that were corrupted."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippets import diagnose as module
from snippets.diagnose import KNOWN, Batch, batches, combinations, diagnose, predicted
from snippets.loss_and_gradient import loss_and_gradient
from snippets.textbook import loss_and_gradient_batch, loss_and_gradient_loops, loss_and_gradient_vector
from tests.diagnose.homework import unknown
from tests.diagnose.homework.right import vectors
from tests.diagnose.programs import EXPECTATIONS, PROGRAMS, REPORTS, codes, named, one_line, report, unique


@pytest.mark.parametrize("function, mistakes, verdict", [row[1:] for row in PROGRAMS], ids=[row[0] for row in PROGRAMS])
def test_each_program_gets_its_verdict_and_its_mistakes(function, mistakes, verdict):
    answer = diagnose(function)
    assert (answer["verdict"], sorted(named(answer))) == (verdict, sorted(mistakes)), answer
    own_facts = function.__module__ == unknown.__name__ or verdict == "fragile"
    assert own_facts or len(answer["findings"]) == len(mistakes), answer


@pytest.mark.parametrize("name", unknown.FACTS)
def test_what_has_no_name_gets_facts(name):
    answer = diagnose(getattr(unknown, name))
    assert set(unknown.FACTS[name]) <= set(codes(answer)), codes(answer)
    assert max(map(len, str(answer).split("\n"))) <= 80


def test_at_least_three_programs_make_each_mistake():
    counts = {name: sum(name in mistakes for _, _, mistakes, _ in PROGRAMS) for name in KNOWN}
    assert min(counts.values()) >= 3, counts


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=[pytest.mark.whole] * expected.get("whole", False)) for name, expected in EXPECTATIONS.items() if name != "trains_where_it_stands"
])
def test_programs_that_people_have_need_no_option(homework, name):
    """Those that are slow, and reach no line that others don't, are for --whole. `trains_where_it_stands` never finishes loading: see test_command.py."""
    expected = EXPECTATIONS[name]
    answer = homework(report(name))
    text = one_line(answer)
    assert answer["verdict"] in expected["verdict"], text
    assert [said for said in expected["says"] if not re.search(said, text)] == [], text
    assert [said for said in expected["never"] if re.search(said, text)] == [], text


def test_each_program_of_the_reports_has_one_expectation():
    assert sorted(name for name in EXPECTATIONS if "of" not in EXPECTATIONS[name]) == sorted(path.stem for path in REPORTS.glob("*.py"))
    with pytest.raises(ValueError, match="has 'a_name' twice"):
        unique([("a_name", {}), ("another", {}), ("a_name", {})])


def test_code_to_replace_occurs_once(monkeypatch):
    monkeypatch.setitem(EXPECTATIONS, "log_likelihood_of_zero", {"of": "log_likelihood", "replace": {"np.": "numpy."}})
    with pytest.raises(ValueError, match=r"replaces 'np\.' for log_likelihood_of_zero: it has to occur once in log_likelihood\.py"):
        report("log_likelihood_of_zero")


GRADIENTS = [  # programs with one mistake in the gradient, to which a missing mean can be added
    row for row in PROGRAMS
    if len(row[2]) == 1 and KNOWN[row[2][0]].variants
    and row[0] not in ("combinations.both_summed_sign", "softmax_applied_twice.in_the_loss", "wrong_sign.of_the_loss", "unknown.raises_for_one_example")
]


@pytest.mark.parametrize("function, mistakes", [row[1:3] for row in GRADIENTS], ids=[row[0] for row in GRADIENTS])
def test_each_mistake_is_named_beside_a_missing_mean(function, mistakes):
    def without_mean(logits, labels):
        loss, gradient = function(logits, labels)
        return loss, gradient * len(labels)

    assert named(diagnose(without_mean)) == [*mistakes, "forgot the batch mean"]


PAIRS = [pytest.param(*names, *[""] * (2 - len(names)), id=" + ".join(names)) for names in dict.fromkeys(names for names, _ in combinations()) if names]


@pytest.mark.sampled
@pytest.mark.parametrize("first, second", PAIRS)
def test_each_mistake_and_each_pair_is_told_from_all_others(first, second):
    names = (first, second) if second else (first,)
    for candidate, changes in combinations():
        if candidate == names:
            b = batches()[0]
            assert np.abs(predicted(changes, "mean", b).gradient).max() > 1e-3, "a zero gradient fits anything"

            def program(logits, labels, changes=changes):
                b = Batch(logits, labels)
                return predicted({}, "mean", b).loss, predicted(changes, "mean", b).gradient

            assert named(diagnose(program))[: len(names)] == list(names)


FORGOT, TWICE, ENTRIES = "forgot the batch mean", "averaged twice", "averaged over all entries"
CLASSES, DISAGREE = "averaged over the classes", "loss and gradient disagree on the mean"


@pytest.mark.parametrize(
    "summed, of_loss, of_gradient, expected",
    [
        (False, "mean", "mean", []), (False, "mean", "sum", [FORGOT]), (False, "sum", "sum", []),
        (False, "sum", "mean", [DISAGREE]), (False, "mean", TWICE, [TWICE]), (False, TWICE, TWICE, [TWICE]),
        (False, TWICE, "mean", [TWICE]), (False, ENTRIES, ENTRIES, [ENTRIES]), (False, ENTRIES, "sum", [ENTRIES, FORGOT]),
        (False, ENTRIES, "mean", [ENTRIES]), (False, CLASSES, "mean", [CLASSES]), (False, CLASSES, ENTRIES, [ENTRIES, CLASSES]),
        (False, "mean", CLASSES, [CLASSES]), (True, "sum", CLASSES, [CLASSES]), (True, "sum", "sum", []),
        (True, "sum", "mean", [DISAGREE]), (True, "mean", "sum", [DISAGREE]), (True, "mean", "mean", ["mean-not-sum"]),
        (True, "sum", TWICE, [TWICE]), (False, "sum", ENTRIES, [ENTRIES, DISAGREE]),
    ],
)
def test_sums_and_means_that_fit_are_right_and_others_are_named(summed, of_loss, of_gradient, expected):
    def program(logits, labels):
        b = Batch(logits, labels)
        return predicted({}, of_loss, b).loss, predicted({}, of_gradient, b).gradient

    answer = diagnose(program, sum=summed)
    assert [found["mistake"] or found["code"] for found in answer["findings"]] == expected
    assert answer["verdict"] == ("wrong" if expected else "correct")


def test_a_gradient_alone_is_forced_or_found():
    both = diagnose(vectors, gradient_only=True)
    assert both["verdict"] == "cannot check" and "leave out --gradient-only" in one_line(both)

    def alone(logits, labels):
        return vectors(logits, labels)[1] * len(labels)

    answer = diagnose(alone)
    assert answer["verdict"] == "correct" and answer["loss"]["got"] is None and "divide by N" in one_line(answer)
    assert named(diagnose(lambda z, y: -vectors(z, y)[1])) == named(diagnose(lambda z, y: -vectors(z, y)[1], gradient_only=True)) == ["wrong sign"]
    assert codes(diagnose(lambda z, y: -vectors(z, y)[1], sum=True)) == ["wrong-sign", "mean-not-sum"]
    assert named(diagnose(lambda z, y: loss_and_gradient_batch(z, y)[1])) == ["unstable softmax"]


@pytest.mark.parametrize(
    "function", [loss_and_gradient, loss_and_gradient_batch, loss_and_gradient_vector, loss_and_gradient_loops], ids=lambda f: f.__name__
)
def test_the_functions_of_the_site_are_correct_or_fragile(function):
    fragile = function is not loss_and_gradient
    answer = diagnose(function)
    assert answer["verdict"] == ("fragile" if fragile else "correct")
    assert named(answer) == (["unstable softmax", "log of an underflowed probability"] if fragile else [])


# Weaker checks, and what passes them


def at_zero(function):
    """Compare all entries, but only for logits of 0, where the probabilities are uniform."""
    z, y = np.zeros((3, 4)), np.array([2, 0, 3])
    return np.allclose(function(z, y)[1], loss_and_gradient(z, y)[1])


def sum_of_outputs(function):
    """Differentiate the sum of the probabilities, which is constant, so that the derivative is 0."""
    z, y = np.random.default_rng(0).normal(size=(3, 4)), np.array([2, 0, 3])

    def output(z):
        return (function(z.copy(), y)[1] * len(y) + np.eye(4)[y]).sum()

    steps = 1e-5 * np.eye(12).reshape(12, 3, 4)
    return all(abs(output(z + step) - output(z - step)) < 1e-9 for step in steps)


def one_entry(function):
    z, y = np.random.default_rng(0).normal(size=(3, 4)), np.array([2, 0, 3])
    return abs(function(z, y)[1][0, 1] - loss_and_gradient(z, y)[1][0, 1]) < 1e-2


def of_right_loss(gradient):
    return lambda logits, labels: (loss_and_gradient(logits, labels)[0], gradient(logits, labels))


def one_percent(logits, labels):
    """One entry is off by 1 %."""
    gradient = loss_and_gradient(logits, labels)[1]
    gradient[0, 0] *= 1.01
    return gradient


SIZES = {"forgot the batch mean", "averaged twice", "averaged over all entries", "averaged over the classes"}
ONE_OF_EACH = {
    **{mistakes[0]: function for _, function, mistakes, verdict in reversed(PROGRAMS) if len(mistakes) == 1 and verdict == "wrong"
       and (KNOWN[mistakes[0]].variants or mistakes[0] in SIZES)},
    "base 2": unknown.base_2, "twice the logits": unknown.temperature, "zero": of_right_loss(lambda z, y: 0 * z),
    "1/k": of_right_loss(lambda z, y: loss_and_gradient(0 * z, y)[1]), "1 % in one entry": of_right_loss(one_percent),
}
LETS_PASS = {
    at_zero: {"softmax applied twice", "base 2", "twice the logits", "1/k"},
    sum_of_outputs: {
        "forgot to subtract the one-hot", "wrong sign", "softmax over the wrong axis", "softmax applied twice",
        "labels from 1", "one-hot where indices are expected, or the reverse", "base 2", "twice the logits", "zero", "1/k", *SIZES,
    },
    one_entry: {"forgot to subtract the one-hot", "base 2", "1 % in one entry"},
}


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
    kind = draw(st.sampled_from(["entry", "row", "column", "scale", "scale of the largest", "sign", "sign of a row", "swap"]))

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

    corrupt.__name__ = f"{kind} {size:.3g} at {row}, {column}"
    return corrupt


@given(corruptions())
def test_a_corrupted_gradient_is_never_called_correct(corrupt):
    def program(logits, labels):
        loss, gradient = loss_and_gradient(logits, labels)
        return loss, corrupt(gradient)

    assert diagnose(program)["verdict"] == "wrong"


def changed(where, size=1.0, of_loss=0.0):
    """Return a right program whose results are scaled where a condition of logits and labels holds."""

    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        there = np.asarray(where(logits, labels), float)
        return loss * (1 + of_loss * there.max()), gradient * (1 + size * (there if there.ndim != 1 else there[:, np.newaxis]))

    return program


@pytest.mark.parametrize("N", [1, 2, 3, 4, 5, 7, 16])
def test_an_error_in_one_size_of_batch_is_noticed(N):
    assert diagnose(changed(lambda z, y: len(y) == N, 5.1e-6))["verdict"] == "wrong"


@pytest.mark.parametrize("size, of_loss", [(-1, 0), (0, -1)])
def test_an_error_in_confident_rows_alone_is_noticed(size, of_loss):
    sure = changed(lambda z, y: module.softmax(z)[range(len(y)), y] > 0.95, size, of_loss)
    assert diagnose(sure)["verdict"] == "wrong"


@pytest.mark.parametrize("size, verdict", [(5e-8, "correct"), (2e-7, "correct"), (4.9e-6, "correct"), (5.1e-6, "wrong")])
def test_an_error_above_rounding_is_a_remark_if_it_is_small_and_otherwise_wrong(size, verdict):
    answer = diagnose(changed(lambda z, y: True, size))
    assert answer["verdict"] == verdict and ("more than rounding" in one_line(answer)) == (1e-7 < size < 5e-6)


def test_a_loss_that_is_off_a_little_is_wrong():
    assert diagnose(changed(lambda z, y: True, 0, 1e-4))["verdict"] == "wrong"


@pytest.mark.parametrize("size, verdict", [(0, "correct"), (2e-5, "wrong")])
def test_in_float32_an_error_of_1e_5_is_wrong(size, verdict):
    def program(logits, labels):
        loss, gradient = vectors(logits.astype(np.float32), labels)
        return loss, (gradient * (1 + size)).astype(np.float32)

    answer = diagnose(program)
    assert answer["verdict"] == verdict and ("As precise as float32" in one_line(answer)) == (size == 0)


def test_what_nearly_fits_a_mistake_is_not_named():
    assert named(diagnose(lambda z, y: (vectors(z, y)[0], -vectors(z, y)[1] * (1 + 3e-7 * (len(y) == 16))))) == []


@pytest.mark.parametrize("subtracted", [(2, 1), (1, 2)])
def test_constants_subtracted_from_two_classes_fit_no_mistake(subtracted):
    def program(logits, labels):
        s = module.softmax(logits)
        s[:, :2] -= subtracted
        return vectors(logits, labels)[0], s / len(labels)

    assert named(diagnose(program)) == []


def test_three_mistakes_at_once_are_not_named():
    triple = diagnose(lambda z, y: (vectors(z, y)[0], -module.softmax(module.softmax(z)) * 1.0))
    assert triple["verdict"] == "wrong" and named(triple) == []


def test_two_explanations_that_fit_equally_well_are_not_reported(monkeypatch):
    twin = KNOWN["wrong sign"]._replace(name="another sign")
    monkeypatch.setattr(module, "MISTAKES", [*module.MISTAKES, twin])
    monkeypatch.setattr(module, "explanations", module.explanations.__wrapped__)
    answer = diagnose(lambda z, y: (vectors(z, y)[0], -vectors(z, y)[1]))
    assert answer["verdict"] == "wrong" and named(answer) == [] and "ratio=-1.0" in codes(answer)


def test_no_batch_is_special():
    shapes = [b.z.shape for b in batches()]
    assert len(set(shapes)) == len(shapes) and {(1, 5), (4, 4), (7, 2)} <= set(shapes)
    for b, again in zip(batches(), batches()):
        assert (b.z == again.z).all() and (b.y == again.y).all()
        assert np.ptp(b.P, axis=1).min() > 1e-3, "probabilities must not be uniform"
        # so that 1e-12 added to a probability is below the tolerance of float64
        assert b.P[b.Y > 0].min() > 1e-4
