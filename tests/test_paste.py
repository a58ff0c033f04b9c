"""'Paste your numbers': the table of mistakes, and the answers of the page's script, in Node.js, to what many languages print."""

import contextlib
import io
import json
import re

import numpy as np
import pytest

from machinery.content import explorer, paste
from machinery.sources import DOCS
from snippets.diagnose import FORMULAS, KNOWN, LIMITS, Batch, legend, predicted, softmax
from snippets.loss_and_gradient import loss_and_gradient

LOSS, GRADIENT = loss_and_gradient(paste.LOGITS, paste.LABELS)
BATCH = Batch(np.array(paste.LOGITS), np.array(paste.LABELS))
N, k = GRADIENT.shape
FULL = repr(GRADIENT.tolist())
SECTION = (DOCS / "is-mine-right.md").read_text("utf-8").split("## Paste your numbers")[1].split("## ")[0]


def compare(*pairs):
    """Return the script's answers to pasted pairs of loss and gradient, in one line, without marks; each call starts Node.js once."""
    answers = explorer.run((DOCS / paste.SCRIPT).read_text("utf-8"), "data.pairs.map((pair) => compare(...pair, data.table))",
                           {"pairs": pairs, "table": paste.table()})
    return [{**answer, "text": answer["text"].replace("\n", " ").replace("`", ""), "marked": answer["text"]} for answer in answers]


# What takes large logits, a second call or another result to be seen
UNSEEN = {*LIMITS, "the returned probabilities corrupted"}


def test_the_table_is_rounded_as_it_says():
    table = paste.table()
    assert table["rows"][0]["names"] == () and set(table["mistakes"]) == {name for name in KNOWN if name not in UNSEEN}
    np.testing.assert_allclose(np.array(table["rows"][0]["gradient"]) / N, GRADIENT.ravel(), rtol=0, atol=GRADIENT.max() * 10.0 ** (1 - paste.DIGITS))
    np.testing.assert_allclose(np.mean(table["losses"]), LOSS, rtol=10.0 ** (1 - paste.DIGITS))


def explanations(table, part):
    """Return all explanations of the loss or the gradient that the form knows: their names, and the numbers of each."""
    found = [
        ((*row["names"], *more, scale["name"]), np.atleast_1d(row[part]) * sign * scale["factor"])
        for row in table["rows"] for sign, more in table["signs"] for scale in table["scales"] if row[part] is not None
        if len(row["names"]) + len(more) + (scale["name"] not in ("mean", "sum")) <= 2
    ]
    found += [
        ((text, sign + scale["per"]), np.array(values) * times * scale["factor"])
        for text, values in table["formulas"][part] for scale in table["scales"] for times, sign in table["factors"]
    ]
    if part == "gradient":  # a flat list may have been printed column by column
        found += [(("turned", *name), values.reshape(N, k).ravel(order="F")) for name, values in found]
    return found


def alike(found, within=1e-6):
    """Return the pairs of explanations that give the same numbers, relative to the largest."""
    names, values = zip(*found)
    values = np.array(values)
    largest = np.abs(values).max(axis=1)
    pairs = []
    for i in range(len(values)):
        off = np.abs(values[i + 1 :] - values[i]).max(axis=1)
        pairs += [(names[i], names[i + 1 + j]) for j in np.flatnonzero(off <= within * np.maximum(largest[i], largest[i + 1 :]))]
    # Leave out a mistake or a formula beside itself with a factor such as k, which a scale makes up for: the form takes the plainest.
    return [(one, other) for one, other in pairs if one[:-1] != other[:-1]]


def test_no_two_explanations_give_the_same_numbers(monkeypatch):
    table = paste.table()
    assert alike(explanations(table, "gradient"), 3 * paste.TOLERANCE["formula"]) == [] and alike(explanations(table, "loss")) == []
    # In this input, the sum of the labels equals the sum of the largest plus that of the correct logits.
    monkeypatch.setattr(paste, "LOGITS", [[1.2, -0.3, 0.5, 2.0], [0.1, 1.7, -1.1, 0.4], [-0.6, 0.9, 2.2, -1.5]])
    assert any("log sum exp(z) - c" in f"{pair}" for pair in alike(explanations(paste.table(), "loss")))


def test_an_example_alone_is_not_right_if_it_is_something_else():
    found = [(name, values) for name, values in explanations(paste.table(), "gradient") if not any("{per}" in part for part in name)]
    for n in range(N):
        alone = alike([(name, values.reshape(N, k)[n]) for name, values in found if name[0] != "turned"])
        assert [pair for pair in alone if ("mean",) in pair or ("sum",) in pair] == []


def test_a_fix_does_not_speak_of_options_of_the_program():
    fixes = [mistake["fix"] for mistake in paste.table()["mistakes"].values()]
    assert all(fixes) and [fix for fix in fixes if "--" in fix or "option" in fix or fix.count("(") != fix.count(")")] == []


def test_the_fix_for_labels_is_right_where_indices_count_from_1():
    fix = paste.table()["mistakes"]["labels from 1"]["fix"]
    for language, labels in [("In R, Julia and MATLAB", paste.LABELS), ("in Python", np.array(paste.LABELS) + 1)]:
        assert re.search(rf"{language}, .*?[23], [01], [34]", fix, re.I) and ", ".join(map(str, labels)) in fix, fix
    (answer,) = compare(["1.608724", "0.086034 -0.315434 0.039835 0.189566\n0.043514 0.219880 0.013505 0.056434\n0.014241 0.064463 -0.084670 0.005966"])
    assert answer["mistakes"] == ["labels from 1"]  # R ignores the index 0


def test_words_about_a_mistake_of_the_loss_fit_a_loss_alone():
    known = paste.table()["mistakes"]
    of_loss = {name for loss, pairs in paste.table()["pairs"].items() for name in pairs[""]["named"]} | {"wrong sign"}
    for name in of_loss:
        assert "loss" in known[name]["hint"], (name, known[name])
    assert known["wrong sign"]["hint"].startswith("Can the loss be negative?") and "`-log s_c`, which is never negative" in known["wrong sign"]["fix"]


def said(table):
    """Return all texts of a table that the page shows."""
    texts = [text for known in table["mistakes"].values() for text in (known["hint"], known["fix"])]
    texts += [text for formulas in table["formulas"].values() for text, _ in formulas] + [added["text"] for added in table["added"]]
    return [*texts, *(pair["right"] for pairs in table["pairs"].values() for pair in pairs.values()), table["ascent"], *table["letters"].values()]


def test_each_formula_in_an_answer_is_marked():
    texts = [*said(paste.table()), *(answer["marked"] for answer in compare(*[texts[:2] for texts in OTHERS.values()], *UNREADABLE) if not answer.get("at"))]
    for text in texts:
        assert not re.search(r"[_=\[\]²]|\w\(| [-+/] |(?<!['“])\b[b-zA-HJ-QS-Z]\b", re.sub("`.*?`|{c}", "", text)) and text.count("`") % 2 == 0, text
    for text, marked in {
        "that of -log s_c is -1/s_c times row c": "that of `-log s_c` is `-1/s_c` times row `c`",
        "p[np.arange(N), labels] -= 1, where S = sum of exp(z):": "`p[np.arange(N), labels] -= 1`, where `S = sum of exp(z)`:",
        "in R, a sum of 3, log of a mean: 2 - 1.": "in R, a sum of 3, log of a mean: 2 - 1.",
    }.items():
        assert paste.marked(text) == marked


def test_the_letters_of_an_answer_are_explained_as_the_program_explains_them():
    table = paste.table()
    texts = said(table)
    found = explorer.run((DOCS / paste.SCRIPT).read_text("utf-8"), "data.texts.map((text) => legend(text, data.letters).join())",
                         {"texts": texts, "letters": table["letters"]})
    assert [text.replace("`", "") for text in found] == [legend([text]) for text in texts]
    assert "Letters: probabilities `s = softmax(z)`, one-hot labels `y`." in found and "" in found


def test_the_page_has_a_place_for_the_table():
    assert SECTION.count(paste.PLACE) == 1


def block(kind):
    return re.search(rf"```{kind}\n(.*?)```", SECTION, re.DOTALL)[1]


@pytest.mark.parametrize("kind, first", [("python", 0), ("pytorch", 0), ("julia", 1), ("matlab", 1), ("r", 1)])
def test_the_input_is_the_same_in_each_language(kind, first):
    text = block(kind).replace("float64", "")
    text = text[: re.search("labels.*", text).end()]
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]
    assert numbers == [*np.ravel(paste.LOGITS), *(label + first for label in paste.LABELS)]


def test_what_the_page_prints_is_read():
    names = {}
    exec(block("python"), names)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        names["show"](*loss_and_gradient(names["logits"], names["labels"]))
    twelve = "\n".join(f"{number:.12g}" for number in [LOSS, *GRADIENT.ravel()])  # as with '%.12g' in MATLAB and R
    texts = [("", printed.getvalue()), (printed.getvalue(), ""), ("", twelve)]
    assert [answer["text"] for answer in compare(*texts)] == ["Loss and gradient are right, to the digits given."] * 3


def rows(array, form, between=" ", end="\n"):
    return end.join(between.join(format(entry, form) for entry in row) for row in array)


def matlab(array, decimals=4):
    rows = "\n".join("  ".join(f"{entry * 1e3:12.{decimals}f}" for entry in row) for row in array)
    return f"gradient =\n\n   1.0e-03 *\n\n{rows}\n"


def named(array, form, heads, names, between="  "):
    """Return a table with names of columns and rows."""
    lines = [between.join([name, *(format(entry, form) for entry in row)]) for name, row in zip(names, array)]
    return "\n".join([between.join(heads), *lines])


def wrapped(array, form, columns, heading, row=""):
    """Return a matrix as R and MATLAB print it where it is too wide: in blocks of columns."""
    text = ""
    for first in range(0, array.shape[1], columns):
        part = array[:, first : first + columns]
        text += heading(first + 1, first + part.shape[1])
        text += "".join(row.format(n) + "  ".join(format(entry, form) for entry in line) + "\n" for n, line in enumerate(part, 1))
    return text


def r_heading(first, last):
    return "      " + "  ".join(f"[,{i}]" for i in range(first, last + 1)) + "\n"


def octave_heading(first, last):
    return f"\n Columns {first} through {last}:\n\n" if last > first else f"\n Column {first}:\n\n"


def commas(text):
    return text.replace(".", ",")


def each(form, between="\n", start=0, array=GRADIENT):
    """Return every entry with its place."""
    return between.join(form.format(n=n + start, i=i + start, entry=entry) for (n, i), entry in np.ndenumerate(array))


PERCENT = rows(100 * GRADIENT, ".2f", "% ", "%\n") + "%"

