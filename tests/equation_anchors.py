"""Which snippet implements which formula, and the inputs on which both are compared.

A function whose parameters are logits, labels or targets, and numbers needs no line here: its docstring names the
equations, and these name the loss. Any other function may have its lines in its own test, as `FORMULAS`.
"""

import contextlib
import functools
import inspect
import re
from importlib import import_module
from pathlib import Path

import numpy as np

from machinery.content.check_equations import source
from machinery.content.functions_of_equations import functions
from machinery.equations import NOTATION, definitions_of, read_page
from machinery.equations.environment import Environment
from machinery.equations.evaluator import value
from machinery.equations.relations import read
from machinery.equations.shapes import constant
from machinery.equations.theory import SIZES, Letter, Variable, factors
from machinery.sources import texts
from snippets.chunked import chunked_loss_and_gradients
from snippets.cross_entropy import cross_entropy
from snippets.distillation import distillation_loss_and_gradient
from snippets.gradient import gradient
from snippets.gradient_by_rows import numerical_gradient_by_rows
from snippets.gradient_check import forward_gradient, numerical_gradient
from snippets.in_place import loss_and_gradient_in_place
from snippets.jacobian import jacobian, vector_jacobian_product
from snippets.linear import linear_loss_and_gradients
from snippets.log_softmax import log_softmax, log_softmax_vector_jacobian_product, log_sum_exp
from snippets.loss_and_gradient import loss_and_gradient
from snippets.policy_gradient import policy_loss_and_gradient
from snippets.soft_labels import one_hot, smooth_labels, soft_loss_and_gradient, weighted_targets
from snippets.softmax import softmax
from snippets.textbook import loss_and_gradient_batch, loss_and_gradient_loops, loss_and_gradient_vector
from tests.definitions import losses
from tests.pages import navigation

RANDOM = np.random.default_rng(0)
z = RANDOM.normal(size=4)
c = 3  # in formulas; the label is 2 in code
g, soft = RANDOM.normal(size=4), RANDOM.dirichlet(np.ones(4))
Z, labels = RANDOM.normal(size=(5, 4)), np.array([0, 3, 1, 1, 2])
X, W, b = RANDOM.normal(size=(5, 6)), RANDOM.normal(size=(6, 4)), RANDOM.normal(size=4)
Y = np.eye(4)[labels]
w = RANDOM.uniform(0.5, 2, size=5)
a = np.array([0.5, 2.0, 1.0, 4.0])
L_n = RANDOM.normal(size=5)
one = {"z": z, "c": c}
soft_one = {"z": z, "y": soft}
batch = {"Z": Z, "c[]": labels + 1}
layer = {"X": X, "W": W, "b": b, "Y": Y}
step = {**one, "h": 1e-5}

GRADIENT = r"\frac{\partial L}{\partial \mathbf z}"


def loss(logits):
    return cross_entropy(logits, c - 1)


NEIGHBOURS = "variants/neighbours.md"
tokens = {"H": X, "W": W, "c[]": labels + 1}
chunked = chunked_loss_and_gradients(X, W, labels, height=2, width=3)
pupil = {"z": z, "q": soft, "T": 2.0}
distilled = distillation_loss_and_gradient(z[None], 2.0 * np.log(soft)[None], 2.0)
policy = policy_loss_and_gradient(z[None], [c - 1], [-2.0])
in_place = loss_and_gradient_in_place(Z, labels, out := np.empty_like(Z)), out

