"""The table behind "paste your numbers": what each mistake gives on one small input.

The Python programs make it while the site builds, so that the page's script only compares.
"""

import html
import json

import numpy as np

from snippets.diagnose import FORMULAS, KNOWN, OVER, SCALES, Batch, combinations, predicted

LOGITS = [[1.2, -0.3, 0.5, 2.0], [0.1, 1.7, -1.1, 0.4], [-0.6, 0.9, 2.2, -1.5]]
LABELS = [2, 0, 3]
DIGITS = 12  # significant, of each number in the table
PLACE = "<!-- the table of the mistakes -->"


def table():
    """Return the rows: names, loss and gradient of the sum over the batch, in JSON's types.

    The script multiplies them by the factors of what a sum, a mean or a mean of a mean would be. Gradients and
    losses that have no name but a formula come after them.
    """
    b = Batch(np.array(LOGITS), np.array(LABELS))
    rows = []
    for names, changes in combinations():
        result = predicted(changes, "sum", b)
        gradient = [rounded(entry) for entry in result.gradient.ravel()]
        # A formula of the gradient says nothing of the loss.
        rows.append({"names": names, "loss": None if "form" in changes else rounded(result.loss), "gradient": gradient})
    formulas = {
        part: [{"text": f"{total}({formula}){{per}}: {reason}", "values": [rounded(entry) for entry in np.ravel(whole(form(b)))]}
               for formula, reason, form in FORMULAS[part]]
        for part, total, whole in [("gradient", "", np.array), ("loss", "sum of ", np.sum)]
    }  # fmt: skip
    scales = [
        {"factor": factor(b), "name": {"mean": None, "sum": "forgot the batch mean"}.get(scale, scale), "per": OVER[scale]}
        for scale, factor in SCALES.items()
    ]
    texts = {name: {"hint": known.hint, "fix": known.fix, "page": known.page} for name, known in KNOWN.items()}
    return {"N": b.N, "k": b.k, "rows": rows, "scales": scales, "formulas": formulas, "mistakes": texts}


def rounded(number):
    return float(f"{number:.{DIGITS}g}")


def insert(markdown):
    """Put the table into a page that has a place for it."""
    if PLACE not in markdown:
        return markdown
    # Not a <script>: instant navigation would run it, whatever its type.
    text = html.escape(json.dumps(table(), separators=(",", ":")))
    return markdown.replace(PLACE, f'<div id="paste-table" data-search-exclude hidden>{text}</div>')