# How a right result is printed. The matrix may also be given in columns.
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
    "R, digits = 15, wrapped": (f"[1] {LOSS:.15g}", wrapped(GRADIENT, "19.16f", 3, r_heading, "[{},] ")),
    "R, wrapped after each column": ("", wrapped(GRADIENT, ".15g", 1, r_heading, "[{},] ")),
    "R, wrapped after two": ("", wrapped(GRADIENT, ".15g", 2, r_heading, "[{},] ")),
    "Octave, format long, wrapped": (f"loss = {LOSS:.15f}", "gradient =\n" + wrapped(GRADIENT, "22.17f", 3, octave_heading)),
    "MATLAB, wrapped, with a factor": ("", "g =\n\n   1.0e-02 *\n\n" + wrapped(GRADIENT * 100, ".15f", 3, octave_heading)),
    "libtorch, wrapped, each block with a factor": ("", wrapped(GRADIENT * 100, ".4f", 2, lambda a, b: f"Columns {a} to {b} 0.01  *\n") + "[ CPUDoubleType{3,4} ]"),
    "R, with dimnames": (f"[1] {LOSS:.6f}", named(GRADIENT, ".8f", ["", *"abcd"], "xyz")),
    "R, data.frame": ("", named(GRADIENT, ".8f", ["", "V1", "V2", "V3", "V4"], "123")),
    "R, tibble": ("", "# A tibble: 3 × 4\n" + named(GRADIENT, ".3g", ["", *["V1  <dbl>"] * 4], "123")),
    "R, dput": ("", f"structure(c({', '.join(map(repr, GRADIENT.T.ravel().tolist()))}), dim = 3:4)"),
    "R, as.vector": ("", f" [1] {'  '.join(f'{entry:.8f}' for entry in GRADIENT.T.ravel()[:6])}\n [7] {'  '.join(f'{entry:.8f}' for entry in GRADIENT.T.ravel()[6:])}"),
    "R, a list": ("", f"$loss\n[1] {LOSS:.6f}\n\n$gradient\n" + wrapped(GRADIENT, ".8f", 4, r_heading, "[{},] ")),
    "R, write.csv2": ("", commas(named(GRADIENT, ".15g", ['""', *[f'"V{i}"' for i in range(1, 5)]], ['"1"', '"2"', '"3"'], ";"))),
    "R, the prompt": (f"> print(loss)\n[1] {LOSS:.6f}", "> round(gradient, 5)\n" + wrapped(GRADIENT, ".5f", 4, r_heading, "[{},] ")),
    "libtorch, with a factor": ("", "0.01 *\n" + rows(GRADIENT * 100, "8.4f") + "\n[ CPUDoubleType{3,4} ]"),
    "pandas": (f"{LOSS}", named(GRADIENT, ".6f", ["", *"0123"], "012")),
    "pandas, in columns": (f"{LOSS}", named(GRADIENT.T, ".6f", ["", *"012"], "0123")),
    "polars": ("", "shape: (3, 4)\n┌─────┬─────┐\n│ column_0 ┆ column_1 │\n│ f64 ┆ f64 │\n╞═════╪═════╡\n│ " + rows(GRADIENT, ".6f", " ┆ ", " │\n│ ") + " │\n└─────┴─────┘"),
    "JAX, weak_type": (f"Array({LOSS:.9f}, dtype=float32, weak_type=True)", f"Array({GRADIENT.tolist()}, dtype=float32)"),
    "JAX, bfloat16": ("", f"Array({(GRADIENT * 1.003).round(4).tolist()}, dtype=bfloat16)"),
    "PyTorch, float16": (f"tensor({LOSS:.4f}, dtype=torch.float16)", f"tensor({GRADIENT.astype(np.float16).tolist()}, dtype=torch.float16)"),
    "a sentence": (f"The loss is {LOSS:.4f}.", f"logits.grad: tensor([[{rows(GRADIENT, '.4f', ', ', '], [')}]])"),
    "Mathematica, InputForm": (f"{LOSS:.15f}`", f"{{{{{rows(GRADIENT, '.15f', '`, ', '`}, {')}`}}}}"),
    "Mathematica, precision and exponents": ("", "Out[4]= {{" + rows(GRADIENT * 100, ".12f", "`15.9*^-2, ", "`15.9*^-2},\n{") + "`15.9*^-2}}"),
    "Excel, German": (commas(f"{LOSS:.1f}"), commas(rows(GRADIENT, ".2f", "\t"))),
    "CSV, quoted, decimal commas": (commas(f'"{LOSS:.6f}"'), commas('"' + rows(GRADIENT, ".6f", '","', '"\n"') + '"')),
    "CSV, decimal commas between semicolons": ("", commas(rows(GRADIENT, ".6f", ";"))),
    "CSV, no spaces": ("", rows(GRADIENT, ".6f", ",")),
    "JavaScript, typed arrays": (f"{LOSS}", "[\n  Float64Array(4) [ " + rows(GRADIENT, ".16f", ", ", " ],\n  Float64Array(4) [ ") + " ]\n]"),
    "percent": ("", rows(GRADIENT * 100, ".2f", "% ")),
    "percent with a space and a comma": ("", commas(rows(GRADIENT * 100, ".4f", " %\t", " %\n")) + " %"),
    "LaTeX, in pmatrix": (f"$L = {LOSS:.5f}$", "\\begin{pmatrix} " + rows(GRADIENT, ".5f", " & ", r" \\ ").replace("-", "- ") + r" \end{pmatrix}"),
    "LaTeX, powers of ten": ("", r"\begin{bmatrix}" + rows(GRADIENT * 100, ".5f", r" \times 10^{-2} & ", r" \times 10^{-2}\\") + r"\times 10^{-2} \end{bmatrix}"),
    "LaTeX, a factor": ("", r"10^{-2} \cdot \begin{bmatrix}" + rows(GRADIENT * 100, ".5f", " & ", r" \\ ") + r"\end{bmatrix}"),
    "LaTeX, a factor before a bracket": ("", r"10^{-2} \left( \begin{array}{cccc}" + rows(GRADIENT * 100, ".5f", " & ", r" \\ ") + r"\end{array} \right)"),
    "Markdown": (f"**Loss:** `{LOSS:.6f}`", "| | 0 | 1 | 2 | 3 |\n|---|---:|---:|---:|---:|\n| 0 | " + rows(GRADIENT, ".6f", " | ", " |\n| 1 | ") + " |"),
    "Markdown, quoted": (f"> loss: {LOSS:.5f}", "> " + rows(GRADIENT, ".5f", " ", "\n> ")),
    "Markdown, a list": ("", each("{n}. `{entry:.6f}`", start=1)),
    "HTML": ("", "<table><tr><th>0</th></tr><tr><td>" + rows(GRADIENT, ".6f", "</td><td>", "</td></tr><tr><td>").replace("-", "&minus;") + "</td></tr></table>"),
    "JSON": ("", json.dumps({"loss": LOSS, "gradient": GRADIENT.tolist()}, indent=1)),
    "YAML": (f"loss: {LOSS}", "- - " + rows(GRADIENT, ".9g", "\n  - ", "\n- - ")),
    "each entry with its place": ("", each("dz[{n}][{i}] = {entry:.6f}")),
    "a sparse matrix": ("", "(rows = 3, cols = 4, nnz = 12 [100%])\n" + each("  ({n}, {i}) -> {entry:.5f}", start=1, array=GRADIENT)),
    "NumPy, long lines": ("", np.array2string(GRADIENT, formatter={"float": "{:.17e}".format}, max_line_width=75)),
    "NumPy, float16": ("", repr(GRADIENT.astype(np.float16))),
    "R, the input at the prompt": ("", f"> z <- matrix(c(1.25, -0.32,\n+   0.48, 2.04), nrow=3, byrow=TRUE)\n> loss\n[1] {LOSS:.7g}\n> print(g, digits=15)\n{rows(GRADIENT, '.6f')}"),
    "Python, the prompt": (f'>>> print(f"{{loss:.4f}}")\n{LOSS:.4f}', f">>> print(gradient)  # 3 x 4\n{GRADIENT}"),
    "Jupyter": (f"Out[3]: {LOSS}", f"Out[4]:\n{GRADIENT!r}"),
    "SymPy": (f"{LOSS:.15f}", f"Matrix([{GRADIENT.tolist()}])"),
    "complex numbers": (f"({LOSS}+0j)", rows(GRADIENT, ".8f", "+0.00000000j ", "+0.j\n") + "+0.j"),
    "MXNet": ("", f"\n{GRADIENT}\n<NDArray 3x4 @cpu(0)>"),
    "Rust, ndarray": ("", f"{GRADIENT.tolist()}, shape=[3, 4], strides=[4, 1], layout=Cc (0x5), const ndim=2"),
    "Go, gonum": ("", "⎡" + rows(GRADIENT, ".6f", "  ", "⎤\n⎢") + "⎦"),
    "Julia, a literal": ("", "[" + rows(GRADIENT, ".8f", " ", "; ") + "]"),
    "Maple": ("", "Matrix(3, 4, {" + each("({n}, {i}) = {entry:.8e}", ", ", 1) + "})"),
    "Stata": ("", rows(GRADIENT, ".8f").replace("0.", ".")),
    "typeset signs and powers": ("", rows(GRADIENT * 100, ".4f", "×10⁻² ", "×10⁻²\n").replace("-", "−") + "×10⁻²"),
    "APL": ("", rows(GRADIENT, ".6f").replace("-", "¯")),
    "pandas, wrapped": ("", "\n".join(named(GRADIENT[:, i : i + 2], ".6f", [" ", f"{i}", f"{i + 1}  \\"], "012") + "\n" for i in (0, 2))),
    "pandas, to_latex": ("", "\\begin{tabular}{lrrrr}\n & 0 & 1 & 2 & 3 \\\\\n" + named(GRADIENT, ".6f", ["\\midrule"], "012", " & ").replace("\n", " \\\\\n")),
    "pandas, a Series with two indices": ("", each("{n}  {i}    {entry:.6f}") + "\ndtype: float64"),
    "a log": ("", f"2026-11-29 07:10:01.123 INFO [12.5s] loss={LOSS}\n{GRADIENT}"),
    "versions": ("", f"Python 3.11.7, torch 2.13.0+cu130\n{LOSS}\n{GRADIENT}"),
    "a log of training": (f"loss in epoch 1/100: {LOSS:.4f}, accuracy: 33.33%, lr 0.1", FULL),
    "a stopwatch": ("", f"loss = {LOSS:.4f}\nElapsed time is 0.0123 seconds.\n{rows(GRADIENT, '.5f')}"),
    "both in both fields": (f"{LOSS}\n{GRADIENT}", f"{LOSS}\n{GRADIENT}"),
    "a dictionary, loss last": ("", f"{{'gradient': {GRADIENT!r}, 'loss': {LOSS}}}"),
    "a tuple": ("", f"({LOSS}, {GRADIENT!r})"),
    "TeX's decimal comma": (commas(f"{LOSS:.5f}").replace(",", "{,}"), commas(rows(GRADIENT, ".6f", " & ", r" \\ ")).replace(",", "{,}")),
    "decimal commas without a zero before them": ("", commas(rows(GRADIENT, ".6f")).replace("0,", ",")),
    "decimal commas, exponents": ("", commas(f"{LOSS:.5f}\n{rows(GRADIENT, '.5E', '; ')}")),
    "decimal commas between commas": ("", "[" + ", ".join(commas(f"{entry:.6f}") for entry in GRADIENT.ravel()) + "]"),
    "decimal commas beside the size": ("", commas(rows(GRADIENT, ".4f")) + "\n[ CPUDoubleType{3,4} ]"),
    "TeX's signs": ("", rows(GRADIENT, ".5f", " & ", "\\\\\n").replace(" 0", " \\phantom{-}0").replace("-0", "{-}0")),
    "signs in mathematics": ("", rows(GRADIENT, ".5f", " & ", "\\\\\n").replace("-", "$-$")),
    "PHP": ("", "Array\n(\n" + each("  [{n}] => Array ( [{i}] => {entry:.8f} )") + "\n)"),
    "console.table": ("", "│ (index) │ 0 │ 1 │ 2 │ 3 │\n" + named(GRADIENT, ".17g", ["├─────────┼───┤"], "012", " │ ")),
    "Lisp": ("", "#2A((" + rows(GRADIENT, ".8f", "d0 ", "d0)\n    (") + "d0))"),
    "C": (f"{LOSS:.5f}f", "{{" + rows(GRADIENT, ".6f", "f, ", "f},\n {") + "f}}"),
    "Haskell": ("", "(3><4)\n [ " + rows(GRADIENT, ".6e", ", ", "\n , ") + " ]"),
    "Node.js, long lines": ("", "[\n" + ",\n".join(f"  [\n    {', '.join(map(str, row[:3]))},\n    {row[3]}\n  ]" for row in GRADIENT) + "\n]"),
    "R, a vector, four to a line": ("", "\n".join(f" [{4 * n + 1}] {row}" for n, row in enumerate(rows(GRADIENT.T.reshape(N, k), ".6f").split("\n")))),
    "loss last": ("", f"{FULL}\n{LOSS}"),
    "loss last, a number to a line": ("", "\n".join(map(str, [*GRADIENT.ravel(), LOSS]))),
    "loss last, all in one line": (" ".join(map(str, [*GRADIENT.ravel(), LOSS])), ""),
    "a gradient in percent": ("2.728", PERCENT),
    "a gradient in percent, beside its loss": ("", "2.728\n" + PERCENT),
    "loss and gradient in percent": ("272.78%", PERCENT),
    "digits as wide as Chinese characters": ("", "".join(chr(ord(one) + 0xFEE0) if one in "-.0123456789" else one for one in rows(GRADIENT, ".6f"))),
    "a largest difference below": ("", f"{LOSS}\n{GRADIENT}\n\nmax diff 1.1e-16"),
    "a norm beside the loss": ("", f"loss: {LOSS:.6f} grad norm: 0.6347\n{GRADIENT}"),
    "a norm without a loss": ("", f"{GRADIENT}\ngrad norm: 0.6347"),
    "a learning rate": ("", f"[0] loss={LOSS:.6f} lr=0.1\n{GRADIENT}"),
    "epoch and accuracy": ("", f"Epoch 1/1, step 1, loss: {LOSS:.4f}, acc: 0.0000\n{GRADIENT}"),
    "epoch and accuracy beside a gradient": (f"Epoch 1/1, loss: {LOSS:.4f}, acc: 0.0000", FULL),
    "Keras": ("", f"1/1 ━━━━━━━━━━ 0s 35ms/step - accuracy: 0.3333 - loss: {LOSS:.4f}\n{GRADIENT}"),
    "a gradient check": ("", f"loss {LOSS:.6f}\nanalytic gradient:\n{GRADIENT}\nnumerical gradient:\n{GRADIENT + 1e-4}\nrelative error: 3.2e-04"),
    "labels in front, a norm below": ("", f"labels: {BATCH.y}\n{GRADIENT}\ngrad norm: 0.6347"),
    "a factor, and the loss below": ("", f"{matlab(GRADIENT)}\nloss =\n\n    {LOSS:.4f}"),
    "decimal commas, and a point": ("", commas(rows(GRADIENT, ".6f", ";")) + "\nlr=0.1"),
    "a list of lists, and its name": ("", "gradient:\n" + "\n".join(f"- {entry:.8f}" for entry in GRADIENT.ravel())),
    "everything": ("", f"logits:\n{BATCH.z}\nlabels: {BATCH.y}\nprobs:\n{BATCH.P}\nloss: {LOSS}\ngradient:\n{GRADIENT}"),
    "loss last, no brackets": ("", f"{rows(GRADIENT, '.6f')}\n{LOSS:.6f}"),
    "a loss for each example": (str(-np.log(BATCH.s_c.ravel())), FULL),
    "a loss for each example, with its name": (f"loss = {-np.log(BATCH.s_c.ravel())}", FULL),
    "another number before the gradient": (f"{LOSS}", f"scale 0.5\n{GRADIENT}"),
    "colours of a terminal": (f"\x1b[32m{LOSS:.4f}\x1b[0m", rows(GRADIENT, ".4f", "\x1b[0m \x1b[1;36m", "\x1b[0m\n")),
    "colours without the escape character": (f"[32m{LOSS:.4f}[0m", FULL),
    "minus signs apart": (f"{LOSS:.4f}", rows(GRADIENT, ".4f", "  ").replace("-", "- ")),
    "minus signs apart, in one row": (f"{LOSS:.4f}", rows(GRADIENT, ".4f").replace("-0.29", "- 0.29")),
    "typeset minus signs apart": (f"{LOSS:.4f}", rows(GRADIENT, ".4f", "  ").replace("-", "− ")),
    "a dash that is no sign": (f"step 1 - loss - {LOSS:.4f}", FULL),
    "a dash after a number": (f"1 - {LOSS:.4f}", FULL),
    "a dash after a time": (f"07:10:01.123 - {LOSS:.4f}", FULL),
    "Chinese": (f"损失{LOSS:.4f}", f"梯度：{FULL}"),
    "each in the other's field": (FULL, f"{LOSS}"),
    "R, decimal commas": (f"[1] {commas(f'{LOSS:.5f}')}", commas(wrapped(GRADIENT, ".8f", 4, r_heading, "[{},] "))),
    "NumPy, a row that begins with a 1 to ignore": ("", f"1. {FULL}"),
    "its place beside each entry, in another order": ("", "\n".join(sorted(each("({n}, {i}) {entry:.6f}").split("\n"), key=lambda line: line[4]))),
    "its place beside each entry, in columns": (f"{LOSS}", "\n".join(sorted(each("dz[{n}][{i}] = {entry:.6f}", start=1, array=GRADIENT.T).split("\n")))),
    "indices in brackets": (f"y[m] = 2, [5min] loss {LOSS}", FULL),
    "Chinese, more than one number": (f"准确率0.3333 损失{LOSS:.4f}", FULL),
    "a loss in brackets": (f"loss ({LOSS:.5f})", FULL),
    "a note after a gradient": (f"{LOSS}", f"{FULL} (0.001)"),
    "comments": ("", "\n".join(f"{rows(row[np.newaxis], '.5f')} % example {n}" for n, row in enumerate(GRADIENT))),
}