# (page, formula, inputs, function of snippets/, its value)
TABLE = [
    ("notation.md", r"S(\mathbf z)", {"z": z}, softmax, softmax(z)),
    ("notation.md", r"\mathbf s", {"z": z}, softmax, softmax(z)),
    ("index.md", "L", one, cross_entropy, loss(z)),
    ("index.md", GRADIENT, one, gradient, gradient(z, c - 1)),
    ("derivation.md", r"\mathbf s", {"z": z}, softmax, softmax(z)),
    ("derivation.md", "L", one, cross_entropy, loss(z)),
    ("derivation.md", GRADIENT, one, gradient, gradient(z, c - 1)),
    ("code.md", "L", one, loss_and_gradient_loops, loss_and_gradient_loops(z, c - 1)[0]),
    ("code.md", GRADIENT, one, loss_and_gradient_loops, loss_and_gradient_loops(z, c - 1)[1]),
    ("code.md", "L", one, loss_and_gradient_vector, loss_and_gradient_vector(z, c - 1)[0]),
    ("code.md", r"\mathbf s - \mathbf y", one, loss_and_gradient_vector, loss_and_gradient_vector(z, c - 1)[1]),
    ("code.md", r"\bar L", batch, loss_and_gradient_batch, loss_and_gradient_batch(Z, labels)[0]),
    ("code.md", r"\frac{1}{N} (P - Y)", batch, loss_and_gradient_batch, loss_and_gradient_batch(Z, labels)[1]),
    ("code.md", r"\bar L", batch, loss_and_gradient, loss_and_gradient(Z, labels)[0]),
    ("code.md", r"\frac{\partial \bar L}{\partial Z}", batch, loss_and_gradient, loss_and_gradient(Z, labels)[1]),
    ("code.md", "Y", batch, one_hot, one_hot(labels, 4)),
    ("code.md", r"\bar L", batch, loss_and_gradient_in_place, in_place[0]),
    ("code.md", r"\frac{\partial \bar L}{\partial Z}", batch, loss_and_gradient_in_place, in_place[1]),
    ("code.md", "m", {"z": z}, np.max, z.max()),
    ("gradient-check.ipynb", r"L(\mathbf z)", one, cross_entropy, loss(z)),
    ("gradient-check.ipynb", r"\frac{L(\mathbf z + h \mathbf e_2) - L(\mathbf z - h \mathbf e_2)}{2h}", step,
     numerical_gradient, numerical_gradient(loss, z)[1]),
    ("gradient-check.ipynb", r"\frac{L(\mathbf z + h \mathbf e_2) - L(\mathbf z - h \mathbf e_2)}{2h}", step,
     numerical_gradient_by_rows, numerical_gradient_by_rows(losses, [z], [c - 1])[0, 1]),
    ("gradient-check.ipynb", r"\frac{L(\mathbf z + h \mathbf e_2) - L(\mathbf z)}{h}", step,
     forward_gradient, forward_gradient(loss, z, step=1e-5)[1]),
    ("summary.md", "L", one, cross_entropy, loss(z)),
    ("summary.md", GRADIENT, one, gradient, gradient(z, c - 1)),
    ("network.ipynb", r"\bar L", layer, linear_loss_and_gradients, linear_loss_and_gradients(W, b, X, labels)[0]),
    ("network.ipynb", r"\frac{\partial \bar L}{\partial W}", layer, linear_loss_and_gradients, linear_loss_and_gradients(W, b, X, labels)[1]),
    ("network.ipynb", r"\frac{\partial \bar L}{\partial \mathbf b}", layer, linear_loss_and_gradients, linear_loss_and_gradients(W, b, X, labels)[2]),
    ("routes/log-sum-exp.md", "L", one, cross_entropy, loss(z)),
    ("routes/log-sum-exp.md", "m", {"z": z}, np.max, z.max()),
    ("routes/jacobian.md", "L", soft_one, soft_loss_and_gradient, soft_loss_and_gradient(z[None], soft[None])[0]),
    ("routes/jacobian.md", r"\frac{\partial \mathbf s}{\partial \mathbf z}", {"z": z}, jacobian, jacobian(z)),
    ("routes/jacobian.md", r"\mathbf g^\top \frac{\partial \mathbf s}{\partial \mathbf z}", {"z": z, "g": g},
     vector_jacobian_product, vector_jacobian_product(g, z)),
    ("routes/two-classes.md", r"\sigma(x)", {"x": 0.7}, softmax, softmax([0.7, 0.0])[0]),
    ("routes/two-classes.md", r"\ell(x)", {"x": 0.7, "y": 1.0}, cross_entropy, cross_entropy([0.7, 0.0], 0)),
    ("variants/soft-labels.md", "L", soft_one, soft_loss_and_gradient, soft_loss_and_gradient(z[None], soft[None])[0]),
    ("variants/soft-labels.md", GRADIENT, soft_one, soft_loss_and_gradient, soft_loss_and_gradient(z[None], soft[None])[1][0]),
    ("variants/soft-labels.md", r"\mathbf q", {"z": z, "c": c, "varepsilon": 0.1}, smooth_labels, smooth_labels([c - 1], 4, 0.1)[0]),
    ("variants/weights.md", r"\mathbf r", {"w": w, "L": L_n}, weighted_targets, weighted_targets(labels, 4, w).sum(axis=1)),
    ("variants/weights.md", "L", {**soft_one, "a": a}, soft_loss_and_gradient, soft_loss_and_gradient(z[None], a * soft[None])[0]),
    ("variants/hessian.md", "L", one, cross_entropy, loss(z)),
    ("variants/soft-labels.md", r"\ell", {**one, "T": 2.0}, cross_entropy, cross_entropy(z / 2, c - 1)),
    ("variants/hessian.md", "H", {"z": z}, jacobian, jacobian(z)),
    ("variants/language-models.md", r"\bar L", tokens, chunked_loss_and_gradients, chunked[0]),
    ("variants/language-models.md", r"\frac{\partial \bar L}{\partial H}", tokens, chunked_loss_and_gradients, chunked[1]),
    ("variants/language-models.md", r"\frac{\partial \bar L}{\partial W}", tokens, chunked_loss_and_gradients, chunked[2]),
    ("routes/log-sum-exp.md", r"\log \sum_j e^{z_j}", {"z": z}, log_sum_exp, log_sum_exp(z)),
    ("routes/log-sum-exp.md", r"\log s_c", one, log_softmax, log_softmax(z)[c - 1]),
    (NEIGHBOURS, r"\sum_i g_i \frac{\partial}{\partial z_j} \log s_i", {"z": z, "g": g, "j": 2},
     log_softmax_vector_jacobian_product, log_softmax_vector_jacobian_product(g, z)[1]),
    (NEIGHBOURS, r"L_{\text{distill}}", pupil, distillation_loss_and_gradient, distilled[0]),
    (NEIGHBOURS, r"\frac{\partial L_{\text{distill}}}{\partial \mathbf z}", pupil, distillation_loss_and_gradient, distilled[1][0]),
    (NEIGHBOURS, r"L_{\text{policy}}", {**one, "R": -2.0}, policy_loss_and_gradient, policy[0]),
    (NEIGHBOURS, r"\frac{\partial L_{\text{policy}}}{\partial \mathbf z}", {**one, "R": -2.0}, policy_loss_and_gradient, policy[1][0]),
]


