"""The words of an answer: each sentence once."""

import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from machinery.sources import DOCS
from snippets import diagnose as module
from snippets.diagnose import KNOWN, diagnose
from tests.diagnose.homework import only_the_derivative_of_the_loss_by_s, right, softmax_applied_twice, softmax_over_the_wrong_axis, unknown
from tests.diagnose.homework.right import vectors
from tests.diagnose.programs import evidence, one_line


def right_loss(gradient):
    return lambda z, y: (vectors(z, y)[0], gradient(z, y, vectors(z, y)[1]))


OVER_EXAMPLES = (
    "the probabilities behind your gradient sum to [0.7346 0.4486 0.7159 0.983 1.118] over the classes of each example, which must"
    " be 1, and to [1 1 1 1] over the examples of each class"
)
LATER = "every entry is 5 times what it must be; N = 5, k = 4" + module.LATER


@pytest.mark.parametrize(
    "function, expected",
    [
        (right_loss(lambda z, y, g: module.softmax(z) / len(y)), "the rows of your gradient sum to 0.2, with N = 5; they must sum to 0"),
        (right_loss(lambda z, y, g: -g), "at row 0, class 2 your gradient is +0.1787; with the right sign it is -0.1787"),
        (right_loss(lambda z, y, g: g * len(y)), LATER),
        (right_loss(lambda z, y, g: g / len(y)), "every entry is 0.2 times what it must be; N = 5, k = 4"),
        (lambda z, y: (vectors(z, y)[0] * len(y), vectors(z, y)[1]), "your loss is 5 times what it must be, and your gradient 1 times; N = 5, k = 4"),
        (lambda z, y: (-vectors(z, y)[0], vectors(z, y)[1]), "your loss is -2.63714, as with this mistake; it must be 2.63714"),
        (lambda z, y: vectors(z, (y - 1) % z.shape[1]), "if your labels run from 1 to k, this is right. Otherwise: in row 0 the label is 2; your gradient is as if it were 1"),
        (only_the_derivative_of_the_loss_by_s.indexing,
         "row 0 of your gradient is [0 0 -1.881 0], which is 0 except at class 2; its probabilities are [0.5379 0.05191 0.1063 0.3038], and N = 5"),
        (softmax_applied_twice.indexing,
         "the probabilities behind your gradient are [0.3272 0.2013 0.2125 0.2589] in row 0: the softmax of"
         " [0.5379 0.05191 0.1063 0.3038], which is the softmax already"),
        (softmax_over_the_wrong_axis.indexing, OVER_EXAMPLES),
    ],
)
def test_evidence_is_in_numbers(function, expected):
    assert evidence(diagnose(function)) == [expected]


def test_a_missing_mean_beside_another_mistake_is_described_as_what_would_remain():
    """Entries of the softmax over the whole batch share no factor with the right ones."""
    over_everything = right_loss(lambda z, y, g: module.softmax(z.ravel(), 0).reshape(z.shape) - np.eye(z.shape[1])[y])
    assert evidence(diagnose(over_everything))[1] == "every entry would still be 5 times what it must be; N = 5, k = 4"
    of_the_loss = evidence(diagnose(lambda z, y: (-vectors(z, y)[0] * len(y), vectors(z, y)[1])))
    assert of_the_loss[0] == "your loss would still be 5 times what it must be, and your gradient 1 times; N = 5, k = 4"