@pytest.fixture(scope="session")
def answers():
    """The answer to each of PRINTED, by one run of Node.js."""
    return dict(zip(PRINTED, compare(*PRINTED.values())))


@pytest.mark.parametrize("name", PRINTED)
def test_a_right_result_is_read_as_each_language_prints_it(answers, name):
    assert answers[name]["verdict"] == "correct" and answers[name]["mistakes"] == [], answers[name]


FORGOTTEN, TRANSPOSED = GRADIENT * N, "your examples are in columns."
WRONG_P = softmax(BATCH.z, axis=0)
TWICE = predicted(KNOWN["softmax applied twice"].variants[0], "mean", BATCH)
WHOLE_P = np.exp(BATCH.z) / np.exp(BATCH.z).sum()
HINGE = (m := (BATCH.z > (BATCH.z * BATCH.Y).sum(axis=1, keepdims=True) - 1) * (1.0 - BATCH.Y)) - BATCH.Y * m.sum(axis=1, keepdims=True)
FIRST_ROW_SECOND_CLASS = np.eye(1, k, 1) * np.eye(N, 1)
LAST = np.array([[0.0], [0.0], [1 / N]])
LOSSES = -np.log(BATCH.s_c.ravel())
# Each row and each column is wrong, the last entry the most.
UNKNOWN = GRADIENT + 0.03 * np.cos(np.arange(N * k)).reshape(N, k) - np.eye(N, k, 1) * LAST
ERROR = """Traceback (most recent call last):
  File "hw.py", line 12, in <module>
    loss, grad = f(logits, labels)
ValueError: operands could not be broadcast together with shapes (3,4) (3,)"""


LARGEST = (BATCH.P - np.eye(k)[BATCH.z.argmax(axis=1)]) / N  # in place of the label: that of the last example is the one before


def other_gradient(z):
    return (softmax(z) - BATCH.Y) / N


def other_loss(z):
    return -np.log((softmax(z) * BATCH.Y).sum(axis=1)).mean()


def recycled(E):
    """Return E / colSums(E) - y as R computes it, of a matrix (k, N), row by row of (N, k)."""
    sums = np.resize(E.sum(axis=0), E.size).reshape(E.shape, order="F")
    return (E / sums).T - BATCH.Y


