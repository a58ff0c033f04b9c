"""The table behind "paste your numbers": what each mistake gives on one small input.

It is computed in Python while the site builds, so the script of the page only has to read and compare numbers.
"""

import html
import json
import re

import numpy as np

from snippets.diagnose import ADDED, FACTORS, FORMULAS, KNOWN, LETTERS, OTHER_LOGITS, OVER, SCALES, Batch, combinations, in_both, predicted, scale_mistakes

# Short numbers for which no two explanations give the same result; a test compares all pairs
LOGITS = [[1.25, -0.32, 0.48, 2.04], [0.11, 1.73, -1.06, 0.37], [-0.59, 0.92, 2.27, -1.46]]
LABELS = [2, 0, 3]
DIGITS = 7  # significant, of the largest number of each list in the table: more than the tolerance asks for
PLACE = "<!-- the table of the mistakes -->"
SCRIPT = "javascripts/paste.js"
ASCENT = in_both(None, "wrong sign", ["wrong sign"]).partition(": ")[2]

# How far a right result may be off, relative to its largest entry: a few roundings of each type. A loss that is given
# less precisely than `loss` is close to too many explanations. The gradients of formulas, half of the table, have fewer digits: no two are close.
TOLERANCE = {"float32": 2e-6, "float16": 2e-3, "bfloat16": 1e-2, "loss": 2e-4, "formula": 6e-5}


# What is a part of a formula or of code: an operator, a letter (but not "a", and not the language R), a number, or a word with such a sign.
# A run of them is a formula if one can be nothing else.
TOKEN = re.compile(r"(?:sum|mean) of\b|(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[[^\]]*\]|[^\s()\[\]])+")  # with what is in brackets
PART = re.compile(r"[-+*/=]=?|[b-zA-HJ-QS-Z]²?|.*[_()\[\]=²/].*|-?[\d.]+")
SURE = re.compile(r".*[_()\[\]=²/]|[a-zA-Z]$")
BEFORE = re.compile(r"-?(?:log|exp|max|(?:sum|mean)(?: of)?)")


def marked(text):
    """Return a text with each formula, and each piece of code, between backticks."""
    if "`" in text:
        return text
    tokens = TOKEN.findall(text)
    bare = [token.rstrip(",;:.?") for token in tokens]
    is_part = [PART.fullmatch(token) is not None for token in bare]
    for at in reversed(range(len(tokens) - 1)):
        is_part[at] |= tokens[at + 1] == "=" or (is_part[at + 1] and BEFORE.fullmatch(tokens[at]) is not None)  # "sum of exp(z)"
    found, run = [], []
    for at, token in enumerate(tokens):
        run.append(at)
        if is_part[at] and is_part[at + 1 : at + 2] == [True] and bare[at] == token:
            continue
        words = " ".join(tokens[i] for i in run)
        end = len(words) - len(token) + len(bare[at])
        found.append(f"`{words[:end]}`{words[end:]}" if is_part[at] and any(SURE.match(bare[i]) for i in run) else words)
        run = []
    return " ".join(found)


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


# What may stand in the right formula in place of the logits or the labels
OTHER_INPUT = {
    "the softmax s of logits that are all equal": lambda b: Batch(0 * b.z, b.y),
    **{f"the softmax s of {name}": lambda b, other=other: Batch(other(b.z), b.y) for name, other in OTHER_LOGITS.items()},
    "powers of 2, not of e": lambda b: Batch(b.z * np.log(2), b.y),
}


def with_other_input(part, formula):
    return [(f"{formula}{{per}} with {name}", lambda b, other=other: getattr(predicted({}, "sum", other(b)), part)) for name, other in OTHER_INPUT.items()]


# What leaves the loss of the first or of the last example
ALONE = {0: ": a return inside the loop gives it", len(LABELS) - 1: ": look for `loss =` where `loss +=` is meant"}

# What `diagnose.py` has no formula for, as a text and what it makes of a batch; no program in Python makes the first ones
ELSEWHERE = {
    "gradient": [
        *[(f"(E / colSums(E) - y){{per}}: {reason}", lambda b, P=P: P(b) - b.Y) for reason, P in RECYCLED],
        ("(s - c, c from 1){per}: subtract 1 at the true class, and not the number of the class", lambda b: b.P - b.y[:, np.newaxis] - 1),
        ("z{per}: these are the logits, the input", lambda b: b.z),
        ("y{per}: these are the labels, one-hot", lambda b: b.Y),
        *with_other_input("gradient", "(s - y)"),
    ],
    "loss": [
        *[(f"sum of (log(E / colSums(E)) at the label){{per}}: {reason}", lambda b, P=P: b.Y * np.log(P(b))) for reason, P in RECYCLED],
        ("sum of (log sum exp(z) - c, c from 1){per}: c, the number of the label, is not its logit z_c",
         lambda b: np.log(np.exp(b.z).sum(axis=1)) - b.y - 1),
        ("the exponential of the mean loss{per}: this is the perplexity", lambda b: np.exp(b.total_loss / b.N)),
        *[(f"the loss of example {n + 1} alone{{per}}{ALONE.get(n, '')}", lambda b, n=n: b.rows[n].total_loss) for n in range(len(LABELS))],
        *with_other_input("loss", "sum of (-log s_c)"),
    ],
}