FACTS = {
    unknown.base_2: [
        "your gradient is that of the softmax of 0.693147 times the logits",
        "your loss is wrong as well, and your gradient is not its derivative: at row 4, class 1 the numerical"
        " derivative of your loss is -0.1323, and your gradient has -0.1909",
        "for logits (5, 4), row 0, your gradient is [0.09108 0.01801 -0.1704 0.0613]; it must be"
        " [0.1076 0.01038 -0.1787 0.06077]. The probabilities are [0.5379 0.05191 0.1063 0.3038], the label is 2",
        "for logits (5, 4) your loss is 2.15705; it must be 2.63714",
    ],
    unknown.columns_instead_of_entries: [
        "in each wrong batch tried, the wrong entries are exactly those of classes that are the label of another row",
        "your gradient is (s - 1 at the labels of all rows) / N: " + module.ALL_LABELS,
    ],
    unknown.nan_loss: ["for logits (5, 4) your loss is nan; it must be 2.63714. Is 1 subtracted from s before its logarithm is taken?",
                       "your gradient is right"],
    unknown.loss_of_the_last_row: ["your loss is that of the last row alone, divided by N. Is it `loss =` or losses[-1] where you mean the sum?"],
    unknown.nan_in_one_entry: ["for logits (5, 4) 1 of 20 entries are wrong, in rows [4], classes [0]", "9 of the 9 wrong entries are nan or inf"],
    unknown.label_of_the_last_row: ["for logits (5, 4), row 0, [0 1 0 0] is subtracted from s; it must be [0 0 1 0]"],
    unknown.no_last_class: ["the wrong entries are all 0"],
    unknown.label_weights: ["each wrong entry of your gradient is 2 times what it must be"],
    unknown.one_more_than_right: ["each entry of your gradient is off by +0.01", "the rows of your gradient sum to [0.04 0.04 0.04 0.04 0.04]; they must sum to 0"],
    unknown.accumulates: [
        "of the 9 batches tried, it is wrong in exactly those where N > 1",
        "the last row depends on the logits of row 0: [0.1264 0.07541 -0.1335 -0.0683] becomes [0.05154 0.07118 -0.1302 0.007518]",
    ],
    unknown.decay: ["each wrong entry of your gradient is off by +0.01 times its logit",
                           "your gradient is the derivative of your loss: what is wrong is in both"],
    unknown.one_list_n_times: ["all rows of your gradient are equal. Is it one row, N times, as [[0] * k] * N makes it?"],
    unknown.fixed_batch_size: ["each entry of your gradient is N / 100 times what it must be. Is it divided by 100, whatever N is?"],
    unknown.loss_changes: ["two equal calls return different losses:"],
    unknown.maximum_of_the_batch: ["each example alone is right. Subtract the largest logit of each example,"],
    unknown.transposed: ["your gradient has shape (4, 5); it must have that of its input, (5, 4): it is transposed"],
    unknown.ragged: ["your gradient is not an array of numbers; its shape must be that of its input, (5, 4): do all rows have the same length?"],
    unknown.integers: ["your gradient has dtype int64; it must be float64 (float32 will do)"],
}


@pytest.mark.parametrize("function", FACTS, ids=lambda function: getattr(function, "__name__", "loss_changes"))
def test_facts_are_in_numbers(function):
    text = " ".join(evidence(diagnose(function)))
    for fact in FACTS[function]:
        assert fact in text


def test_the_probabilities_that_are_not_the_softmax_are_shown_where_they_differ_most():
    def change(z, y, g):
        s = module.softmax(z)
        s[0, -1] *= 1.01
        s[0] /= s[0].sum()
        return (s - np.eye(z.shape[1])[y]) / len(y)

    (said,) = [fact for fact in evidence(diagnose(right_loss(change))) if "positive and sum to 1" in fact]
    assert "but are not the softmax: for logits (5, 4), row 0, class 3 has 0.306 and must have 0.3038" in said
    assert "an activation applied to the logits" in one_line(diagnose(unknown.positive_probabilities))


def test_the_batches_that_are_wrong_and_right_are_listed():
    found = evidence(diagnose(right_loss(lambda z, y, g: g + 0.01 * np.sin(z) * (z.size in (20, 18)))))
    assert found[0] == (
        "of the batches tried, it is wrong for logits (5, 4), logits (3, 6); right for logits (4, 4), logits (7, 2), logits (1, 5), logits (4, 3),"
        " logits (16, 10), logits (3, 4), logits (2, 3)"
    )


def test_the_answer_has_the_promised_keys():
    for function in (vectors, unknown.nan_in_one_entry, right.full_jacobian, lambda z, y: None):
        answer = json.loads(json.dumps(diagnose(function), allow_nan=False))
        assert list(answer) == ["verdict", "reading", "findings", "gradient", "loss"]
        assert list(answer["gradient"]) == ["largest_relative_error", "at", "expected", "got"]
        assert list(answer["loss"]) == ["expected", "got"]
        for found in answer["findings"]:
            assert list(found) == ["code", "mistake", "evidence", "numbers", "page"]