# Results that are not simply right: the pasted texts, the verdict, what is said, and the mistakes that are named
OTHERS = {
    "four classes less one": ("", rows(GRADIENT[:, :3], ".6f"), "correct", "Class 4 is missing", []),
    "the same in columns": ("", rows(GRADIENT[:, :3].T, ".6f"), "correct", "in columns. Class 4 is missing", []),
    "the same, with the sum": ("", rows(FORGOTTEN[:, :3], ".6f"), "correct", "sum over the batch", []),
    "four classes less the first": ("", rows(FORGOTTEN[:, 1:], ".6f"), "correct", "Class 1 is missing", []),
    "a sum": (f"{LOSS * N}", rows(FORGOTTEN, ".8f"), "correct", "for the sum over the batch", []),
    "a sum in columns": (f"f =\n\n   {LOSS * N:.9f}\n", "g =\n\n" + rows(FORGOTTEN.T, ".9f"), "correct", TRANSPOSED, []),
    "a sum, no loss": ("", rows(FORGOTTEN, ".8f"), "correct", "if your loss is the sum", []),
    "the mean comes later": (f"{LOSS}", rows(FORGOTTEN.T, ".8f"), "correct", "^Loss and gradient are right if you divide by N later, .* Otherwise", []),
    "one example": (f"{-np.log(BATCH.s_c[1, 0])}", str(FORGOTTEN[1]), "correct", "^Loss and gradient are right, to the digits given. This is example 2 alone.$", []),
    "one example, no loss": ("", str(FORGOTTEN[2]), "correct", "example 3 alone", []),
    "one example of the mean": ("", str(GRADIENT[0]), "correct", "right, to the digits given. This is example 1 alone, divided by N = 3.$", []),
    "one example of the mean, its loss as well": (f"{LOSSES[1] / N}", str(GRADIENT[1]), "correct", "^Loss .* given. This is example 2 alone, divided by N = 3.$", []),
    "one example of the mean, its loss undivided": (f"{LOSSES[1]}", str(GRADIENT[1]), "wrong", "^Wrong. This is example 2 alone, divided by N = 3.$", ["loss and gradient disagree on the mean"]),
    "one example, its loss of the mean": (f"{LOSSES[1] / N}", str(FORGOTTEN[1]), "wrong", "^Wrong. This is example 2 alone.$", ["loss and gradient disagree on the mean"]),
    "one example, its loss with the wrong sign": (f"{-LOSSES[1]}", str(FORGOTTEN[1]), "wrong", "The gradient is right. This is example 2", ["wrong sign"]),
    "one example, a loss that is unknown": ("3.25", str(FORGOTTEN[1]), "wrong", "The loss must be 2.036063, not 3.25. It fits no known mistake.", []),
    "one example, the loss of all": (f"{LOSS}", str(FORGOTTEN[0]), "wrong", "The loss is right for all 3 examples, but 2 rows of the gradient are missing.", []),
    "one example of the mean, the loss of all": (f"{LOSS}", str(GRADIENT[2]), "wrong", "for all 3 examples.* are missing.* example 3 alone, divided", []),
    "one example, the sum of all losses": (f"{LOSS * N}", str(FORGOTTEN[0]), "wrong", "for all 3 examples.* are missing", []),
    "one example, wrong sign": ("", str(-FORGOTTEN[1]), "wrong", "example 2 alone", ["wrong sign"]),
    "one example, the loss of another": (f"{-np.log(BATCH.s_c[0, 0])}", str(FORGOTTEN[1]), "wrong", "The gradient is right.* example 2 alone", []),
    "a wrong sign beside a sum of few digits": (f"{LOSS * N:.3f}", rows(-FORGOTTEN, ".5f"), "wrong", "^Wrong. The loss is right, for the sum over the batch.$", ["wrong sign"]),
    "a sum of few digits beside a mean": (f"{LOSS * N:.2f}", FULL, "unclear", "the loss may be: right for the sum", []),
    "a sum beside a mean": (f"{LOSS * N}", FULL, "wrong", "^Wrong.$", ["loss and gradient disagree on the mean"]),
    "both signs of a sum": (f"{-LOSS * N}", str(-FORGOTTEN), "wrong", "agree: .* the log-likelihood.* ascent.$", ["wrong sign"]),
    "both signs, in columns": (f"{-LOSS}", str(-GRADIENT.T), "wrong", "agree: .* ascent. Transposed: your examples are in columns.$", ["wrong sign"]),
    "both signs of one example": (f"{-LOSSES[1]}", str(-FORGOTTEN[1]), "wrong", "agree: .* ascent. This is example 2 alone.$", ["wrong sign"]),
    "both signs, of a mean and a sum": (f"{-LOSS * N}", str(-GRADIENT), "wrong", "^(?!.*agree)", ["wrong sign", "loss and gradient disagree on the mean"]),
    "both signs, of a sum and a mean": (f"{-LOSS}", str(-FORGOTTEN), "wrong", "^(?!.*agree)", ["wrong sign", "forgot the batch mean"]),
    "both signs, and the softmax twice": (f"{-TWICE.loss}", str(-TWICE.gradient), "wrong", "^(?!.*agree)", ["softmax applied twice", "wrong sign"]),
    "the sign of the gradient alone": (f"{LOSS}", str(-GRADIENT), "wrong", "^Wrong. The loss is right.$", ["wrong sign"]),
    "the sign of the loss, the gradient of the sum": (f"{-LOSS}", str(FORGOTTEN), "wrong", "The gradient is right, for the sum", ["wrong sign"]),
    "a mistake in columns": (f"{LOSS}", rows(-GRADIENT.T, ".6f"), "wrong", TRANSPOSED, ["wrong sign"]),
    "a mistake, wrapped": ("", wrapped(-GRADIENT, ".15f", 3, octave_heading), "wrong", "", ["wrong sign"]),
    "the sum of a mistake, no loss": ("", rows(softmax(BATCH.z), ".6f"), "wrong", "", ["forgot to subtract the one-hot"]),
    "four rows of three, unknown": ("", rows(GRADIENT.T + 0.05 * np.eye(k, N), ".6f"), "wrong", "example ., class ., .*Transposed: your examples are in columns.$", []),
    "the same, as a literal": ("", rows(GRADIENT.T + 0.05 * np.eye(k, N), ".6f", " ", "; "), "wrong", "example ., class ., .*Transposed: your examples are in columns.$", []),
    "one entry of a sum": ("", rows(FORGOTTEN + 0.05 * FIRST_ROW_SECOND_CLASS, ".6f"), "wrong", "example 1, class 2, .* expected 0.0536966, got 0.103697", []),
    "one entry, column by column": ("", str((GRADIENT + 0.05 * FIRST_ROW_SECOND_CLASS).T.ravel().tolist()), "wrong", "example 1, class 2, .*, got 0.0678", []),
    "R, recycled in columns": ("", rows((recycled(np.exp(BATCH.z.T)) / N).T, ".7f"), "wrong", "R repeats colSums", []),
    "R, recycled, shifted": ("", rows((recycled(np.exp(BATCH.z.T - BATCH.z.max(axis=1))) / N).T, ".7f"), "wrong", "R repeats colSums", []),
    "R, its loss": (f"{-np.log((recycled(np.exp(BATCH.z.T)) + BATCH.Y)[range(N), BATCH.y]).mean():.6f}", FULL, "wrong", "R repeats colSums", []),
    "the number of the label": (f"{np.mean(np.log(np.exp(BATCH.z).sum(axis=1)) - BATCH.y):.10f}", FULL, "wrong", "number of the label", []),
    "the number of the label, from 1": (f"{np.mean(np.log(np.exp(BATCH.z).sum(axis=1)) - BATCH.y) - 1:.10f}", FULL, "wrong", "c from 1.*number of the label", []),
    "one example with its loss": ("", f"{{'loss': {-np.log(BATCH.s_c[0, 0])}, 'gradient': {FORGOTTEN[0]!r}}}", "correct", "^Loss .* given. This is example 1", []),
    "zero": (f"{LOSS}", str(0 * GRADIENT), "wrong", "Every entry of the gradient is 0", []),
    "digits of the loss cut off": (f"{np.trunc(LOSS * 1e3) / 1e3:.3f}", FULL, "unclear", "cut off.*The gradient is right", []),
    "digits cut off": ("", rows(np.trunc(GRADIENT * 1e2) / 1e2, ".2f"), "unclear", "cut off", []),
    "Jacobians": ("", str(np.einsum("ni,ij->nij", BATCH.P, np.eye(k))), "unread", "48 numbers found.*Jacobian", []),
    "low precision": ("", rows(GRADIENT * (1 + 1e-3), ".6f"), "unclear", "float16", []),
    "a JavaScript zero": ("", "[\n Float64Array(4) [ " + rows(np.where(BATCH.Y, -1 / BATCH.P, 0), ".9g", ", ", " ],\n Float64Array(4) [ ") + " ] ]", "wrong", "",
                          ["only the derivative of the loss by s"]),
    "zeros in a data.frame": ("", named(np.where(BATCH.Y, -1 / BATCH.P, 0), ".9g", ["", "V1", "V2", "V3", "V4"], "123"), "wrong", "",
                              ["only the derivative of the loss by s"]),
    "zeros, names of columns are numbers": ("", named(np.where(BATCH.Y, -1 / BATCH.P, 0), ".9g", ["", *"0123"], "012"), "wrong", "",
                                            ["only the derivative of the loss by s"]),
    "zeros in a CSV with names of columns": ("", "0,1,2,3\n" + rows(np.where(BATCH.Y, -1 / BATCH.P, 0), ".9g", ","), "wrong", "", ["only the derivative of the loss by s"]),
    "over the wrong axis": (f"{-np.log(WRONG_P[range(N), BATCH.y]).mean()}", str((WRONG_P - BATCH.Y) / N), "wrong", "", ["softmax over the wrong axis"]),

    # A loss alone
    "a loss": (f"{LOSS}", "", "correct", "^The loss is right, to the digits given.$", []),
    "a loss, its name": (f"Cost after iteration 0: {LOSS:.6f}", "", "correct", "^The loss is right", []),
    "a loss in the other field": ("", f"loss = {LOSS:.10f}", "correct", "^The loss is right", []),
    "a loss of one example": (f"{LOSSES[0]}", "", "wrong", "^Wrong. The loss must be 2.727837, .* the loss of example 1 alone", []),
    "a loss of two examples": (f"{LOSSES[:2].sum()}", "", "wrong", "(?!.*alone).* It fits no known mistake.$", []),
    "a summed loss": (f"{LOSS * N}", "", "correct", "^The loss is right.* for the sum .* divide it by N = 3.$", []),
    "a loss over k": (f"{LOSS / k}", "", "wrong", "^Wrong. The loss has a known mistake.$", ["averaged over all entries"]),
    "a loss with the wrong sign": (f"{-LOSS:.6f}", "", "wrong", "^Wrong. The loss has a known mistake.$", ["wrong sign"]),
    "a loss, and a setting that is none": ("reduction=None, loss 2.727837", "", "correct", "^The loss is right", []),
    "a loss, unknown": ("3.25", "", "wrong", "^Wrong. The loss must be 2.727837, not 3.25. It fits no known mistake.$", []),
    "a loss, rounded": ("3", "", "unclear", "paste more digits", []),
    "a loss, rounded, as Python prints it": ("3.0", "", "unclear", "paste more digits", []),
    "a number, no loss": ("", "loss = 3.25", "unread", "^Gradient: 1 number found; 12 are needed", []),
    "a loss, and no gradient but a number": (f"{LOSS}", "0.5", "unread", "^Gradient: 1 number found", []),
    "a loss of the last example": (f"{LOSSES[2]}", "", "wrong", "It is the loss of example 3 alone: look for loss =", []),
    "a loss of nothing": ("0", "", "wrong", "must be 2.727837, not 0. It fits no known mistake.$", []),
    **{f"a minus sign before a loss, as in {text}": (text, FULL, "wrong", "^Wrong. The gradient is right.$", ["wrong sign"])
       for text in [f"- {LOSS:.4f}", f"loss: - {LOSS:.4f}", f"loss = -({LOSS:.4f})", f"-${LOSS:.4f}$"]},
    "minus signs that were lost": (f"{LOSS}", rows(abs(GRADIENT), ".4f"), "wrong", "minus signs are missing", []),
    # Beyond all numbers
    "a loss that overflows": ("1e999", FULL, "wrong", "must be 2.727837, not Infinity. Is it the logarithm of 0, or does exp overflow. The gradient is right", []),
    "a loss alone that overflows": ("1e999", "", "wrong", "not Infinity", []),
    "a huge loss": ("1e308", FULL, "wrong", "^(?!.*nearly).*not 1e.308", []),
    "an entry that overflows": (f"{LOSS}", FULL.replace(repr(float(GRADIENT[1, 2])), "1e999"), "wrong", "Example 2: wrong, and no known mistake.*example 2, class 3, .* got Infinity", []),
    "a factor that overflows": ("", f"1e308 *\n{rows(1e5 * GRADIENT, '.4f')}", "wrong", "got -?Infinity", []),
    "only what overflows": (f"{LOSS}", " ".join(["1e999"] * N * k), "wrong", "Every entry of the gradient is Infinity.$", []),
    "infinity in C": ("1.#INF", FULL, "wrong", "not Infinity", []),
    "a loss that is missing in R": ("[1] NA", FULL, "wrong", "not NaN. Is it 0 / 0.* The gradient is right", []),
    "an entry that is missing in R": ("", wrapped(GRADIENT, ".5f", 4, r_heading, "[{},] ").replace("0.01351", "NA"), "wrong", "example 2, class 3, .* got NaN", []),
    **{f"a loss of {text} in a spreadsheet": (text, FULL, "wrong", "not NaN. Is it 0 / 0.* The gradient is right", [])
       for text in ("#DIV/0!", "#NUM!", "#ZAHL!", "#NAME?", "#N/A")},
    "an entry that is nan in C": (f"{LOSS}", FULL.replace(repr(float(GRADIENT[1, 2])), "-1.#IND"), "wrong", "example 2, class 3, .* got NaN", []),
    # Whole numbers
    "zeros that were rounded": ("3", "0 0 -0 0\n-0 0 0 0\n0 0 0 -0", "unclear", "If they are rounded, paste more digits; otherwise they are wrong.$", []),
    "zeros without a sign": ("3", "0 0 0 0\n0 0 0 0\n0 0 0 0", "unclear", "paste more digits", []),
    "zeros that NumPy rounded": ("3.0", str(GRADIENT.round()), "unclear", "paste more digits", []),
    "zeros that NumPy rounded, of a sum": ("8.", str(0 * GRADIENT), "unclear", "paste more digits", []),
    "zeros beside no loss": ("0", "0 0 0 0\n0 0 0 0\n0 0 0 0", "wrong", "Every entry of the gradient is 0.$", []),
    "a row with one decimal": (f"{LOSS}", f"{rows(GRADIENT[:1], '.6f')}\n{rows(GRADIENT[1:2], '.1f')}\n{rows(GRADIENT[2:], '.6f')}", "unclear",
                               "Some of these numbers have few digits. If they are rounded, paste more digits; otherwise they are wrong.$", []),
    "a row without decimals": (f"{LOSS}", f"{rows(GRADIENT[:2], '.6f')}\n{rows(GRADIENT[2:], '.0f')}", "unclear", "paste more digits", []),
    "a row of zeros with all decimals": (f"{LOSS}", f"{rows(GRADIENT[:2], '.6f')}\n{rows(0 * GRADIENT[2:], '.6f')}", "wrong", "Example 3: all 0", []),
    "zeros that are exact": (f"{LOSS}", "0 0 0 0\n0 0 0 0\n0 0 0 0", "wrong", "Every entry of the gradient is 0.$", []),
    "ones": (f"{LOSS}", str(0 * GRADIENT + 1), "wrong", "Every entry of the gradient is 1.$", []),
    "the labels, one-hot": (f"{LOSS}", str(BATCH.Y.astype(float)), "wrong", r"The gradient is y: these are the labels, one-hot.$", []),
    "the labels, one-hot, as integers": (f"{LOSS}", str(BATCH.Y.astype(int)), "wrong", r"The gradient is y: these are the labels, one-hot.$", []),
    "a sum that NumPy rounded": ("", str(FORGOTTEN.round()), "unclear", "If they are rounded, paste more digits", []),
    "the hinge loss": (f"{LOSS}", str(HINGE), "wrong", "hinge loss", []),
    # Losses of the examples, not averaged
    "losses and the gradient of their sum": (f"{LOSSES}", str(FORGOTTEN), "correct", "for the sum over the batch. For the mean, divide both .*, their mean or their sum.$", []),
    # Precision
    "bfloat16 is not called exact": (f"{LOSS:.4f}", f"{(GRADIENT * 1.003).round(4).tolist()} dtype=bfloat16", "correct", "right, as far as bfloat16 can tell.$", []),
    "bfloat16 of the loss alone": (f"tensor({LOSS * 1.002:.4f}, dtype=torch.bfloat16)", str(GRADIENT * 1.001), "unclear", "Nearly right", []),
    "bfloat16 of the gradient alone": (f"{LOSS * 1.002:.4f}", f"{GRADIENT.tolist()} dtype=bfloat16", "correct", "right, as far as bfloat16 can tell.$", []),
    "half of something is no precision": ("", f"the second half of\n{(GRADIENT * 1.001).tolist()}", "unclear", "Nearly right", []),
    # Loss last
    "loss last, wrong": ("", "\n".join(map(str, [*-GRADIENT.ravel(), LOSS])), "wrong", "^Wrong. The loss is right.$", ["wrong sign"]),
    "loss last, gradient unknown": ("", "\n".join(map(str, [*UNKNOWN.ravel(), LOSS])), "wrong", "The loss is right.*example 3, class 4, .* got -0.66", []),
    "loss first, gradient unknown": ("", "\n".join(map(str, [LOSS, *UNKNOWN.ravel()])), "wrong", "The loss is right.*example 3, class 4, .* got -0.66", []),
    "loss last, both unknown": ("", f"{UNKNOWN.tolist()}\n3.25", "wrong", "not 3.25.*example 3, class 4, .* got -0.66", []),
    # What a gradient is compared with
    "unknown beside a mean": ("", f"{LOSS}\n{UNKNOWN}", "wrong", "^(?!.*olumn by column).*The loss is right.* expected -0.327367", []),
    "unknown beside a sum": ("", f"{LOSS * N}\n{UNKNOWN}", "wrong", "^(?!.*olumn by column).*The loss is right.*for the sum.* expected -0.880496", []),
    "unknown beside a wrong loss": ("", f"{-LOSS}\n{UNKNOWN}", "wrong", "The loss has a known mistake.* expected -0.327367", ["wrong sign"]),
    "unknown beside no loss": ("", f"{UNKNOWN}", "wrong", "^(?!.*loss).* expected -0.327367", []),
    # Percent
    "a loss in percent, wrong": ("", f"25.0%\n{GRADIENT}", "wrong", "must be 2.727837, not 0.25", []),
    "a loss in percent, its digits": ("2.728%", FULL, "wrong", "must be 2.727837, not 0.02728", []),
    "one row, and the others left out": ("", f"{GRADIENT[0]}\n ...", "unread", "left out", []),
    "a gradient in percent beside a wrong loss": ("2.500007", PERCENT, "wrong", "must be 2.727837, not 2.500007", []),
    # Losses of the examples
    "losses": (f"{LOSSES}", FULL, "correct", "right, to the digits given. These .*, their mean or their sum.$", []),
    "losses in one field": ("", f"{LOSSES}\n{GRADIENT}", "correct", "right.*, their mean or their sum.$", []),
    "losses last": ("", f"{GRADIENT}\n{LOSSES}", "correct", "right.*, their mean or their sum.$", []),
    "losses alone": (f"{LOSSES}", "", "correct", "^The loss is right.*, their mean or their sum.$", []),
    "wrong losses": (f"{-LOSSES}", FULL, "unread", "^Loss: 3 numbers found; 1 is needed.$", []),
    "a third of the loss": (f"{LOSS} 0.0 0.0", FULL, "unread", "^Loss: 3 numbers found; 1 is needed.$", []),
    "no losses": (f"{LOSS:.4f} 0.3333 0.0012", FULL, "unread", "^Loss: 3 numbers found; 1 is needed.$", []),
    "no losses in one field": ("", f"{LOSS:.4f} 0.3333 0.0012\n{GRADIENT}", "unread", "^Gradient: 15 numbers found; 12", []),
    # One example in place of all
    "the loss of the last example": (f"{LOSSES[2]}", FULL, "wrong", "It is the loss of example 3 alone: look for loss =.*gradient is right", []),
    "the loss of the first example over N": (f"{LOSSES[0] / N}", FULL, "wrong", "It is the loss of example 1 alone / N: a return .*gradient is right", []),
    "the loss of two examples": (f"{LOSSES[:2].sum()}", FULL, "wrong", "^(?!.* alone).*gradient is right", []),
    # The softmax of the whole batch
    "over the whole batch": (f"{-np.log(WHOLE_P[range(N), BATCH.y]).mean()}", str((WHOLE_P - BATCH.Y) / N), "wrong", "over the whole batch: all 12 prob", ["softmax over the wrong axis"]),
    "its loss": (f"{-np.log(WHOLE_P[range(N), BATCH.y]).mean()}", "", "wrong", "over the whole batch: all 12 prob", ["softmax over the wrong axis"]),
    "over the other axis": ("", str((WRONG_P - BATCH.Y) / N), "wrong", "^(?!.*whole batch)", ["softmax over the wrong axis"]),
    # Other numbers
    "numbers left out": ("", f"{LOSS}\n{GRADIENT}\nmax diff 1e-16, took 0.3", "correct", "right.*The numbers after “diff”, “took” are ignored.$", []),
    "another number in place of the loss": ("", f"grad norm: 0.6347\n{GRADIENT}", "correct", "^The gradient is right, .* The numbers after “norm” are ignored.$", []),
    "no number left out": ("", f"value: {LOSS}\n{GRADIENT}", "correct", "^Loss and gradient are right, to the digits given.$", []),
    "a wrong loss with a name": ("", f"value: 2.500007\n{GRADIENT}", "wrong", "^Wrong. The loss must be 2.727837, not 2.500007", []),
    "a wrong gradient that was checked": ("", f"analytic gradient:\n{-GRADIENT}\nnumerical gradient:\n{GRADIENT}", "wrong", "", ["wrong sign"]),
    "two gradients": ("", f"{GRADIENT}\n{-GRADIENT}", "unread", "^Gradient: 24 numbers found; 12", []),
    # No result
    "the input": ("", f"{BATCH.z}\n{BATCH.y}", "wrong", r"^Wrong. The gradient is z: these are the logits, the input.$", []),
    "logits of 0": (f"{np.log(k)}", str((1 / k - BATCH.Y) / N), "wrong", "loss must.* logits that are all equal.* gradient is.* logits that are all equal", []),
    "nothing but nan": ("nan", str(np.nan * GRADIENT), "wrong", "NaN.*negative number.*Every entry of the gradient is NaN.$", []),
    "a gradient of nan": (f"{LOSS}", str(np.nan * GRADIENT), "wrong", "The loss is right.*Every entry of the gradient is NaN.*negative number", []),
    "a loss of nan": ("it prints nan", FULL, "wrong", "NaN.*negative number.*The gradient is right", []),
    "a first entry that is nan": (f"{LOSS}", FULL.replace(repr(float(GRADIENT[0, 0])), "nan"), "wrong", "^(?!.*Every).*example 1, class 1, .* got NaN", []),
    "a step of several, and a wrong gradient": ("", f"Epoch 1/10 loss: {LOSS}\n{UNKNOWN}", "wrong", "The loss is right.*example 3, class 4", []),
    "a step of several, and a wrong loss": ("Epoch 1/10 loss: 3.25", FULL, "wrong", "not 3.25", []),
    "a wrong gradient with places": ("", "\n".join(sorted(each("({n}, {i}) {entry:.6f}", array=UNKNOWN).split("\n"), key=lambda line: line[4])), "wrong",
                                    "example 3, class 4, .* got -0.660568", []),
    "a wrong sign, in the other field": (str(-GRADIENT), f"{LOSS}", "wrong", "in the field of the gradient", ["wrong sign"]),
    "an entry that is nan": (f"{LOSS}", str(np.where(BATCH.Y * LOSSES[:, np.newaxis] > 4, np.nan, GRADIENT)), "wrong", "^(?!.*Every).*example 3, class 4, .* got NaN", []),
    "an error in Python": ("", ERROR, "unread", "^Gradient: this is an error message", []),
    "an error as the loss": (ERROR, "", "unread", "^Loss: this is an error message", []),
    "an error in R": ("Error in z - max : non-conformable arrays", FULL, "unread", "^Loss: this is an error message", []),
    "a relative error": ("", f"{LOSS}\n{GRADIENT}\nRelative Error: 1e-9", "correct", "", []),
    # Facts
    "perplexity": (f"{np.exp(LOSS)}", FULL, "wrong", "It is the exponential of the mean loss: this is the perplexity.*gradient is right", []),
    "the exponential of the sum": (f"{np.exp(N * LOSS)}", FULL, "wrong", "^(?!.*perplexity)", []),
    "a ReLU before the softmax": ("", f"{other_loss(np.maximum(BATCH.z, 0))}\n{other_gradient(np.maximum(BATCH.z, 0))}", "wrong",
                                  "loss must.* the ReLU of the logits.* gradient is.* the ReLU of the logits.$", []),
    "a temperature": ("", f"{other_loss(BATCH.z / 2)}\n{other_gradient(BATCH.z / 2) / 2}", "wrong", r"loss must.*0.5 times the logits.*gradient is 1/2 \(s - y\) / N with .* 0.5 times the logits.$", []),
    "a temperature that the gradient lacks": ("", f"{other_loss(BATCH.z / 2)}\n{other_gradient(BATCH.z / 2)}", "wrong", r"gradient is \(s - y\) / N with .* 0.5 times the logits.$", []),
    "logits with a typing error": ("", str(other_gradient(BATCH.z + FIRST_ROW_SECOND_CLASS)), "wrong", "Example 1: wrong, and no known mistake. Example 2: right. Example 3: right. Farthest off: example 1", []),
    "powers of 2": ("", str((softmax(BATCH.z * np.log(2)) - BATCH.Y) / N), "wrong", r"gradient is .*\(s - y\) / N.* with powers of 2, not of e", []),
    "a loss with a name of its own": ("ans = 3.9354", FULL, "wrong", "must be 2.727837, not 3.9354.*log2.* The gradient is right", []),
    "a matrix that is printed twice, with other digits": (f"{LOSS:.6f}", f"{GRADIENT.round(6)}\n\n{GRADIENT.T}", "correct", "right", []),
    "two matrices": (f"{LOSS:.6f}", f"{GRADIENT.round(6)}\n\n{-GRADIENT}", "unread", "24 numbers found", []),
    "an example without its one-hot": (f"{LOSS}", str(GRADIENT + BATCH.Y * LAST), "wrong", "The loss is right.*Example 2: right. Example 3: forgot to subtract the one-hot.", []),
    "an example without its one-hot, in columns": (f"{LOSS}", str((GRADIENT + BATCH.Y * LAST).T), "wrong", "Example 2: right. Example 3: forgot to subtract the one-hot..*Transposed", []),
    "an example that is not averaged": ("", str(GRADIENT * (1 + 2 * N * LAST)), "wrong", "Example 1: right. Example 2: right. Example 3: right for the sum.", []),
    "weights of the classes": (f"{LOSS}", str(GRADIENT * [[1.2], [1.2], [0.6]]), "wrong", "Each row .* must be, 1.2, 1.2, 0.6, as with weights of the classes", []),
    "weights of the examples, in columns": ("", rows((FORGOTTEN * [[1], [0.5], [2]]).T, ".5f"), "wrong", "must be, 3, 1.5, 6, as with .* Transposed", []),
    "no weights, but few digits": ("", rows(GRADIENT * [[1], [0.5], [2]], ".2f"), "wrong", "^(?!.*weights)", []),
    "no weights, but low precision": ("", str(GRADIENT * np.array([[1.00001], [1.00002], [1.00001]]) * 0.7547), "wrong", "^(?!.*weights)", []),
    "no weights, but another sign": ("", str(GRADIENT * [[1], [-1], [1]]), "wrong", "^(?!.*weights).*Example 1: right. Example 2: wrong sign.", []),
    "in other places, but too few digits": ("", rows(GRADIENT.T.reshape(N, k), ".1f"), "wrong", "^(?!.*places)", []),
    "no example that is right": ("", str(UNKNOWN), "wrong", "^(?!.*Example)", []),
    "the largest logit for the label": ("", str(LARGEST), "wrong", r"gradient is \(s - y, with y at the largest logit\) / N: 1 is subtracted at the predicted class.$", []),
    "a mistake in one example, by chance": ("", str(np.vstack([UNKNOWN[:2], LARGEST[2:]])), "wrong", "^(?!.*Example).*no known mistake", []),
    "by chance, beside an example that is right": ("", str(np.vstack([GRADIENT[:1], LARGEST[1:]])), "wrong",
                                                   "Example 1: right. Example 2: wrong, and no known mistake. Example 3: wrong, and no known mistake.", []),
    "a mistake in two examples": ("", str(np.where([[True], [False], [True]], BATCH.P / N, UNKNOWN)), "wrong",
                                  "Example 1: forgot to subtract the one-hot. Example 2: wrong, and no known mistake. Example 3: forgot to subtract the one-hot.", []),
    # Columns
    "a flat list by columns": ("", str([LOSS, *GRADIENT.T.ravel()]), "correct", "right.* Read column by column, as R and MATLAB", []),
    "a flat list by columns, wrong": ("", str([LOSS, *-GRADIENT.T.ravel()]), "wrong", "Read column by column", ["wrong sign"]),
    "examples in columns, no Python": ("", str(GRADIENT.T), "correct", "^(?!.*Read)", []),
    "a flat list by rows": ("", str([LOSS, *GRADIENT.ravel()]), "correct", "^(?!.*Read)", []),
}