def table():
    """Return what the script compares with, in JSON's types.

    `rows` lists the known mistakes with their loss and gradient, summed over the batch, without those that change the sign
    alone: `signs` has these. `formulas` does the same for wrong formulas that have no name. The script multiplies them by the
    factors of a mean, a sum, and so on. `pairs` says what it means if the loss has one of these factors and the gradient another.
    """
    b = Batch(np.array(LOGITS), np.array(LABELS))
    rows = []
    for names, changes in combinations():
        if "sign" in changes:
            continue
        result = predicted(changes, "sum", b)
        # A formula for the gradient says nothing about the loss.
        loss = None if "form" in changes else rounded(result.loss)[0]
        rows.append({"names": names, "loss": loss, "gradient": rounded(result.gradient), **note(changes, b)})
    formulas = {
        part: [(with_factors(text), rounded(whole(form(b)), digits))
               for text, form in [(f"{total}({formula}){{per}}: {reason}", form) for formula, reason, form, *_ in FORMULAS[part]] + ELSEWHERE[part]]
        for part, total, whole, digits in [("gradient", "", np.array, 5), ("loss", "sum of ", np.sum, DIGITS)]
    }
    added = [{"text": f"`({formula}){{per}}`: right for {name}, which is another loss", "values": rounded(form(b))}
             for name, _, _, (formula, form) in ADDED[:2]]  # each costs the page some 120 bytes, and it has a budget
    # The likeliest first. The gradient of a loss with the temperature 2 is half as large, which 2 / k would be as well.
    factors = sorted(FACTORS.items(), key=lambda item: (abs(item[0]) != 1, abs(item[0])))
    signs = [(changes.get("sign", 1), names) for names, changes in combinations() if not changes.keys() - {"sign"}]
    pairs = {loss: {gradient: pair(loss, gradient, b.N) for gradient in ["", *SCALES]} for loss in ["", *SCALES]}
    named = [names for row in rows for names in row["names"]] + [name for _, names in signs for name in names]
    named += [name for of_loss in pairs.values() for one in of_loss.values() for name in one["named"]]
    return {
        "N": b.N, "k": b.k, "tolerance": TOLERANCE, "rows": rows, "formulas": formulas, "added": added, "factors": factors,
        "signs": signs, "losses": [rounded(row.total_loss)[0] for row in b.rows],
        "scales": [{"name": name, "factor": factor(b), "per": OVER[name]} for name, factor in SCALES.items()],
        "pairs": pairs, "ascent": f"Loss and gradient agree: {ASCENT}.", "mistakes": mistakes({*named}),
        "letters": {letter: marked(meaning) for letter, meaning in LETTERS.items()},
    }


def note(changes, b):
    """Return what the numbers tell beyond the name of a mistake."""
    if not np.isclose(Batch(b.z, b.y, changes).P.sum(), 1):
        return {}
    return {"note": f"The softmax is over the whole batch: all {b.z.size} probabilities together sum to 1."}


# What must be said otherwise here: of a loss alone as well, and where indices count from 1
OTHER_WORDS = {
    "wrong sign": {
        "hint": "Can the loss be negative? Does it fall when the logit of the true class grows?",
        "fix": "the loss is -log s_c, which is never negative; its gradient is s - y, not y - s",
    },
    "labels from 1": {
        "fix": "in Python, indices count from 0: use the labels {} as they are, without `- 1`. In R, Julia and MATLAB, they count from 1:"
        " add 1, which makes {}".format(*(", ".join(str(label + first) for label in LABELS) for first in (0, 1))),
    },
}


def mistakes(names):
    words = {name: {"hint": KNOWN[name].hint, "fix": KNOWN[name].fix, **OTHER_WORDS.get(name, {})} for name in sorted(names)}
    return {name: {"hint": marked(said["hint"]), "fix": marked(said["fix"]), "page": KNOWN[name].page} for name, said in words.items()}


def with_factors(text):
    """Return the text of a formula, as a formula and what is said of it, with a place for its sign before it."""
    formula, said = text.split("{per}")
    return f"`{{sign}}{formula}{{per}}`{' ' * said.startswith(' ')}{marked(said)}"


def rounded(values, digits=DIGITS):
    """Return a list of the numbers, with so many decimals as the largest then has."""
    decimals = digits - 1 - int(np.floor(np.log10(np.abs(values).max())))
    return (np.round(values, decimals) + 0.0).ravel().tolist()


def pair(loss, gradient, N):
    """Return the verdict on a loss and a gradient that are right except for these scales ("" for none), and the mistakes that explain the scales."""
    right = {
        ("mean", ""): "The loss is right, to the digits given.",
        ("sum", ""): f"The loss is right, to the digits given, for the sum over the batch. For the mean, divide it by N = {N}.",
        ("", "mean"): "The gradient is right, to the digits given.",
        ("mean", "mean"): "Loss and gradient are right, to the digits given.",
        ("", "sum"): "The gradient is right, to the digits given, if your loss is the sum over the batch. For the mean, divide"
        f" it by N = {N}.",
        ("sum", "sum"): f"Loss and gradient are right, to the digits given, for the sum over the batch. For the mean, divide both by N = {N}.",
        ("mean", "sum"): "Loss and gradient are right if you divide by `N` later, when you compute `dW` and `db`. Otherwise, divide the gradient"
        f" by `N = {N}`, as the loss is.",
    }.get((loss, gradient), "")
    return {"right": marked(right), "named": scale_mistakes(gradient or None, loss or None, "sum" if loss in ("", gradient) else "mean")}


def insert(markdown, script):
    """Put the table and the address of its script into a page with a place for them."""
    if PLACE not in markdown:
        return markdown
    # Not a <script>, because instant navigation would run it, whatever its type.
    text = html.escape(json.dumps(table(), separators=(",", ":")), quote=False)
    hidden = f'<div id="paste-table" data-search-exclude hidden>{text}</div>'
    return markdown.replace(PLACE, f'{hidden}\n<script src="{script}" defer></script>')