def test_the_entry_shown_has_the_largest_relative_error_of_the_wrong_ones():
    def change(z, y, g):
        g[1, 2] *= 1.5 if len(y) == 5 else 1
        g[0, 1] *= -1 if len(y) == 5 else 1
        return g

    gradient = diagnose(right_loss(change))["gradient"]
    assert gradient["at"] == [0, 1] and gradient["largest_relative_error"] == pytest.approx(2)
    assert gradient["got"] == pytest.approx(-gradient["expected"])


def test_two_zeros_do_not_differ():
    """Where the true class is 740 above others the right gradient has a 0."""
    answer = diagnose(lambda z, y: (np.mean(np.log(np.exp(z).sum(axis=1)) - z[range(len(y)), y]), vectors(z, y)[1]))
    assert answer["loss"]["got"] == "inf" and answer["gradient"]["largest_relative_error"] < 1e-12


def test_nan_is_a_string_that_float_reads():
    answer = diagnose(unknown.nan_in_one_entry)
    assert answer["gradient"]["at"] == [4, 0] and np.isnan(float(answer["gradient"]["got"]))
    assert "row 4, class 0, expected 0.162327, got nan" in one_line(answer)


@pytest.mark.parametrize("name", KNOWN)
def test_each_mistake_has_a_question_a_fix_and_an_anchor(name):
    mistake = KNOWN[name]
    assert mistake.hint.endswith("?") and mistake.fix and "shape[" not in mistake.fix
    assert set(mistake.page.removeprefix("mistakes/#")) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "(N, k)" in mistake.fix or not any(code in mistake.fix for code in ("axis=", "np.arange(")), mistake.fix


def test_logits_in_columns_are_explained():
    """There axis=1 is the mistake, and N is not shape[0]."""

    def in_columns(logits, labels):
        loss, gradient = softmax_over_the_wrong_axis.indexing(logits.T, labels)
        return loss, gradient.T

    assert OVER_EXAMPLES in one_line(diagnose(in_columns)) and module.COLUMNS in one_line(diagnose(in_columns))
    assert module.COLUMNS not in one_line(diagnose(softmax_over_the_wrong_axis.indexing))


def test_words_have_the_reading_the_loss_and_the_largest_error():
    text = one_line(diagnose(right_loss(lambda z, y, g: -g)))
    assert text.startswith("Wrong. Read as <lambda>(z, y): z: logits (N, k), y: class numbers (N,); returns the mean loss and the gradient.")
    assert "Hint: Does the loss fall or rise" in text and "Page: mistakes/#wrong-sign" in text
    assert "Largest relative error 2.0e+00: row 0, class 0, expected 0.107588, got -0.107588 Loss: 2.63714, as expected" in text
    assert "Largest relative error below 1e-12, which is rounding." in one_line(diagnose(vectors))
    assert "Largest relative error 1.0e-11: row" in one_line(diagnose(right_loss(lambda z, y, g: g * (1 + 1e-11))))


def test_the_letters_of_shapes_are_explained_and_those_of_the_program_are_not():
    def with_weights(W, X, y):
        loss, dz = vectors(X @ W, y)
        return loss, X.T @ dz

    def f(z, y):
        return vectors(z, y)

    assert " Letters: N examples, k classes. Largest" in one_line(diagnose(f))  # y: class numbers
    assert " Letters: N examples, k classes, D features. Largest" in one_line(diagnose(with_weights))


def test_numbers_are_shown_with_as_many_digits_as_they_need():
    assert module.show(range(16)) == "[0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15]"
    assert module.show(range(17)) == "[0 1 2 3 ...]"
    assert module.show([0.0, -0.0, -1e-9]) == "[0 0 -1e-09]"
    assert module.apart(0.1234, 0.1235, 4) == ("0.1234", "0.1235")
    assert module.apart(0.123456, 0.123457, 4) == ("0.123456", "0.123457")
    assert module.apart(1 / 3, 1 / 3, 4)[0] == "0.33333333333333331"