@functools.cache
def anchors():
    """Return all lines: those of the table, those in the tests of snippets, and those that follow from docstrings."""
    found = [*TABLE]
    for module in sorted({function.module for function in functions()}):
        if re.search(r"^FORMULAS = ", text_of_test(module), re.MULTILINE):
            found += import_module(f"tests.test_{module}").FORMULAS
    listed = {function.__name__ for *_, function, _ in found}
    return [*found, *(line for function in functions() if function.name not in listed for line in derived(function))]


def text_of_test(module):
    path = Path(__file__).parent / f"test_{module}.py"
    return path.read_text("utf-8") if path.is_file() else ""


def page_source(name):
    return source(f"docs/{name}", texts()[name])


LOSS = re.compile(r"\\frac\s*\{\\partial\s*(.+?)\}\s*\{\\partial|\\nabla(?:_\{.*?\}|_\\mathbf \w)?\s*(.+)")


def derived(function):
    """Yield the lines of a function that returns the loss of a batch and its gradient; none if its docstring does not determine them."""
    call = getattr(import_module(f"snippets.{function.module}"), function.name)
    logits, labels, *numbers = [*inspect.signature(call).parameters, "", ""]
    paths = {title: path for path, title in navigation().items()}
    title, first, _, last = [*function.equations, [""] * 4][0]
    if title not in paths or logits != "logits" or labels not in ("labels", "targets"):
        return
    known = definitions_of(page_source(NOTATION))
    page = read_page(page_source(paths[title]), known)
    sides = [claim.texts[0] for claim in page.claims if claim.formula.number in (first, last)]
    symbols = [match[1] or match[2] for side in sides if (match := LOSS.match(side.strip()))]
    inputs = {"z": z, **({"c": c} if labels == "labels" else {"y": soft})}
    for number in filter(None, numbers):
        name = next((name for name in (number, f"var{number}") if name in page.theory), None)
        if name is None:
            return
        inputs[name] = 0.5
    if symbols:
        values = call(z[None], [c - 1] if labels == "labels" else soft[None], *(0.5 for number in numbers if number))
        yield paths[title], symbols[0], inputs, call, values[0]
        yield paths[title], rf"\frac{{\partial {symbols[0]}}}{{\partial \mathbf z}}", inputs, call, values[1][0]