def test_results_that_are_not_simply_right_get_their_verdict_and_mistakes():
    answers = compare(*[texts[:2] for texts in OTHERS.values()])
    for name, answer, (*_, verdict, said, mistakes) in zip(OTHERS, answers, OTHERS.values()):
        assert (answer["verdict"], answer["mistakes"]) == (verdict, mistakes) and re.search(said, answer["text"]), (name, answer)


def brackets(array, form=".6f"):
    return "[[" + rows(array, form, ", ", "],\n [") + "]]"


# What shows rows or indices
SHOWN = {
    "NumPy": str, "NumPy, 17 digits": lambda array: np.array2string(array, formatter={"float": "{:.17e}".format}, max_line_width=75),
    "PyTorch": lambda array: f"tensor({brackets(array, '.4f')})",
    "JSON": lambda array: json.dumps({"gradient": array.tolist()}, indent=1),
    "YAML": lambda array: "- - " + rows(array, ".9g", "\n  - ", "\n- - "),
    "lines": lambda array: rows(array, ".6f"),
    "few digits": lambda array: rows(array, ".3f"),
    "a literal": lambda array: "[" + rows(array, ".8f", " ", "; ") + "]",
    "TeX": lambda array: r"\begin{bmatrix} " + rows(array, ".5f", " & ", r" \\ ") + r" \end{bmatrix}",
    "R": lambda array: wrapped(array, ".7f", 4, r_heading, "[{},] "),
    "names of rows and columns": lambda array: named(array, ".6f", ["", *"0123"[: array.shape[1]]], "0123"),
    "PHP": lambda array: "Array\n(\n" + "\n".join(f" [{n}] => Array\n(\n" + "\n".join(f"  [{i}] => {entry}" for i, entry in enumerate(row)) + "\n)\n" for n, row in enumerate(array)) + ")",
    "Mathematica": lambda array: "{{" + rows(array * 100, ".12f", "`15.9*^-2, ", "`15.9*^-2},\n{") + "`15.9*^-2}}",
    "Lisp": lambda array: "#2A((" + rows(array, ".8f", "d0 ", "d0)\n    (") + "d0))",
    "HTML": lambda array: "<tr><td>" + rows(array, ".6f", "</td><td>", "</td></tr><tr><td>").replace("-", "&minus;") + "</td></tr>",
    "indices in brackets": lambda array: each("grad[{n}][{i}] = {entry:.6f}", array=array),
    "a tuple of indices": lambda array: each("({n}, {i}) {entry:.6f}", array=array),
    "a column for each index": lambda array: each("{n}  {i}    {entry:.6f}", start=1, array=array),
    "indices in words": lambda array: each("row {n}, column {i}: {entry:.6f}", array=array),
}
IN_A_WRONG_ORDER = [
    GRADIENT.T.reshape(N, k), GRADIENT.reshape(k, N), GRADIENT.T.reshape(N, k, order="F"), GRADIENT.reshape(k, N, order="F"),
    GRADIENT[::-1], GRADIENT[:, ::-1].T,
]