def test_the_table_of_parts_has_each_part_and_its_doors():
    text = Path(module.__file__).read_text("utf-8")
    first, *bodies = re.split(r"^# \d+\. .*$", text, flags=re.MULTILINE)
    rows = re.findall(r"^ +(\d+)\. (.+?)  +(.+)$", first, re.MULTILINE)
    titles = re.findall(r"^# (\d+)\. ([^:,.\n]+)", text, re.MULTILINE)
    assert [(number, title) for number, title, _ in rows] == titles
    for (*_, doors), body in zip(rows, bodies):
        for door in re.findall(r"\w+", doors):
            assert re.search(rf"^(def |class )?{door}\b", body, re.MULTILINE), door


def test_each_verdict_has_the_page_that_explains_it():
    def page(function):
        return diagnose(function)["findings"][0]["page"]

    assert page(lambda z, y: None) == "is-mine-right/#cannot-check"
    assert page(unknown.transposed) == page(unknown.zero) == "is-mine-right/#facts"
    assert page(right_loss(lambda z, y, g: -g)) == "mistakes/#wrong-sign"


def test_the_pages_of_other_losses_have_the_section():
    pages = {page for _, page, *_ in module.NEXT_DOOR} | set(re.findall(r'"(variants/[^"]+)"', Path(module.__file__).read_text("utf-8")))
    assert len(pages) > 5
    for page in pages:
        path, anchor = page.split("/#")
        headings = re.findall("^##+ (.*)", (DOCS / f"{path}.md").read_text("utf-8"), re.MULTILINE)
        assert any(f"{{#{anchor}" in heading or heading.lower().replace(" ", "-") == anchor for heading in headings), page


MINUS_1 = "A label of -1 counts as the last class"


def test_what_a_label_of_minus_1_does_is_a_remark_where_labels_can_be_ignored():
    """-1 means "ignore" in many data sets; it is outside of what a right function must take."""

    def does_not_ignore(logits, labels, ignore_index):
        return vectors(logits, labels)

    def the_gradient_alone(logits, labels, ignore_index):
        return vectors(logits, labels)[1]

    def refuses(logits, labels, ignore_index):
        if labels.min() < 0:
            raise ValueError("a label is negative")
        return vectors(logits, labels)[1]

    def ignores(logits, labels, ignore_index):
        return vectors(logits, labels)[1] * (labels >= 0)[:, np.newaxis]

    def returns_nothing(logits, labels, ignore_index):
        return vectors(logits, labels)[1] if labels.min() >= 0 else None

    for function in (does_not_ignore, the_gradient_alone):
        assert MINUS_1 in one_line(diagnose(function))
    for function in (refuses, ignores, returns_nothing, vectors, right.the_gradient_alone):
        answer = diagnose(function)
        assert answer["verdict"] == "correct" and MINUS_1 not in one_line(answer)


def test_sums_and_losses_of_the_examples_are_remarked():
    assert "right for the sum over the batch" in one_line(diagnose(right.for_the_sum))
    assert "right for the sum" not in one_line(diagnose(right.for_the_sum, sum=True))
    assert "one loss for each example" in one_line(diagnose(right.one_loss_for_each_example))


def test_the_answer_says_that_a_call_in_this_process_has_no_limits():
    assert "without a limit on time or memory" in one_line(diagnose(vectors))


class Tensor:
    """The methods of a PyTorch tensor that diagnose.py uses."""

    def __init__(self, array):
        self.array = array

    def __array__(self, *_, **__):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")

    def detach(self):
        return SimpleNamespace(cpu=lambda: SimpleNamespace(numpy=lambda: self.array))


def test_tensors_and_decimals_are_taken():
    assert diagnose(lambda z, y: tuple(Tensor(np.asarray(part)) for part in vectors(z, y)))["verdict"] == "correct"
    decimals = diagnose(lambda z, y: (Decimal(float(vectors(z, y)[0])), [[Decimal(entry) for entry in row] for row in vectors(z, y)[1].tolist()]))
    assert decimals["verdict"] == "correct"


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
    codes = {"Correct.": 32, "Wrong.": 31, "Cannot check.": 33, "Fragile.": 33}
    for (verdict, code), function in zip(codes.items(), [vectors, unknown.zero, lambda z, y: None, right.clipped]):
        text = module.in_words(diagnose(function), paint)
        assert text.startswith(f"\x1b[{code}m{verdict}\x1b[0m\n" if coloured else f"{verdict}\n")
