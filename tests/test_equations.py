"""The equations of the pages hold, every one is read, and what can't be right is refused."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from mpmath import mp

from machinery.content.check_equations import source
from machinery.content.functions_of_equations import functions
from machinery.equations import NOTATION, Outcome, PageReport, check_page, check_site, comparison, definitions_of, formulas_of, read_page
from machinery.equations.environment import Environment
from machinery.equations.evaluator import lookup, value
from machinery.equations.points import SCALES
from machinery.equations.relations import read
from machinery.equations.tokens import TOKEN
from machinery.sources import texts
from tests.books import notebook_of
from tests.equation_anchors import agrees, anchors, derived, difference, evaluate_at, offered
from tests.fail_with_message import refuse
from tests.test_style import ruff

DATA = Path(__file__).parent / "data"
PAGES = {name: source(f"docs/{name}", text) for name, text in texts().items()}
DEFINED = definitions_of(PAGES[NOTATION])
EXTRA = {path.name: source(path.name, path.read_text("utf-8")) for path in sorted(DATA.glob("*.md"))}


def known(page):
    """Return the arguments of `check_page`: the page, and what the notation page defines if it holds here."""
    return (PAGES | EXTRA)[page], DEFINED if page in PAGES and page != NOTATION else ()


def as_read(page):
    """Return the report of a page whose relations are not evaluated yet, which takes 20 times as long."""
    found = read_page(*known(page))
    return PageReport([Outcome(claim) for claim in found.claims], found)


REPORTS = {page: as_read(page) for page in PAGES | EXTRA}
OUTCOMES = {outcome.claim.id: (page, number) for page, report in REPORTS.items() for number, outcome in enumerate(report.outcomes)}


@pytest.mark.parametrize("place", OUTCOMES)
def test_each_relation_of_a_page_holds(place):
    page, number = OUTCOMES[place]
    outcome = check_page(*known(page)).outcomes[number]
    assert outcome.claim.id == place
    if outcome.message:
        refuse(outcome.message)


@pytest.mark.parametrize("page", REPORTS)
def test_everything_is_read_and_evaluated(page):
    if wrong := REPORTS[page].page.refusals:
        refuse(*wrong)
    places = [[outcome.claim.id for outcome in report.outcomes] for report in (REPORTS[page], check_page(*known(page)))]
    assert places[0] == places[1], "the relations that were evaluated are not those that were read"


COUNTED = "claims", "definitions", "conditions and examples"


def counts(report):
    kinds = [outcome.claim.kind for outcome in report.outcomes]
    return [len(report.claims), len(kinds) - kinds.count("claim"), len(report.page.conditions) + len(report.page.settings)]


def lost(record, now):
    """Return a message for each page that has fewer equations than the record says. A page may be new or gone, and may grow."""
    return [
        f"docs/{page}: {new} {what}, where {old} were recorded: an equality got lost. If you deleted it, write the record again: "
        "pytest tests/test_equations.py --write-outputs"
        for page in record.keys() & now.keys() for what, old, new in zip(COUNTED, record[page], now[page]) if new < old
    ]


def test_no_equation_went_unseen(request):
    """A vanished `=` may leave a formula that is right, so that nothing else notices it."""
    record, now = DATA / "counts.json", {page: counts(report) for page, report in REPORTS.items()}
    if request.config.option.write_outputs:
        lines = ",\n".join(f"  {json.dumps(page)}: {numbers}" for page, numbers in now.items() if any(numbers))
        record.write_text(f"{{\n{lines}\n}}\n", "utf-8")
    recorded = json.loads(record.read_text("utf-8"))
    assert recorded
    if wrong := lost(recorded, now):
        refuse(*wrong)


def test_an_equality_that_is_deleted_is_missed():
    before, after, more = (page(body) for body in (r"\(y_c = 1\)", r"\(y_c 1\)", r"\(y_c = 1\), \(L = -\log s_c\)"))
    assert not after.messages
    (message,) = lost({"page.md": counts(before)}, {"page.md": counts(after)})
    assert message.startswith("docs/page.md: 0 claims, where 1 were recorded: an equality got lost.")
    assert not lost({"page.md": counts(before), "gone.md": [1, 0, 0]}, {"page.md": counts(more), "new.md": [1, 0, 0]})


def test_fewer_than_ten_formulas_are_marked_as_no_claim(capsys):
    marks = [f"{place}: {reason}" for report in REPORTS.values() for place, reason in report.marks]
    with capsys.disabled():
        print(f"\n{len(marks)} displays are marked as not a claim", *marks, sep="\n    ")
    assert len(marks) < 10


ANCHORS = anchors()


@pytest.mark.parametrize(("page", "formula", "inputs", "function", "expected"), ANCHORS, ids=[f"{a[0]}: {a[3].__name__}: {a[1]}" for a in ANCHORS])
def test_formula_and_snippet_agree(page, formula, inputs, function, expected):
    if message := difference(dict(definitions_of(*known(page))), page, formula, inputs, function, expected):
        refuse(message)


@pytest.mark.parametrize("number", range(len(ANCHORS)))
def test_a_wrong_snippet_is_noticed(number):
    page, formula, inputs, _, expected = ANCHORS[number]
    actual = evaluate_at(dict(definitions_of(*known(page))), formula, inputs)
    assert not agrees(actual, -np.asarray(expected), inputs)
    assert not agrees(actual, np.asarray(expected) + 1e-6, inputs)


@pytest.mark.parametrize("function", functions(), ids=lambda function: function.name)
def test_a_snippet_is_compared_with_the_equations_that_its_docstring_names(function):
    place = f"snippets/{function.module}.py: {function.name}"
    if re.search(r"Used on the\s+page", function.docstring):
        return
    if not function.equations:
        refuse(
            f'{place}: name the equations that it computes in its docstring, as in: Derived on the page "Derivation", equation (D9). '
            'If it computes none, write: Used on the page "Derivation".'
        )
    if function.name not in {call.__name__ for *_, call, _ in ANCHORS}:
        refuse(
            f"{place}: its parameters and the equations in its docstring do not say which loss it computes. Say so in tests/test_{function.module}.py, "
            "with numbers of tests/equation_anchors.py: the page, the formula, what its variables are, the function, and what it returns for them:",
            *offered(function),
        )


@pytest.mark.parametrize(("name", "value"), [
    ("cross_entropy", "(z, c - 1)"), ("loss_and_gradient", "(z[None], [c - 1])[0]"), ("soft_loss_and_gradient", "(z[None], soft[None])[0]"),
    ("focal_loss_and_gradient", "(z[None], [c - 1], 0.5)[0]"), ("softmax", "(z[None])"),
])
def test_the_lines_that_are_offered_for_a_snippet_run_as_they_are(name, value):
    function = next(function for function in functions() if function.name == name)
    pasted, module = "\n".join(offered(function)) + "\n", {}
    exec(pasted, module)
    [(page, _, inputs, call, _)] = module["FORMULAS"]
    assert page in PAGES and "z" in inputs and call.__name__ == name and pasted.endswith(f", {name}{value})]\n"), pasted
    assert not ruff("--stdin-filename", "tests/test_new.py", "-", input=pasted).stdout.count("tests/test_new.py")


def test_what_a_docstring_leaves_open_is_not_guessed():
    focal = next(function for function in functions() if function.name == "focal_loss_and_gradient")
    assert [formula for _, formula, *_ in derived(focal)] == [r"L_{\text{focal}}", r"\frac{\partial L_{\text{focal}}}{\partial \mathbf z}"]
    title = focal.references[0][0]
    for docstring in ("", f'page "{title}"', f'page "{title}", equation (B1)', 'page "Derivation", equation (D9)', 'page "Nowhere", equation (B6)'):
        assert not [*derived(replace(focal, docstring=docstring))]


def plain(tex):
    """Return a formula without the commands and spaces that change only how it looks."""
    tex = re.sub(r"\\(?:mathbf|left|right)(?![A-Za-z])|\\end\{align\*\}|\\\\|[\s{}&]", "", tex.replace("...", r"\cdots"))
    return tex.replace("(s_c-1)", "s_c-1")


def test_the_derivation_has_each_equality_of_the_seed():
    derivation = plain("".join(formula.tex for formula in formulas_of(PAGES["derivation.md"])))
    for outcome in REPORTS["seed.md"].claims:
        assert plain(outcome.claim.texts[1]) in derivation, outcome.claim.texts


PRELUDE = r"\(\mathbf z \in \mathbb R^k\), \(s_i := \frac{e^{z_i}}{\sum_j e^{z_j}}\), \(\mathbf y := \mathbf e_c\), \(L := -\sum_i y_i \log s_i\)"


def page(body):
    return check_page(source("page.md", f"{PRELUDE}\n\n{body}\n"))


@pytest.mark.parametrize(("body", "place", "message"), [
    # what is false is shown with both sides and the point
    (r"\[ \frac{\partial L}{\partial z_i} = s_i + y_i \]", "3:36", "right        s_i + y_i  =  "),
    (r"\[ \frac{\partial s_c}{\partial z_i} = s_c (1 - s_c) \]", "3:38", r"write \quad (i = c) or \quad (i \neq c) after it"),
    (r"\[ \frac{\partial s_i}{\partial z_j} = s_i s_j \quad (i \neq j) \]", "3:38", "only for     i ≠ j"),
    (r"\[ \begin{aligned} \frac{\partial s_c}{\partial z_i} &= -s_c s_i \\ &= -s_i s_c \end{aligned} \quad (i \neq c) \]", "", ""),
    (r"\[ \begin{aligned} \frac{\partial s_c}{\partial z_i} &= -s_c s_i \\ &= -s_i s_c \\ & (i \neq c) \end{aligned} \]", "", ""),
    (r"\[ \begin{aligned} \frac{\partial s_c}{\partial z_i} &= -s_c s_i \\ L &= -\log s_c \quad (i \neq c) \end{aligned} \]", "3:55", "this does not hold"),
    (r"Then \(s_3 = 0.5\).", "3:12", "at           k = 3"),
    (r"Take \(\mathbf z = (1, 2, 3)\): \(s_3 \approx 0.66\)", "3:39", "to these digits, it is 0.67\n"),
    (r"Take \(\mathbf z = (1, 2, 3)\): \((0.09, 0.24, 0.66) \approx \mathbf s\)", "3:54", "to these digits, it is [0.09, 0.24, 0.67]\n"),
    (r"\[ \mathbf z \in \mathbb R^k \]", "", ""),
    # what can't be read
    ("\\[\n\\begin{aligned}\nL &= -\\log s_c \\\\\n  &= \\foo s_c\n\\end{aligned}\n\\]", "6:6", r"can't read '\foo' here, after '='"),
    (r"\[ L \propto s_c \]", "3:6", r"can't read '\propto' here"),
    (r"Here \(L \propto s_c\).", None, None),
    (r"\[ \frac12 L = \frac{L}{2} \]", "", ""),
    (r"\[ \frac123 L = \frac{L}{2} \]", "3:9", "a single digit of 123"),
    (r"\[ L = -\log s_c", "3:1", "outside of a formula"),
    (r"by \eqref{D3}", "3:4", "'\\eqref' outside of a formula: a reference is a link in the text"),
    (r"\[ L = \ref{D3} \]", "3:8", "can't read '\\ref' here, after '=': a reference is a link in the text"),
    (r"\[ L = \]", "3:7", "the formula ends too early, after '='"),
    (r"$$ L = 1 $$", "3:6", "this does not hold"),
    (r"\(L\) = \(-\log s_c\)", "3:3", "a relation beside a formula"),
    (r"\[ (\frac{1}{L})' = 1 \]", "3:17", "write a derivative as"),
    (r"\[ \underbrace{L}_{-\log s_c} = -\log s_c \]", "3:4", "an equality as a row of its own"),
    (r"\[ L = \cdot s_c \]", "3:8", "can't read '\\cdot' here, after '='"),
    (r"\[ \log^2 s_c = L \]", "3:8", r"can't read '^' here, after '\log': a power comes after brackets"),
    (r"\[ L = -\log (s_c \]", "3:14", "this '(' is never closed"),
    (r"\[ L = -\log s_c) \]", "3:17", "can't read ')' here: it closes nothing"),
    (r"\[ \frac{\partial^2 L}{\partial z_i} = s_i \]", "3:4", "but of another order"),
    (r"Let \(c = -1\).", "3:12", "the c of an example is a whole number"),
    (r"\[ L = 2 0 \]", "3:10", "two numbers side by side"),
    (r"\[ \text{diag}(\mathbf s) = \mathbf s \]", "3:4", r"a function is written \operatorname{diag}"),
    (r"\[ \frac{\partial \mathcal L}{\partial z_i} = s_i - y_i \]", "3:19", "mathcal L is not defined"),
    (r"\[ L = |s_c \| + 1| \]", "3:13", r"can't read '\|' here"),
    (r"\[ L = 1 \quad (i := c) \]", "3:17", "a condition has"),
    (r"\[ L = y(1 - y) \quad p(1) = 1 \]", "3:23", "p is no function of 1 argument(s) on this page"),
    (r"\[ L^10 = L^{10} \]", "3:6", "a single digit of 10"),
    (r"\[ \mathbb 1_{\{i = c\}} = [i = c] + \mathbf 1_{i = c} - y_i = \langle \mathbf e_i, \mathbf y \rangle \]", "", ""),
    (r"\[ L(\mathbf y, \mathbf y) = L \]", "3:4", "L is no function on this page"),
    (r"\[ L(\mathbf z) \ge 0 \]", "3:4", r"L is no function, but has a value of its own above: to give it an argument, define it as a function, L(x) := ..."),
    (r"\[ e^{z_1} - \cdots + e^{z_k} > 0 \]", "3:14", "the signs on both sides of the dots differ"),
    (r"\[ z_1 \ge z_2 \ge \dots \ge z_k \]", "3:20", r"dots between relations are not read: write the relation of two entries, as in z_i \ge z_j"),
    (r"\[ z_{(1)} \ge z_{(2)} \]", "3:6", "an index in brackets is a place in a sorted list"),
    (r"\[ A := \{ j : s_j > 0 \} \]", "3:14", "of a set, put <!-- not a claim: reason --> in front"),
    (r"\[ \sum_{i \in A} s_i = 1 \]", "3:12", r"has a condition as a factor, \mathbb 1[p_i > 0]"),
    (r"\[ r \in \arg\max_j z_j \]", "3:4", r"an index is defined, as in r := \arg\max_j z_j"),
    (r"\[ \partial L(\mathbf z) = \mathbf s \]", "3:4", "for a set of subgradients, put <!-- not a claim: reason --> in front"),
    (r"The loss is small if \(L < 1\).", "3:26", "put <!-- not a claim: a condition --> in front"),
    (r"\[ u := \begin{cases} 1 & \text{if } c = 1, \text{but not } 2 \\ 0 & \text{else} \end{cases} \]", "3:23", r"\text{if } i = c \text{ and } x > 0"),
    (r"\[ m = L \]", "3:4", r"m is not defined on this page or in the notation: say here what it is, even if another page does"),
    ("\\(L\\)\n\n> \\(y_c = 1\\)", "", ""),
    # what to write instead
    (r"\[ \int_0^1 L \, dx = L \]", "3:4", "integrals are not evaluated; write what follows from it, or put <!-- not a claim: reason --> in front"),
    (r"\[ \lim_{h \to 0} h = 0 \]", "3:4", "write how fast the error vanishes, = ... + O(h^2)"),
    (r"\(z_1 \sim z_2\)", "3:7", r"say which values it may have, as in \(x \in \mathbb R\)"),
    (r"\[ L = 0 \implies s_c = 1 \]", "3:10", r"with its condition after it, as in L = 0 \quad \text{if } s_c = 1"),
    (r"\[ L = \pm 1 \]", "3:8", "write two relations"),
    (r"\[ s_i \equiv s_i \]", "3:8", "write := for a definition, = for a claim"),
    (r"\[ \Pr(c) = s_c \]", "3:4", "define it"),
    (r"\[ p(y = c) = s_c \]", "3:8", "a probability is written p_c"),
    (r"\[ [z_1]_+ = 0 \]", "3:10", r"written \max(0, x)"),
    (r"\[ \forall i: s_i > 0 \]", "3:4", r"write \quad \forall i after it"),
    (r"\[ \arg\max(\mathbf z) = c \]", "3:4", r"say over which index it goes: \arg\max_j z_j"),
    (r"\[ \mathbb E[z_i] = L \]", "3:4", r"\mathbb E_{i \sim \mathbf s}[x_i]"),
    (r"\[ D_{KL}(\mathbf s\|\mathbf s) = 0 \]", "3:4", r"define D_{\text{KL}}(x, y) := ..."),
    (r"\[ \Delta L = 0 \]", "3:4", r"\Delta is not defined on this page or in the notation: a change is a name of its own"),
    (r"\[ \hat p_i = s_i \]", "3:4", r"\hat p is not defined on this page or in the notation: say here what it is"),
    (r"\[ f(x) = x^2 \]", "3:4", "define f(x) := ..."),
    (r"\[ \sigma'(x) = 1 \]", "3:4", r"\sigma' is no function of 1 argument(s) on this page: a derivative is \frac"),
    (r"\[ \|\mathbf z\|_p = 1 \]", "3:4", r"norms are"),
    (r"\[ \partial L / \partial z_i = s_i - y_i \]", "3:4", r"a derivative is written \frac"),
    (r"\[ L^{(1)} = L \]", "3:5", "this reads as an index"),
    (r"\[ q \in (0, 1], \quad L_q := \frac{1 - s_c^q}{q} \]", "3:28", r"q is no index letter: in a subscript, write words"),
    ("Take \\(q = 0.7\\).\n\n\\(q \\in (0, 1]\\)", "3:10", "q is declared only further down"),
    (r"\[ KL(p, q) := \sum_i p_i \log \frac{p_i}{q_i} \]", "3:13", r"a name of several letters is \operatorname{KL}"),
    (r"\(\mathbf x \in \mathbb R^n\)", "3:3", "each size is k, N or D"),
    (r"\[ \sum_{i=1}^{M} s_i = 1 \]", "3:4", "goes up to k, N or D, or up to K or C after"),
    (r"\[ \text{loss} = L \]", "3:16", r"in \text stand words; a name is written \operatorname{loss}"),
    (r"\[ 2 L|_{z_1 = 0} = L \]", "3:7", r"a restriction is \left. ... \right|_{z = 0}"),
    (r"\[ 1 + \cdots + k = L \]", "3:17", "the last entry needs one index such as k"),
    (r"\[ \frac{\partial L}{\partial z_i} = y_i - s_i \]", "3:36", "one side is minus the other: a sign is wrong"),
    (r"If \(s_c = 1\), then \(y_c = 1\).", "3:10", r"if this is a hypothetical, write it after what follows from it"),
    (r"\[ L = \mathbf s \in \mathbb R^k \]", "3:6", "write what has a value, and the set, as two formulas"),
    (r"\(x \in (0, 1, 2]\)", "3:3", "can't read the set (0, 1, 2]"),
    (r"\[ \mathbb E_{i \sim \mathbf z}[1] = \sum_i z_i \]", "3:22", "an expectation needs probabilities"),
    # an error that vanishes for some indices only
    (r"\[ h \in \mathbb R_{>0}, \quad z_i h + [i = 2] [j = 2] = 0 + O(h) \]", "3:56", "half of h divides the error by 1, and O says by 2"),
    # what readers would read in two ways
    (r"\[ L = -\log s_c s_c \]", "3:18", r"how far \log reaches"),
    (r"\[ \sum_i s_i - y_i = 0 \]", "3:21", "the index i runs over a sum and stands outside of it"),
    (r"\[ L = 1 / L s_c \]", "3:14", "what is divided"),
    (r"\[ L = \sum_i z_i z \]", "3:6", "can't be equal"),
    # shapes
    (r"\[ \mathbf s + 1 = \mathbf 1 \]", "3:16", r"to shift every entry, write m \mathbf 1"),
    (r"\[ \mathbf s \mathbf y = s_c \]", "3:14", r"write a \top on one"),
    (r"\[ \nabla L = (\mathbf s - \mathbf y)^\top \]", "3:13", r"one of them needs a \top"),
    # a wrong formula beside the sizes of a real layer: one pass backwards is enough
    ("\\(X \\in \\mathbb R^{N \\times D}\\), \\(W \\in \\mathbb R^{D \\times k}\\), \\(N = 8\\), \\(D = 64\\), \\(k = 10\\):\n\n"
     "\\[ Z_{ni} := \\sum_d X_{nd} W_{di} \\]\n\n\\[ \\ell := \\sum_n \\log \\sum_j e^{Z_{nj}} \\]\n\n\\[ \\frac{\\partial \\ell}{\\partial W} = 2 X^\\top \\frac{\\partial \\ell}{\\partial Z} \\]", "9:37", "D = 64"),
    # a derivative by a whole vector, in a matrix with dots: both have indices of their own
    (r"\[ \frac{\partial \mathbf s}{\partial \mathbf z} = \begin{bmatrix} \frac{\partial s_1}{\partial \mathbf z} \mathbf e_1 & \cdots & \frac{\partial s_1}{\partial \mathbf z} \mathbf e_k \\ \vdots & \ddots & \vdots \\ \frac{\partial s_k}{\partial \mathbf z} \mathbf e_1 & \cdots & \frac{\partial s_k}{\partial \mathbf z} \mathbf e_k \end{bmatrix} \]", "", ""),
    (r"\(\mathbf w \in \mathbb R^N\) with \(N = 1\): \(\mathbf w^\top \mathbf w = w_1^2\)", "", ""),
    (r"\[ s_c^\top = s_c \]", "3:4", r"a number has no \top"),
    (r"\(X \in \mathbb R^{N \times D}\): \(\operatorname{tr}(X) = 1\)", "3:37", "of a square matrix"),
    ("\\(m \\in \\mathbb R\\)\n\n\\[ m = \\mathbf e \\]", "5:8", "needs one index"),
    (r"\[ \delta_i = 1 \]", "3:4", "delta is not defined"),
    (r"\[ s_{ij} = s_i \]", "3:4", "2 index(es), where 1 belong"),
    (r"\[ L = s_{k+1} \]", "3:6", "nothing is left to test"),
    # dots
    (r"\[ \mathbf s = \begin{bmatrix} s_1 & -s_2 & \cdots & s_k \end{bmatrix} \]", "3:39", "does not follow the pattern"),
    (r"\[ \mathbf s = \begin{bmatrix} s_1 & s_2 & \cdots & 0 \end{bmatrix} \]", "3:53", "can't tell how long"),
    (r"\[ \mathbf s = \begin{bmatrix} \cdots & s_1 & s_k \end{bmatrix} \]", "3:32", "dots stand between entries"),
    ("\\[ X = \\begin{bmatrix} s_1 & \\cdots & s_k \\\\ z_1 & \\cdots & z_k \\end{bmatrix} \\]\n\n\\(X \\in \\mathbb R^{N \\times k}\\)", "3:24", "in both directions"),
    (r"\[ s_i = \begin{cases} s_i \cdot 1 & \text{otherwise} \end{cases} \]", "", ""),
    # claims that can't be false, or say too little
    (r"\[ L = L \]", "3:6", "both sides are the same"),
    (r"\[ L \]", "3:4", "a row without a relation"),
    (r"\[ \frac{\partial L}{\partial z_i} = s_i - y_i \quad (i = c) \]", "3:36", "holds without its condition"),
    (r"\[ s_1 = s_2 \quad (i < i) \]", "3:8", "nothing is left to test"),
    (r"\[ L > -5 \]", "3:6", "too loose"),
    (r"\[ \max_j z_j \le \exp \sum_j e^{z_j} \]", "3:15", "too loose"),
    (r"\[ s_c \le s_c \cdot 1 \]", "3:8", "write = instead"),
    (r"\[ L \approx -\log s_c \]", "3:6", r"needs a decimal number"),
    (r"\[ \frac{\partial L}{\partial \mathbf y} = -\log \mathbf s \]", "", ""),
    ("\\(u := 2\\) and\n\n\\[ \\frac{\\partial u}{\\partial \\mathbf s} = \\mathbf 0 \\]", "5:31", "does not contain s"),
    # a claim that holds only at the example of the whole page is not excused by it
    ("\\(\\mathbf z = (1, 2, 3)\\)\n\n## A\n\n\\(s_3 \\approx 0.6652\\)\n\n\\[ z_1 = 1 \\]", "9:8",
     r"it holds only at the example of the whole page, \mathbf z = (1, 2, 3) (page.md:3:3), but is tested at random points"),
    ("\\(\\mathbf z = (1, 2, 3)\\)\n\n## A\n\n\\(s_3 = 0.6652\\)", "7:7", r"it holds to the digits shown: write \approx"),
    # examples in which rounding would allow any number, and claims that contradict the example
    (r"With \(\mathbf z = (2, 0)\), \((3 - 3)^{1.5} \approx 8.25\).", "3:46", "rounding errors hide"),
    (r"With \(\mathbf z = (2, 0)\), \(\sqrt{z_1 - 2} \approx 8.25\).", "3:47", "rounding errors hide"),
    (r"With \(\mathbf z = (2, 0)\), \(|z_2| \cdot 1 \approx 5.25\).", "3:46", "apart by     5.25; the digits shown explain 0.005"),
    (r"With \(\mathbf z = (2, 0)\), \(\exp(\log z_2) = 0\).", "3:47", "this has no value here"),
    (r"With \(\mathbf z = (2, 2)\), \(\frac{z_1^2 - z_2^2}{z_1 - z_2} = z_1 + z_2\).", "3:64", "this has no value here"),
    (r"With \(\mathbf z = (2, 2)\), \(z_1 < z_2\).", "3:36", "apart by     0"),
    (r"With \(\mathbf z = (2, 0)\), \(\mathbb 1[\log z_2 > 0] = 0\).", "3:42", "neither true nor false"),
    (r"With \(\mathbf z = (\log 0, 0)\), \(s_1 \approx 0.9\).", "3:20", "z needs numbers"),
    (r"\(\gamma \in \mathbb R_{>0}\). With \(\gamma = -3\), \(2^\gamma = 1/8\).", "3:49", "gamma is declared as positive, and not as -3."),
    (r"\(p \in (0, 1]\). Here \(p = 1\). Then \(p = 0\).", "3:46", "in (0, 1], and not as 0."),
    (r"\(\mathbf p \in \Delta^k\). Take \(\mathbf p = (0.5, 0.6)\).", "3:48", "with the sum 1, and not as [0.5, 0.6]"),
    (r"\(a \in \{1, \dots, N\}\). Take \(N = 3\), \(a = 4\).", "3:50", "a class from 1 to N = 3, and not as 4."),
    (r"Take \(\mathbf z = 3\).", "3:20", "a vector (5,), and this is a number"),
    (r"Take \(k = 3\). Take \(\mathbf z = (1, 2)\).", "3:24", "means k = 2, and k = 3 (page.md:3:8) means k = 3"),
    (r"Take \(c = 3\) and \(\mathbf z = (1, 2)\).", "3:22", "there is no class c = 3"),
    (r"Take \(\mathbf z = (1, 2)\) and \(\mathbf z = (2, 1)\).", "3:35", "make two of it"),
    (r"Take \(\mathbf z = (1, 2)\). Now \(\mathbf z = (2, 1)^\top\). Then \(z_1 = 2\).", "", ""),
    (rf"\(L = {'(' * 2000}1{')' * 2000}\)", "3:3", "RecursionError"),
    # two numbers of which one rounds the other, and decimals in a formula, which are exact
    (r"\(0.667 \approx 0.67\) and \(-2.5 \cdot 10^{-3} \approx -0.00251\)", "", ""),
    (r"\(1.5 \approx 1.4\)", "3:7", "the digits shown explain 0.05"),
    (r"\(-\log 0.7 \approx 0.42\)", "3:13", "the digits shown explain 0.005"),
    # definitions
    (r"\[ L := s_c \]", "3:6", "defined twice on this page, first at page.md:1"),
    (r"\[ u := u + 1 \]", "3:4", "is defined by itself"),
    (r"\[ u := v, \quad v := 2 u \]", "3:18", "v is defined by itself"),
    (r"\[ f(m) := 1 + f e^{-m} \]", "3:4", "is defined by itself"),
    (r"\[ L_2(\mathbf p) := s_c \]", "3:19", "the left side is a name"),
    (r"\[ f(x) := L \]", "", ""),
    (r"\(f(x) := L\) and \(f(2) = L\)", "3:26", "does not use its argument x"),
    (r"\[ u := s_i \]", "3:6", "the index i is free on the right"),
    (r"\[ c := -\log s_c \]", "3:6", "can't define this"),
    (r"\[ \log u := -\log s_c \]", "3:11", "can't define this"),
    (r"\[ L = m \]", "3:8", r"m is not defined on this page"),
    (r"\[ L = n \]", "3:8", "an index letter and stands here as a number"),
    (r"\(x \in \mathbb Q\)", "3:3", "can't read the set"),
    # what each rule refuses, which nothing above does
    (r"\(\mathbf z = \mathbf 0\), \(k = 60\): \(L \approx 4.0943\)", "3:44", "2 to 50 classes"),
    (r"\[ u := \log(-1) \]", "3:6", "its value is not a finite number for k = 2"),
    ("\\(A := \\mathbf z \\mathbf z^\\top\\)\n\n\\[ \\frac{\\partial A}{\\partial \\mathbf z} = 0 \\]", "5:31", "has no shape here"),
    (r"\(i \in \mathbb R\)", "3:3", r"on the left of \in stand names, with index letters"),
    (r"\(i \in \{1, \dots, k\}\)", "", ""),
    (r"\[ \mathbf z \mathbf z^\top = \begin{bmatrix} z_1 z_1 & \cdots & z_1 z_k \\ \vdots & z_1 & \vdots \\ z_k z_1 & \cdots & z_k z_k \end{bmatrix} \]", "3:86", "uneven dots"),
    ("\\[ " + r"\sum_j " * 10 + r"1 = L \]", "3:60", "too many indices within each other"),
    (r"\[ L = \infty \]", "3:8", "it is no number"),
    (r"\[ L = s_c + \frac{\mathbf z}{\mathbf z} \]", "3:31", "here stands a number, and this is a vector (2,): entry by entry, write s_i"),
    (r"\[ L = \mathbf 1_M \]", "3:8", "whose length is k, N or D"),
    (r"\[ L = s_{1.5} \]", "3:11", "this is no index"),
    (r"\[ \mathbf s = \begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix} \]", "3:16", "the rows of this matrix have different lengths"),
    (r"\[ L = \operatorname{diag}(L) \]", "3:8", "diag of a number"),
    (r"\[ \frac{\partial L}{\partial (z_1 + 1)} = 1 \]", "3:32", "only by a name or an entry of it"),
    (r"\[ \frac{\partial L}{\partial z_i z_j} = 1 \]", "3:35", "can't read 'z' here"),
    (r"\[ \nabla^3 L = 1 \]", "3:13", "can't read 'L' here"),
    (r"\[ \arg\max_{ij} (z_i z_j) = 1 \]", "3:4", "an index goes over one letter"),
    (r"\[ \left. L \right|_{(z_1 + z_2) = 0} = 1 \]", "3:23", "only a name or an entry of a vector gets another value"),
    (r"\[ \left. L \right|_{\mathbf z = 0} = 1 \]", "3:34", "z is a vector (2,), and gets a number"),
    (r"\[ \left. L \right|_{z_1 > 0} = 1 \]", "3:4", "a restriction reads |_{z = 0}"),
    (r"\[ \frac{\partial}{\partial z_1} [z_1 > z_1] = 0 \]", "3:4", "this derivative does not exist where both sides are equal"),
    (r"\[ u := \begin{cases} 1 & \text{if } z_1 > 0 \\ 2 & \text{if } z_1 > -1 \end{cases} \]", "3:4", "at some points no case applies, or two do"),
    (r"\[ \mathbb E_{i \sim \mathbf s} z_i = 1 \]", "3:4", r"an expectation reads \mathbb E_{i \sim \mathbf p}[x_i]"),
    (r"\[ \sum_{i=0}^k s_i = 1 \]", "3:4", r"write \sum_j or \sum_{j=1}^{k}"),
    (r"\[ L = \begin{array} 1 \end{array} \]", "3:8", r"can't read '\begin{array}"),
    (r"\[ \mathbb 1[i] = 1 \]", "3:4", r"\mathbb 1 needs a condition"),
    (r"\[ \hat 1 = 1 \]", "3:4", "only a letter takes an accent"),
    (r"\[ 2 s_1 \cdots s_k = 2 \prod_i s_i \]", "", ""),
    (r"\(b \in \{0, 1\}\). Take \(b = 2\).", "3:32", "b is declared as 0 or 1, and not as 2."),
    (r"\[ (i = c) \]", "3:4", "this display holds only a condition"),
    (r"\[ = L \]", "3:4", "its left side is missing"),
    (r"\[ L = u := 2 \]", "3:10", "a definition stands at the beginning of a row"),
    (r"\[ L = 1 \text{ or } 2 \]", "3:10", "can't use the words 'or'"),
    (r"\(K := 2 L\), \(\mathbf w \in \mathbb R^K\)", "3:17", "K has another meaning on this page"),
    (r"\(u := 2 L\), \(u \in \mathbb R^k\)", "3:17", "u is already defined at page.md:3:5 as u := 2 L"),
    ('<p><span class="arithmatex">x = 1</span></p>', "3:29", "an element of the class arithmatex is a formula"),
    (r'<img alt="\(L = 1\)">', "3:11", "in an attribute, where no formula is typeset"),
    # marks
    ("<!-- not a claim -->\n\\[ L = 1 \\]", "4:4", "a mark needs its reason"),
    ("<!-- not a claim: reason -->\nText.", "3:1", "on the line before a display"),
    ("<!-- not a claim: a common error -->\n\\[ L = 1 \\]", "", ""),
    (r"While it trains, <!-- not a claim: a limit -->\(L \to 0\), and \(y_c = 2\).", "3:70", "this does not hold"),
])
def test_what_is_wrong_with_an_equation_is_said_at_its_place(body, place, message):
    """An empty message means that the page is right; None means that it is refused, in whatever words."""
    messages = page(body).messages
    if message == "":
        assert not messages, "this is right, but it is refused:\n" + "\n".join(messages)
    else:
        assert messages, f"this is accepted, but the message {message!r} is expected"
        assert any((place is None or text.startswith(f"page.md:{place}:")) and (message or "") in text for text in messages), "\n".join(
            [f"{message!r} is expected at {place}, but these are the messages:", *messages]
        )


@pytest.mark.parametrize(("right", "wrong"), [
    (r"\[ \arg\max_j z_j = \operatorname*{arg\,max}_j s_j \]", r"\[ \arg\max_j z_j = \arg\min_j s_j \]"),
    (r"\[ \arg\max_j y_j = c \]", r"\[ \arg\max_j z_j = c \]"),
    (r"\[ z_{\arg\max_j s_j} = \max_j z_j \]", r"With \(\mathbf z = (3, 3)\): \(\arg\max_j z_j = 1\)"),
    (r"\[ \max \{ z_1, \dots, z_k \} = \max_j z_j \ge z_i \]", r"\[ \max(z_1, \dots, z_k) = \min_j z_j \]"),
    (r"\[ \mathbf u^\top \mathbf u \ge 0 \quad \text{for all } \mathbf u \in \mathbb R^k \]", r"\[ \mathbf u^\top \mathbf z \ge 0 \quad \forall \mathbf u \in \mathbb R^k \]"),
    (r"\[ [i = c] [z_c > 0] = \begin{cases} 1 & \text{if } i = c \text{ and } z_i > 0 \\ 0 & \text{else} \end{cases} \]",
     r"\[ [i = c] = \begin{cases} 1 & i = c, z_i > 0 \\ 0 & \text{else} \end{cases} \]"),
    (r"\[ 1 - s_1 - \cdots - s_k = 0 \]", r"\[ 1 + s_1 + \cdots + s_k = 0 \]"),
    (r"\[ s_i = \frac{e^{z_i}}{e^{z_1} + \cdots + e^{z_k}}, \qquad i = 1, \ldots, k \]", r"\[ z_1 + z_2 + \cdots + z_k = 2 \sum_i z_i \]"),
    (r"\[ s_1 s_2 \cdots s_k = \prod_i s_i \]", r"\[ s_1 \cdots s_k = \sum_i s_i \]"),
    (r"\[ \mathbf w \in \mathbb R^K, \quad \sum_{i=1}^K w_i = \mathbf 1^\top \mathbf w \]", r"\[ \mathbf w \in \mathbb R^C, \quad \sum_{i=1}^C w_i = C \]"),
    (r"\[ w_i, a \in \mathbb R_{\ge 0}, \quad |w_i - a| = |a - w_i| \tag{1} \]", r"\[ a \in \mathbb R_{\ge 0}, \quad \frac{a}{a} = 1 \]"),
    (r"\[ b \in \{0, 1\}, \quad b^2 = b \]", r"\[ b \in \{0, 1\}, \quad b^2 = 1 \]"),
    (r"\[ \sum_{j \in \{1, \dots, k\}} s_j = 1 \quad \forall c \in \{1, \dots, k\} \]", r"\[ s_i > s_j \text{ for all } i, j \]"),
    (r"\[ \frac{\partial L}{\partial z_i} = s_i - \mathbf 1\{i = c\} \]", r"\[ s_i = \mathbf 1(i = c) \]"),
    (r"\[ D_{KL}(p\|q) := \sum_i p_i \log \frac{p_i}{q_i}, \quad D_{KL}(\mathbf s\|\mathbf s) = 0 \]", r"\[ D_{KL}(p\|q) := \sum_i p_i q_i, \quad D_{KL}(\mathbf s\|\mathbf s) = 0 \]"),
    (r"\[ \left. \frac{\partial L}{\partial z_1} + 1 \right|_{\mathbf z = \mathbf 0} = \frac{1}{k} - y_1 + 1 \]", r"\[ L|_{z_1 = 0} = \log k \]"),
    (r"\[ x \in \mathbb R_{>0}, \quad \log_2 8 = 3, \quad 10^{\log_{10} x} = x \]", r"\[ \log_2 8 = 2 \]"),
    (r"\[ \mathbb E_{i \sim \mathbf s}[z_i] = \mathbf s^\top \mathbf z \]", r"\[ \mathbb E_{i \sim \mathbf s}[z_i] = \sum_i z_i \]"),
    (r"\(L = 0 \text{ if } s_c = 1\)", r"\[ L = 1 \quad \text{if } s_c = 1 \]"),
    (r"\[ L = \log 2 \quad \text{if } s_c = \frac12 \]", r"\[ L = \log 3 \quad \text{if } s_c = \frac12 \]"),  # which no random point fulfils
    (r"\[ \frac{\partial L}{\partial z_i} = s_i - 1 \quad \text{if } y_i = 1 \]", r"\[ \frac{\partial L}{\partial z_i} = s_i - 1 \quad \text{if } y_i = 0 \]"),
    (r"\[ \frac12 e^{z_1} + \frac12 e^{-z_1} = \cosh z_1, \quad L \overset{(1)}{=} -\log s_c \]", r"\[ \cosh z_1 = \sinh z_1 \]"),
    (r"\[ a, b \in [0, \infty), \quad \mathbf w \in (0, 1)^k, \quad w_i < 1 + a, \quad \mathbb I[i = c] = y_i \]", r"\[ L \overset{(1)}{=} \log s_c \]"),
    (r"\[ L_\text{CE} := \begin{cases} L, & \text{if } c = 1, \\ -\log s_c, & \text{otherwise.} \end{cases} \]", r"\[ \mathbb I(i = c) = s_i \]"),
    (r"\[ u \triangleq 2 L, \quad v \overset{\text{def}}{=} 3 L, \quad u + v = 5 L \]", r"\[ u \triangleq 2 L, \quad u = 3 L \]"),
])
def test_notation_of_course_notes_is_evaluated(right, wrong):
    assert not page(right).messages
    messages = page(wrong).messages
    assert any("this does not hold" in message or "this has no value here" in message for message in messages), f"{wrong} is false, but its messages are {messages}"


CANNOT_BE_READ = r"""\Xi \varrho \dot \det \lfloor \binom \lg \textcolor \underset \mathop \mathds \therefore \square \substack \leftarrow \otimes
    \star \perp \% ! : ; | * \int \lim \prime \llbracket \hbar \Re \bigcup \cap \mp \aleph""".split()


@pytest.mark.parametrize("sign", CANNOT_BE_READ)
def test_the_message_about_an_unknown_sign_ends_with_what_to_do(sign):
    (message,) = page(rf"\[ L = {sign} s_c \]").messages
    assert re.search(r"(?:can't read .*? here.*|is not defined .*): \w", message.split("\n")[0]), message


def test_messages_of_a_notebook_name_the_cell_and_the_place_in_it():
    cells = [("markdown", "# Title\n\n$1 + 1 = 2$"), ("code", "a = 1"), ("markdown", "Twice:\n\n$$1 + 1 = 3$$\n"), ("markdown", r"$1 = \foo$")]
    book = json.loads(notebook_of(*cells))
    for indent in (None, 1):  # however the file is laid out
        report = check_page(source("book.ipynb", json.dumps(book, indent=indent)))
        assert [outcome.claim.id for outcome in report.outcomes] == ["book.ipynb, cell 1:3:8", "book.ipynb, cell 3:3:9"]
        false, unread = sorted(report.messages)
        assert false.startswith("book.ipynb, cell 3:3:9: this does not hold")
        assert unread.startswith(r"book.ipynb, cell 4:1:6: can't read '\foo' here")


def test_a_damaged_formula_gets_a_message_of_ours_and_no_exception_of_a_library():
    """Lose, double or exchange tokens of formulas. Some remain true, and the others must be refused in words that help."""
    random = np.random.default_rng(1)
    displays = [formula.tex for page in EXTRA.values() for formula in formulas_of(page) if formula.display]
    for _ in range(60):
        tex = displays[random.integers(len(displays))]
        parts = [match[0] for match in TOKEN.finditer(tex)]
        one, other = random.integers(len(parts), size=2)
        parts[one : one + random.integers(2)] = parts[other : other + random.integers(1, 3)]
        tex = rf"\[ {' '.join(parts)} \]"
        assert [message for message in page(tex).messages if "this can't be evaluated (" in message] == [], tex


def test_the_report_of_a_page_counts_and_lists_its_equalities():
    report = page(r"\[ L = -\log s_c \]" "\n\n" r"Then \(y_c = 1\).")
    assert not report.messages
    assert report.summary.startswith("2 equalities on this page, each evaluated for k = 2…5 at 40 random points; largest error ")
    first, second = report.claims
    assert (first.claim.id, second.claim.id) == ("page.md:3:6", "page.md:5:12")
    assert first.classes == (2, 3, 4, 5)


def test_what_is_no_claim_is_shown_to_readers():
    report = page(r"While it trains, <!-- not a claim: a limit -->\(L \to 0\), and \(y_c = 1\).")
    assert not report.messages
    assert report.summary.endswith("; 1 formula is no claim (a limit)")


def test_code_and_comments_are_not_read():
    assert not page("```tex\n\\[ L = 1 \\]\n```\n`\\(L = 1\\)` <!-- \\(L = 1\\) -->").claims


def test_what_follows_from_a_refused_declaration_is_counted():
    report = page("\\(\\mathbf u \\in \\mathbb Z^k\\), \\(p_i := u_i^2\\), \\(\\sum_i p_i = \\mathbf u^\\top \\mathbf u\\), \\(q_1 = 2\\), \\(q_2 = 3\\)")
    first, second = report.messages
    assert first.startswith("page.md:3:3: can't read the set \\mathbb Z^k")
    assert ": q is not defined" in second and second.endswith("\n    and 3 more messages, which follow from these")


def test_a_lone_backtick_hides_nothing():
    assert len(page("A ` here.\n\n\\(y_c = 1\\)\n\nAnother ` there.").claims) == 1


def check_pages(**pages):
    return check_site({f"{name}.md": source(f"{name}.md", text) for name, text in pages.items()})


def test_notation_holds_on_every_page():
    notation = r"\(\mathbf z \in \mathbb R^k\), \(S(\mathbf z)_i := \frac{e^{z_i}}{\sum_j e^{z_j}}\), \(\mathbf s := S(\mathbf z)\)"
    good = check_pages(notation=notation, a=r"\(\sum_i s_i = 1\)")["a.md"]
    assert not good.messages
    # A page may define it again, and both definitions are compared.
    again = check_pages(notation=notation, a=r"\(s_i := \frac{e^{-z_i}}{\sum_j e^{-z_j}}\)")["a.md"]
    assert "s := S(\\mathbf z)  (notation.md:1:" in again.messages[0]


ROUNDING = {  # formulas that lose digits, and their exact values
    r"x^2 - y^2": lambda x, y: x * x - y * y,
    r"\frac{e^x}{e^x + e^y}": lambda x, y: mp.exp(x) / (mp.exp(x) + mp.exp(y)),
    r"1 - \frac{1}{1 + e^{-x}}": lambda x, y: 1 / (1 + mp.exp(x)),
    r"\log (e^x + e^y) - x": lambda x, y: mp.log(mp.exp(x) + mp.exp(y)) - x,
    r"\sqrt{|x|} + \tanh (x y) - y^3": lambda x, y: mp.sqrt(abs(x)) + mp.tanh(x * y) - y**3,
    r"\frac{\partial}{\partial x} \log (e^x + e^y)": lambda x, y: 1 / (1 + mp.exp(y - x)),
    r"\frac{\partial}{\partial y} \log \frac{e^x}{e^x + e^y + e^{400}}": lambda x, y: -1 / (1 + mp.exp(x - y) + mp.exp(400 - y)),
    r"\frac{\partial^2}{\partial x \partial y} \log (e^x + e^y)": lambda x, y: -1 / ((1 + mp.exp(y - x)) * (1 + mp.exp(x - y))),
    r"\frac{\partial^2}{\partial x^2} \log \frac{e^x}{e^x + e^y}": lambda x, y: -1 / ((1 + mp.exp(y - x)) * (1 + mp.exp(x - y))),
}


@pytest.mark.parametrize("formula", ROUNDING)
def test_rounding_stays_within_the_noise(formula):
    """Compare the error at 400 points, some of them extreme, with a computation in 60 digits."""
    theory = dict(definitions_of(source("page.md", r"\(x \in \mathbb R\) \(y \in \mathbb R\)")))
    env = Environment(theory, {"k": 2}, np.tile(SCALES, 40))
    (statement,) = read(formula, frozenset())
    with np.errstate(all="ignore"):
        values = np.broadcast_to(value(statement.sides[0], env).ravel(), 1600).reshape(4, 400)
    noise = np.abs(values[1:] - values[0]).max(0) + np.finfo(float).tiny
    x, y = (lookup(name, env).ravel()[:400] for name in "xy")
    assert (noise[env.scales < 2] < 1e-10).all(), "no tolerance wider than the arithmetic justifies"
    with mp.workdps(60):
        for n in np.flatnonzero(np.isfinite(values[0]) & np.isfinite(noise)):
            assert abs(mp.mpf(values[0, n]) - ROUNDING[formula](mp.mpf(x[n]), mp.mpf(y[n]))) <= noise[n], f"at x = {x[n]}, y = {y[n]}"


def test_an_edit_of_the_notation_evaluates_other_pages_only_if_a_definition_changes():
    notation, page = texts()[NOTATION], r"\(S(\mathbf z)_1 = s_1\)"
    first = check_pages(notation=notation, page=page)["page.md"]
    assert check_pages(notation=notation + "\nMore words.\n", page=page)["page.md"] is first
    other = notation.replace(r"\mathbf s := S(\mathbf z)", r"\mathbf s := S(2 \mathbf z)")
    assert other != notation
    assert check_pages(notation=other, page=page)["page.md"].messages


DEPENDENT = r"""\(x \in \mathbb R_{>0}\), \(f := x^2\)

\[ |x| = x \]

\[ y_i = 1 \quad (i = c) \]

## Example

Let \(x = 3\).

\[ f = 9 \]
"""


@pytest.mark.parametrize(("old", "new"), [
    (r"R_{>0}", "R"), ("x^2", "x^3"), ("|x| = x", "|x| = -x"), (r" \quad (i = c)", ""), ("(i = c)", r"(i \neq c)"), ("x = 3", "x = 4"),
])
def test_what_holds_is_evaluated_again_only_if_something_that_it_depends_on_changes(old, new, monkeypatch):
    assert DEPENDENT.count(old) == 1 and not page(DEPENDENT).messages
    wrong = page(f"Words.\n\n{DEPENDENT.replace(old, new)}")
    assert re.match(r"page\.md:\d+:", wrong.messages[0])
    # From here on, evaluating anything would call None, and fail.
    monkeypatch.setattr(comparison, "judged", None)
    moved = page(f"More words.\n\n{DEPENDENT}")
    assert not moved.messages and moved.outcomes[-1].claim.id == "page.md:15:6"