@pytest.mark.parametrize("name", SHOWN)
def test_numbers_are_not_right_in_other_places_than_their_own(name):
    printed = SHOWN[name]
    in_place = [("", printed(array)) for array in (GRADIENT, GRADIENT.T)]
    moved = [(loss, printed(sign * array)) for array in IN_A_WRONG_ORDER for loss, sign in [(f"{LOSS:.6f}", 1), ("", 1), (f"{LOSS:.6f}", -1)]]
    one, other, *answers = compare(*in_place, *moved)
    for answer in (one, other):
        assert answer["verdict"] == "correct" and "Read" not in answer["text"], answer
    for answer, (loss, text) in zip(answers, moved, strict=True):
        assert answer["verdict"] == "wrong" and "not in their places: was it reshaped" in answer["text"], (answer, text)
    right, alone, sign = answers[:3]
    assert right["text"].startswith("Wrong. The loss is right, to the digits given. The numbers of the gradient are right, but not in their places")
    assert alone["text"].startswith("Wrong. The numbers of the gradient are right, but not") and alone["mistakes"] == right["mistakes"] == []
    assert sign["text"].startswith("Wrong. The loss is right. Also, the numbers of the gradient are not in their places") and sign["mistakes"] == ["wrong sign"]


def test_numbers_in_no_place_of_the_gradient_are_not_called_right():
    twice = GRADIENT.copy()
    twice[0] = twice[1]
    for answer in compare(("", str(twice)), ("", str(UNKNOWN))):
        assert answer["verdict"] == "wrong" and "places" not in answer["text"], answer


# A list with neither rows nor indices, also where its lines are as long as a row
FLAT = {
    "NumPy, four to a line": lambda flat: np.array2string(flat, max_line_width=50),
    "NumPy, three to a line": lambda flat: np.array2string(flat, formatter={"float": "{:.17e}".format}, max_line_width=75),
    "NumPy, repr": lambda flat: repr(flat),
    "Node.js": lambda flat: "[\n" + rows(flat.reshape(k, N), ".17g", ", ", ",\n") + "\n]",
    "R, four to a line": lambda flat: "\n".join(f" [{4 * n + 1}] {row}" for n, row in enumerate(rows(flat.reshape(N, k), ".6f").split("\n"))),
    "R, three to a line": lambda flat: "\n".join(f" [{3 * n + 1}] {row}" for n, row in enumerate(rows(flat.reshape(k, N), ".6f").split("\n"))),
    "MATLAB": lambda flat: wrapped(flat.reshape(1, N * k), ".4f", 4, octave_heading),
    "numbers to a line": lambda flat: "\n".join(map(str, flat)),
    "numbered": lambda flat: "\n".join(f"g[{n}] = {entry:.6f}" for n, entry in enumerate(flat)),
}