def call_of(function, given, otherwise):
    """Return the call of a function in words: what is given for a parameter of that name, and for any other that has no default."""
    needed = [name for name, parameter in inspect.signature(function).parameters.items() if parameter.default is parameter.empty]
    return f"{function.__name__}({', '.join(given.get(name, otherwise) for name in needed)})"


def import_of(function):
    return f"from {function.__module__} import {function.__name__}"


def offered(function):
    """Return lines that an author can paste into the test of a function and go on from: they run if it takes logits, labels or targets, and numbers."""
    call = getattr(import_module(f"snippets.{function.module}"), function.name)
    logits, *others = [*inspect.signature(call).parameters, ""]
    batch = {logits: "z[None]", "labels": "[c - 1]", "targets": "soft[None]"}
    row = {logits: "z", "labels": "c - 1", "label": "c - 1", "targets": "soft"}
    for given in (batch, row):
        value = call_of(call, given, "0.5")
        with contextlib.suppress(Exception):
            value += "[0]" * isinstance(eval(value, globals() | {function.name: call}), tuple)
            break
    inputs = {"z": "z"} | ({"y": "soft"} if "targets" in others else {"c": "c"} if {"label", "labels"} & {*others} else {})
    shown = ", ".join(f'"{name}": {number}' for name, number in inputs.items())
    page = next((path for path, title in navigation().items() if title == function.equations[0][0]), "page.md")
    return [
        import_of(call), f"from tests.equation_anchors import {', '.join(sorted(inputs.values()))}", "",
        f'FORMULAS = [("{page}", r"L", {{{shown}}}, {function.name}, {value})]',
    ]


# The same formula in two orders of operations: a few roundings of numbers near 1, and for
# differences of two losses, divided by the step of 1e-5, the rounding of a loss over the step.
TOLERANCE = 32 * np.finfo(float).eps
DIFFERENCE_TOLERANCE = 16 * np.finfo(float).eps / 1e-5


def evaluate_at(theory, tex, values):
    """Return the value of a formula at given numbers: its entries, in one row.

    Parameters
    ----------
    theory : dict
        From `definitions_of`.
    tex : str
        The formula, without a relation.
    values : dict
        An array for each variable, the numbers of index letters (from 1), and labels for
        a batch as `c[]`. The sizes follow from the shapes.
    """
    (statement,) = read(tex, factors(theory))
    env = Environment(theory, dict.fromkeys(SIZES, 1), np.ones(1))
    for name, given in values.items():
        entry, array = theory.get(name), np.asarray(given, dtype=float)
        if isinstance(entry, Letter):
            env.letters[name] = constant(array)
            continue
        env.values[name] = constant(array)
        if isinstance(entry, Variable):
            env.sizes |= zip(entry.sizes, array.shape)
    with np.errstate(all="ignore"):
        return value(statement.sides[0], env)[0].ravel()  # the point itself, without noise


def difference(theory, page, formula, inputs, function, expected):
    """Return a message if a page's formula and its snippet differ, or ""."""
    actual = evaluate_at(theory, formula, inputs)
    if agrees(actual, expected, inputs):
        return ""
    numbers = ", ".join(f"{name} = {np.round(value, 4)}" for name, value in inputs.items())
    return (
        f"docs/{page}: the page and the code differ, at {numbers}\n    {formula}  =  {actual}\n"
        f"    {function.__module__.replace('.', '/')}.py: {function.__name__} returns {np.ravel(expected)}"
    )


def agrees(actual, expected, inputs):
    """Tell whether a formula's value and a snippet's agree to rounding."""
    expected = np.asarray(expected)
    allowed = DIFFERENCE_TOLERANCE if "h" in inputs else TOLERANCE * max(1, np.abs(expected).max())
    return actual.size == expected.size and np.abs(actual.reshape(expected.shape) - expected).max() <= allowed
