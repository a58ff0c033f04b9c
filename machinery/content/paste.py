"""The table behind "paste your numbers": what each mistake gives on one small input.

It is computed in Python while the site builds, so the script of the page only has to read and compare numbers.
"""

import html
import json

import numpy as np

from snippets.diagnose import ADDED, FACTORS, FORMULAS, KNOWN, OVER, SCALES, Batch, combinations, predicted, scale_mistakes

# Short numbers for which no two explanations give the same result; a test compares all pairs
LOGITS = [[1.25, -0.32, 0.48, 2.04], [0.11, 1.73, -1.06, 0.37], [-0.59, 0.92, 2.27, -1.46]]
LABELS = [2, 0, 3]
DIGITS = 12  # significant, of each number in the table
PLACE = "<!-- the table of the mistakes -->"
SCRIPT = "javascripts/paste.js"

# How far a right result may be off, relative to its largest entry: a few roundings of each type. A loss that is given
# less precisely than `loss` is close to too many explanations.
TOLERANCE = {"float32": 2e-6, "float16": 2e-3, "bfloat16": 1e-2, "loss": 2e-4}


def column_by_column(values, b, in_columns):
    """Repeat values until each entry of the logits has one, as R does: down the columns of (k, N), or of (N, k)."""
    order = "C" if in_columns else "F"
    return np.resize(values, b.z.size).reshape(b.z.shape, order=order)


def recycled(shift, in_columns=True):
    """Return the probabilities of E / colSums(E) in R, where E is exp(z - shift)."""

    def probabilities(b):
        E = np.exp(b.z - shift(b))
        return E / column_by_column(E.sum(axis=1 if in_columns else 0), b, in_columns)

    return probabilities


def no_shift(b):
    return 0.0


def right_shift(b):
    return b.z.max(axis=1, keepdims=True)


def recycled_shift(b):
    return column_by_column(b.z.max(axis=1), b, in_columns=True)


IN_COLUMNS = "R repeats colSums(E), and maxima as well, down the columns; for examples in columns use sweep(E, 2, colSums(E), '/')"
IN_ROWS = "R repeats colSums(E) down the columns; for examples in rows use E / rowSums(E)"
RECYCLED = [(IN_COLUMNS, recycled(shift)) for shift in (no_shift, right_shift, recycled_shift)]
RECYCLED += [(IN_ROWS, recycled(shift, in_columns=False)) for shift in (no_shift, right_shift)]


# Mistakes without a name in `diagnose.py`, because no program in Python makes them
ELSEWHERE = {
    "gradient": [
        *[("E / colSums(E) - y", reason, lambda b, P=P: P(b) - b.Y) for reason, P in RECYCLED],
        ("s - c, c from 1", "subtract 1 at the correct class, and not the number of the class", lambda b: b.P - b.y[:, np.newaxis] - 1),
    ],
    "loss": [
        *[("log(E / colSums(E)) at the label", reason, lambda b, P=P: b.Y * np.log(P(b))) for reason, P in RECYCLED],
        ("log sum exp(z) - c, c from 1", "c, the number of the label, is not its logit z_c", lambda b: np.log(np.exp(b.z).sum(axis=1)) - b.y - 1),
    ],
}


def table():
    """Return what the script compares with, in JSON's types.

    `rows` lists the known mistakes with their loss and gradient, summed over the batch; `formulas` does the same for wrong
    formulas that have no name. The script multiplies them by the factors of a mean, a sum, and so on. `pairs` says what it
    means if the loss has one of these factors and the gradient another.
    """
    b = Batch(np.array(LOGITS), np.array(LABELS))
    rows = []
    for names, changes in combinations():
        result = predicted(changes, "sum", b)
        gradient = [rounded(entry) for entry in result.gradient.ravel()]
        # A formula for the gradient says nothing about the loss.
        rows.append({"names": names, "loss": None if "form" in changes else rounded(result.loss), "gradient": gradient})
    formulas = {
        part: [{"text": f"{total}({formula}){{per}}: {reason}", "values": [rounded(entry) for entry in np.ravel(whole(form(b)))]}
               for formula, reason, form, *_ in FORMULAS[part] + ELSEWHERE[part]]
        for part, total, whole in [("gradient", "", np.array), ("loss", "sum of ", np.sum)]
    }
    added = [{"text": f"({formula}){{per}}: right for {name}, which is another loss", "values": [rounded(entry) for entry in np.ravel(form(b))]}
             for name, _, _, (formula, form) in ADDED[:2]]  # each costs the page some 120 bytes, and it has a budget
    return {
        "N": b.N, "k": b.k, "tolerance": TOLERANCE, "rows": rows, "formulas": formulas, "added": added, "factors": list(FACTORS.items()),
        "losses": [rounded(Batch(b.z[[n]], b.y[[n]]).total_loss()) for n in range(b.N)],
        "scales": [{"name": name, "factor": factor(b), "per": OVER[name]} for name, factor in SCALES.items()],
        "pairs": {loss: {gradient: pair(loss, gradient, b.N) for gradient in SCALES} for loss in ["", *SCALES]},
        "mistakes": {name: {"hint": known.hint, "fix": known.fix, "page": known.page} for name, known in KNOWN.items()},
    }


def rounded(number):
    return float(f"{number:.{DIGITS}g}")


def pair(loss, gradient, N):
    """Return the verdict on a loss ("" for none) and a gradient that are right except for these scales, and the mistakes that explain the scales."""
    right = {
        ("", "mean"): "The gradient is right, to the digits given.",
        ("mean", "mean"): "Loss and gradient are right, to the digits given.",
        ("", "sum"): "The gradient is right, to the digits given, if your loss is the sum over the batch. For the mean, it has to"
        f" be divided by N = {N}.",
        ("sum", "sum"): f"Loss and gradient are right, to the digits given, for the sum over the batch. For the mean, divide both by N = {N}.",
        ("mean", "sum"): "Loss and gradient are right if the 1/N comes later, with dW and db; otherwise the gradient has to be divided"
        f" by N = {N}, as the loss is.",
    }.get((loss, gradient), "")
    return {"right": right, "named": scale_mistakes(gradient, loss or None, "sum" if loss in ("", gradient) else "mean")}


def insert(markdown, script):
    """Put the table and the address of its script into a page with a place for them."""
    if PLACE not in markdown:
        return markdown
    # Not a <script>, because instant navigation would run it, whatever its type.
    text = html.escape(json.dumps(table(), separators=(",", ":")))
    hidden = f'<div id="paste-table" data-search-exclude hidden>{text}</div>'
    return markdown.replace(PLACE, f'{hidden}\n<script src="{script}" defer></script>')