@pytest.mark.parametrize("name", FLAT)
def test_a_flat_list_may_be_printed_row_by_row_or_column_by_column(name):
    by_row, by_column = compare(*[(f"{LOSS}", FLAT[name](array.ravel())) for array in (GRADIENT, GRADIENT.T)])
    assert by_row["text"] == "Loss and gradient are right, to the digits given."
    assert by_column["text"].startswith("Loss and gradient are right, to the digits given. Read column by column, as R and MATLAB store a matrix.")


def test_each_mistake_is_named():
    expected, pairs = [], []
    for name, mistake in KNOWN.items():
        for variant in mistake.variants:
            result = predicted(variant, "mean", BATCH)
            loss = LOSS if "form" in variant else result.loss
            for factor, more in [(1, []), (3, ["forgot the batch mean"])]:
                expected.append([name, *more])
                pairs.append([repr(float(loss)), rows(result.gradient * factor, ".6f")])
    for scale in ("averaged twice", "averaged over all entries", "averaged over the classes"):
        result = predicted({}, scale, BATCH)
        expected += [[scale], [scale]]
        pairs += [[repr(float(LOSS)), rows(result.gradient, ".7f")], [repr(float(result.loss)), rows(result.gradient, ".7f")]]
    expected.append(["loss and gradient disagree on the mean"])
    pairs.append([repr(float(LOSS) * 3), FULL])
    answers = compare(*pairs)
    for answer, names, pair in zip(answers, expected, pairs):
        assert (answer["verdict"], answer["mistakes"]) == ("wrong", names), (answer, pair)


def test_what_is_wrong_without_a_name_is_located():
    gradient = GRADIENT.copy()
    gradient[2, 1] += 0.05
    answer, loss, nan = compare(["", repr(gradient.tolist())], ["3.25", FULL], ["", FULL.replace(repr(float(GRADIENT[0, 0])), "nan")])
    assert "example 3, class 2, counted from 1" in answer["text"] and answer["verdict"] == "wrong"
    assert "must be 2.727837, not 3.25. It fits no known mistake." in loss["text"]
    assert nan["verdict"] == "wrong"


def test_a_formula_that_gives_the_numbers_is_named():
    factors = [(1 / 3, "", " / N"), (-2, "-2 ", ""), (2 / 9, "2 ", " / N²"), (-1 / 12, "-", " / (N k)"), (-1 / 4, "-", " / k")]
    cases = [(form(BATCH) * factor, f" The gradient is {times}({formula}){over}: {reason}.")
             for formula, reason, form, *_ in FORMULAS["gradient"] for factor, times, over in factors]
    for answer, (gradient, said) in zip(compare(*[("", repr(gradient.tolist())) for gradient, _ in cases]), cases):
        assert answer["verdict"] == "wrong" and answer["text"].endswith(said), (answer, said)
    cases = [(form(BATCH).sum() * factor, f"It is {times}sum of ({formula}){over}: {reason}. The gradient is right.")
             for formula, reason, form, *_ in FORMULAS["loss"] for factor, times, over in factors]
    for answer, (loss, said) in zip(compare(*[(f"{loss:.12f}", FULL) for loss, _ in cases]), cases):
        assert answer["verdict"] == "wrong" and answer["text"].endswith(said), (answer, said)


def test_a_factor_is_named():
    def scaled(factor, of_loss=1, digits=9):
        return f"{LOSS * of_loss:.{digits}f}", rows(GRADIENT * factor, f".{digits}f")

    cases = {
        scaled(k): "The loss is right, to the digits given. The gradient is 4 times what it must be: 4 is k, the number of classes.",
        scaled(k, k): "It is 4 times what it must be: 4 is k, the number of classes. The gradient is 4 times what it must be: 4 is k, the number of classes.",
        scaled(k, digits=4): "The gradient is 4 times what it must be: 4 is k, the number of classes.",
        scaled(0.5, 2): "The gradient is 0.5 times what it must be.",
        scaled(2, digits=4): "The loss is right, to the digits given. The gradient is 2 times what it must be, as after two calls of backward() in PyTorch.",
        scaled(k / N, digits=4): "The gradient is 1.333 times what it must be: 1.333 is k / N.",
        scaled(2, digits=2): "The gradient is 2 times what it must be, as after two calls of backward() in PyTorch.",
        scaled(2 * N, N): "The gradient is 2 times what it must be, as after two calls of backward() in PyTorch.",
        scaled(1e300): "The gradient is 1e+300 times what it must be.",
        scaled(-7): "The gradient is -7 times what it must be.",
        scaled(0.7547): "The gradient is 0.7547 times what it must be.",  # close to a mean over k
        scaled(1, k): "It is 4 times what it must be: 4 is k, the number of classes. The gradient is right.",
        ("", rows(GRADIENT.T * k, ".6f")): "The gradient is 4 times what it must be: 4 is k, the number of classes. Transposed: your examples are in columns.",
    }
    for answer, said in zip(compare(*cases), cases.values()):
        assert answer["verdict"] == "wrong" and answer["text"].endswith(said), (answer, said)
    one_off, another = compare(["", rows(GRADIENT * k + 1e-3 * FIRST_ROW_SECOND_CLASS, ".6f")], [f"{LOSS * 2.5:.9f}", FULL])
    assert "times" not in one_off["text"] + another["text"]


def test_a_term_that_is_added_to_the_gradient_is_named():
    s = softmax(BATCH.z)
    bonus = GRADIENT + 0.05 * s * (np.log(s) - (s * np.log(s)).sum(axis=1, keepdims=True)) / N
    smoothed = (s - 0.8 * BATCH.Y - 0.2 / k) / N
    cases = [(bonus, ".7f", "0.05 s (log s + H), "), (smoothed, ".7f", "right for labels smoothed by 0.2, "), (smoothed * N, ".7f", "smoothed by 0.2, ")]
    for answer, (*_, said) in zip(compare(*[("", rows(gradient, form)) for gradient, form, _ in cases]), cases):
        assert answer["verdict"] == "wrong" and said in answer["text"], (answer, said)
    few, both = compare(["", rows(smoothed, ".2f")], ["2.574171", rows(smoothed, ".7f")])
    assert "smoothed" not in few["text"]
    assert both["text"].startswith("Wrong. The loss must be 2.727837, not 2.574171. The gradient is (s - y + 0.2 (y - 1/k)) / N: right")


def test_no_formula_is_named_if_several_fit():
    s = softmax(np.array(paste.LOGITS))
    gradient = (np.eye(4)[paste.LABELS] - s) * s * (1 - s)
    two, one = compare(["", rows(gradient, ".1f")], ["", rows(gradient, ".3f")])
    assert two["text"].endswith("got 0.1.") and "The gradient is -((s - y) s (1 - s)): " in one["text"]
    loss = np.log(s.max(axis=1)).mean()
    few, more = compare([f"{loss:.3f}", FULL], [f"{loss:.4f}", FULL])
    assert few["text"] == (f"Wrong. The loss must be 2.727837, not {loss:.3f}. With so few digits, it may be: sum of (log max s) / N: the largest probability"
                           " need not be that of the true class. Paste more digits. The gradient is right.")
    assert "It is sum of (log max s) / N: " in more["text"]


def test_a_loss_of_few_digits_is_not_called_wrong_if_it_may_be_right():
    forgotten = repr((GRADIENT * 3).tolist())
    few, coarse, right_too, own = compare(["2", FULL], [f"{-LOSS:.3f}", FULL], [f"{LOSS:.1f}", forgotten], [f"{3 * LOSS:.1f}", forgotten])
    assert few["verdict"] == "unclear" and few["text"].startswith("The loss is nearly right: are digits cut off")
    assert coarse["text"] == "Wrong. The loss must be 2.727837, not -2.728. With so few digits, it may be: wrong sign. Paste more digits. The gradient is right."
    assert "if you divide by N later" in right_too["text"] and "for the sum" in own["text"]


def test_a_loss_of_few_digits_is_not_said_to_fit_nothing_if_a_mistake_fits_it():
    few = {
        "3.94": "-sum of (log2 s_c) / N", "3.935": "-sum of (log2 s_c) / N", "4.72": "with p = sigmoid(z)", "0.29": "-sum of (z_c) / N: the log",
        "1.18": "softmax applied twice + averaged over the classes; or -sum of (log10 s_c) / N", "0.5": "softmax applied twice",
        "3.3": "may be: a known mistake. Paste",  # none of them a mean or a sum
    }
    for answer, said in zip(compare(*[(loss, text) for loss in few for text in ("", FULL)]), [said for said in few.values() for _ in range(2)], strict=True):
        assert answer["verdict"] == "wrong" and "With so few digits, it may be" in answer["text"], answer
        assert said in answer["text"] and "fits no known" not in answer["text"], (said, answer)
    unknown, digits = compare(("77.77", ""), ("1.1847", ""))
    assert "It fits no known mistake." in unknown["text"] and "It is -sum of (log10 s_c) / N" in digits["text"]


CALLED_LOSS = [
    "The loss is {} and the gradient is\n{}", "a loss of {} and this gradient:\n{}", "loss of {}\n{}", "I get a mean loss of {} over the 3 examples and\n{}",
    "the cost was {}, the gradient\n{}", "The loss, averaged over the batch, comes out as {}:\n{}", "cross-entropy on the batch: {}\n{}",
    "mean loss over the 3 examples = {}\n{}", "Loss after 1 epoch: {}\n{}", "the loss I get is {}\n{}", "Der Verlust ist {}\n{}",
    "lr is 0.1, the loss is {}\n{}", "{1}\nThe loss of the batch is {0}", "error 0, loss {}\n{}", "step 1 L {}\n{}",
]


def test_a_number_that_is_called_the_loss_is_judged():
    pairs = [(loss, text) for text in CALLED_LOSS for loss in (f"{LOSS:.5f}", "0.50000", "0.5")]
    for answer, (loss, text) in zip(compare(*[("", text.format(loss, GRADIENT)) for loss, text in pairs]), pairs, strict=True):
        said = "Wrong. The loss must be 2.727837, not 0.5." if "0.5" in loss else "Loss and gradient are right, to the digits given."
        assert answer["text"].startswith(said), (loss, text, answer)


def test_a_number_that_is_not_called_the_loss_is_not_judged():
    texts = ["the norm of the gradient is 0.6347\n{1}", "{1}\nThe difference to the analytical gradient is 1e-9", "loss: {0}\n{1}\nrelative error of the loss is 1e-9",
             "loss = {0}\n{1}\nmax error in the loss: 1e-9, max error of the gradient: 2e-9", "The loss is {0}, the mean is 0.02\n{1}", "{1}\nmean is 0.0, max is 0.2487",
             "loss for T = 0.5\n{1}", "{1}\nThe gradient agrees with that of the loss to 1e-9", "log loss with eps of 0.001\n{1}", "{1}\nThe loss goes from 2.73 to 2.5"]
    for answer, text in zip(compare(*[("", text.format(LOSS, GRADIENT)) for text in texts]), texts, strict=True):
        assert answer["verdict"] == "correct" and answer["text"].startswith("Loss and" if "{0}" in text else "The gradient is right"), (text, answer)


def test_a_loss_among_whole_numbers_is_found():
    texts = ["I get a mean loss of {} over the 3 examples", "my loss is {} (mean of 3)", "I get {} (N=3)", "I get {} (N=3, k=4)", "mean loss over the 3 examples = {}"]
    pairs = [(text.format(loss), gradient) for text in texts for loss in (f"{LOSS:.5f}", "1.18468") for gradient in ("", FULL)]
    for answer, (text, gradient) in zip(compare(*pairs), pairs, strict=True):
        right = ("Loss and gradient are" if gradient else "The loss is") + " right, to the digits given."
        assert answer["text"].startswith("Wrong. The loss must be 2.727837, not 1.18468. It is -sum of (log10" if "1.18" in text else right), (text, answer)
    (two,) = compare(("I get 1.18468 and 2.5", ""))
    assert two["text"] == "Loss: 2 numbers found; 1 is needed."


def test_no_line_of_an_answer_begins_or_ends_with_a_space():
    for answer in compare(*[texts[:2] for texts in OTHERS.values()]):
        assert answer["marked"] == "\n".join(line.strip() for line in answer["marked"].split("\n")), answer


def test_a_zero_has_the_digits_of_the_other_numbers():
    row, entry, nothing = GRADIENT.copy(), GRADIENT.copy(), np.zeros_like(GRADIENT)
    row[-1], entry[0, 1] = 0, 0
    wrong = [("", str(gradient)) for gradient in (row, entry, nothing)] + [("", matlab(row)), ("", np.array2string(row, precision=3))]
    assert [answer["verdict"] for answer in compare(*wrong)] == ["wrong"] * 5
    (answer,) = compare(["", str(GRADIENT.round(1))])  # it contains `0.` beside 0.1, which is 0 to one decimal
    assert "right" in answer["text"]


def test_a_gradient_of_whole_numbers_is_unclear():
    perceptron = np.eye(4, dtype=int)[np.array(paste.LOGITS).argmax(axis=1)] - np.eye(4, dtype=int)[paste.LABELS]
    (answer,) = compare(["", str(perceptron)])
    assert answer["verdict"] == "unclear" and "If they are rounded, paste more digits" in answer["text"]


def test_minus_infinity_keeps_its_sign():
    (answer,) = compare(["-inf", FULL])
    assert answer["verdict"] == "wrong" and "must be 2.727837, not -Infinity." in answer["text"]


def test_the_answer_says_that_the_gradient_beside_a_wrong_loss_is_right():
    sign, both, columns = compare([repr(-float(LOSS)), FULL], [repr(-float(LOSS)), repr((-GRADIENT).tolist())], ["3.25", repr(GRADIENT.T.tolist())])
    assert (sign["text"], sign["mistakes"]) == ("Wrong. The gradient is right.", ["wrong sign"])
    assert both["text"] == f"Wrong. Loss and gradient agree: {paste.ASCENT}."
    assert columns["text"].endswith(" The gradient is right. Transposed: your examples are in columns.")


def test_the_answer_mentions_columns_and_too_few_digits():
    turned, few = compare(["", repr(GRADIENT.T.tolist())], ["", rows(3 * GRADIENT, ".0f")])
    assert turned["verdict"] == "correct" and "in columns" in turned["text"]
    assert few["verdict"] == "unclear" and "paste more digits" in few["text"]


ERRORS = [
    ERROR, "NameError: name 'show' is not defined", "error: operator /: nonconformant arguments (op1 is 3x4, op2 is 3x1)",
    "error: 'gradient' undefined", "main.c:12:5: error: expected ';' before 'return'", "Error in p/rowSums(p) : non-conformable arrays",
    "Fehler in p/rowSums(p) : nicht passende Arrays", "Erreur dans p/rowSums(p) : tableaux de tailles incompatibles",
    "ERROR: UndefVarError: `gradient` not defined in `Main`", "Uncaught ReferenceError: gradient is not defined",
    "Unrecognized function or variable 'gradient'.", "Undefined function or variable 'gradient'.",
    "Not enough input arguments.", "Arrays have incompatible sizes for this operation.",
    "Index in position 2 exceeds array bounds. Index must not exceed 4.", "Segmentation fault (core dumped)",
    "Process finished with exit code 139 (interrupted by signal 11: SIGSEGV)",
    "panic: runtime error: index out of range [4] with length 4\n\ngoroutine 1 [running]:",
    "thread 'main' panicked at src/main.rs:4:5:\nindex out of bounds: the len is 4 but the index is 4",
    "terminate called after throwing an instance of 'std::out_of_range'\n  what():  vector::_M_range_check: __n (which is 4) >= this->size() (which is 4)",
]
CODES = [
    "import numpy as np\n\ndef f(logits, labels):\n    p = np.exp(logits)\n    p /= p.sum(axis=1, keepdims=True)\n    return p / 3",
    "softmax <- function(z) exp(z) / rowSums(exp(z))\nloss <- -mean(log(p[cbind(1:3, labels)]))",
    "p = exp(logits) ./ sum(exp(logits), 2);", "p = exp.(z) ./ sum(exp.(z), dims=2)", "sum += expf(z[n][i] - m);",
    "for (int i = 0; i < 3; i++) { loss -= log(p[i][labels[i]]) / 3; }", "show(*loss_and_gradient(logits, labels))", "=B2/SUM(B2:E2)",
]


def test_errors_and_code_are_told_from_numbers():
    texts = [("", text) for text in ERRORS + CODES] + [(f"{LOSS}", text) for text in ERRORS + CODES]
    for answer, (_, text) in zip(compare(*texts), texts, strict=True):
        said = "error message. Mend" if text in ERRORS else "code. Run it and paste what it prints"
        assert answer["verdict"] == "unread" and answer["text"].startswith(f"Gradient: this is {'an ' * (text in ERRORS)}{said}"), (text, answer)


def test_words_about_errors_and_code_do_not_hide_numbers():
    texts = ["error: {}", "loss: {} error rate: 0.67", "relative error: 1e-9, loss {}", "loss = {}\nmax error = 2e-9", "loss {}\nrelative error: nan", '{{"error": null, "loss": {}}}',
             "numerical error: none, loss: {}", "loss = sum(losses) / N = {}", "-mean(log(p)) = {}"]
    for answer, text in zip(compare(*[(text.format(LOSS), "") for text in texts]), texts, strict=True):
        assert answer["text"].startswith("The loss is right"), (text, answer)


def test_a_second_loss_that_is_ignored_is_told():
    one, other, same = compare((f"{LOSS}", f"9.9\n{FULL}"), (f"{LOSS}", f"{FULL}\n0.5"), (f"{LOSS}", f"{LOSS:.4f}\n{FULL}"))
    for answer, number in [(one, 9.9), (other, 0.5)]:
        assert answer["text"] == f"Loss and gradient are right, to the digits given. The number {number} beside the gradient is ignored."
    assert same["text"] == "Loss and gradient are right, to the digits given."


def test_numbers_that_fit_nothing_may_be_of_another_input():
    other = softmax(-BATCH.z[::-1]) - BATCH.Y
    asked, alone, right_loss, right_row = compare(("1.386", str(other / N)), ("", str(other / N)), (f"{LOSS}", str(UNKNOWN)), ("", str(np.vstack([GRADIENT[:1], UNKNOWN[1:]]))))
    question = "Did your code run on the input above?"
    assert question in asked["text"] and question in alone["text"]
    assert question not in right_loss["text"] + right_row["text"]


UNREADABLE = {  # loss and gradient: the field, what is said, and what is marked
    ("", " \n"): ("gradient", "Paste the loss and the gradient that your code prints.", None),
    ("", "1 2 3"): ("gradient", "Gradient: 3 numbers found; 12 are needed, one for each logit: 3 rows of 4.", None),
    ("", "[[0.1, 2.5\n 3.5 what, 4.5]]"): ("gradient", "Gradient: 4 numbers found; 12 are needed, one for each logit: 3 rows of 4.", None),
    ("", "0.1 0.2\r\n0.3 1/7"): ("gradient", "Gradient, line 2, column 5: can't read “1/7”.", "1/7"),
    ("", "[[1 ... 2]]"): ("gradient", "left out", None),
    ("", "num [1:3, 1:4] 0.086 -0.2898 0.0142 0.0179 0.2199 ..."): ("gradient", "left out", None),
    ("", commas(f"2.73 0.33\n{rows(GRADIENT, '.5E')}")): ("gradient", "Gradient: 14 numbers found", None),
    (f"{LOSS}", "0 0 0 0"): ("gradient", "Gradient: 4 numbers found; 12 are needed", None),
    ("x", FULL): ("loss", "Loss: no numbers found; 1 is needed.", None),
    ('Tensor("Mean:0", shape=(), dtype=float32)', FULL): ("loss", "Loss: no numbers found; 1 is needed.", None),
    ("", f"{np.arange(16).reshape(4, 4) / 10}"): ("gradient", "Gradient: 16 numbers found; 12 are needed, one for each logit: 3 rows of 4. Is it the Jacobian of the softmax?", None),
    ("0x1.5d29c3p+1", FULL): ("loss", "Loss, line 1, column 1: can't read “0x1.5d29c3p+1”", "0x1.5d29c3p+1"),
    ("2.727 837", FULL): ("loss", "Loss, line 1, column 1: can't read “2.727 837”", "2.727 837"),
    (commas("2.727\u202f8"), FULL): ("loss", "can't read “2,727 8”", "2,727\u202f8"),
    ("", rows(GRADIENT, ".4f").replace("-0.2935", "(0.2935)").replace("-0.2898", "(0.2898)").replace("-0.3274", "(0.3274)")): (
        "gradient", "Gradient, line 1, column 15: can't read “(0.2935)”. Is it negative? Write -0.2935.", "(0.2935)"),
    ("", rows(GRADIENT, ".4f").replace("-0.2935", "0.2935-")): ("gradient", "Gradient, line 1, column 15: can't read “0.2935-”. Is it negative? Write -0.2935.", "0.2935-"),
    ("2^3", FULL): ("loss", "Loss, line 1, column 1: can't read “2^3”", "2^3"),
    ("1 2", FULL): ("loss", "Loss: 2 numbers found; 1 is needed.", None),
    **{(loss, text): ("gradient", "one for each logit: 3 rows of 4. Does your function return it? In PyTorch, call loss.backward() first", None)
       for loss, text in [(f"{LOSS}", "None"), (f"{LOSS}", "grad = null"), ("", f"{LOSS}\nNone"), ("", f"({LOSS}, None)"), ("", f"loss {LOSS}, grad None\n"),
                          (f"{LOSS}", "<function gradient at 0x7f3b5c0d5e10>"), (f"{LOSS}", "[nil]"), (f"{LOSS}, None", "")]},
}


def test_the_answer_gives_the_place_of_what_cannot_be_read():
    for answer, (pair, (field, said, marked)) in zip(compare(*UNREADABLE), UNREADABLE.items()):
        assert (answer["verdict"], answer["field"]) == ("unread", field) and said in answer["text"], answer
        text = pair[field == "gradient"]
        assert (text[slice(*answer["at"])] if answer.get("at") else None) == marked


def test_long_runs_are_read_in_one_pass():
    digits, ends = compare(["", "1" * 2_000_000], ["", "x" + "\n" * 2_000_000 + "x"])  # in a time that grows with the square, hours
    assert digits["text"] == "Gradient: 1 number found; 12 are needed, one for each logit: 3 rows of 4."
    assert ends["text"].startswith("Gradient: no numbers found; 12 are needed, one for each logit: 3 rows of 4.")
