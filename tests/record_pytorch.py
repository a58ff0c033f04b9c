"""Record PyTorch's loss and gradient, or compare the record with the installed PyTorch.

PyTorch is not needed to build or test the site. Where it is installed:

    python -m tests.record_pytorch           writes docs/data/pytorch.json again
    python -m tests.record_pytorch --check   compares it with this PyTorch, and runs the
                                             `pytorch` blocks of the pages
"""

import contextlib
import io
import json
import re
import sys

import numpy as np
import torch
from bs4 import BeautifulSoup

from machinery.sources import DOCS, read_notebook, renderer

RECORD = DOCS / "data" / "pytorch.json"


def inputs():
    """Return logits and labels by name: ordinary ones, and those that break weak code."""
    rng = np.random.default_rng(0)
    return {
        "four rows": (rng.normal(size=(4, 5)).round(3), [0, 3, 1, 1]),
        "worked example": ([[1.0, 2.0, 3.0]], [1]),
        "two rows": ([[1.0, 2.0, 3.0], [2.0, 0.0, 1.0]], [1, 0]),
        "one class": ([[3.0], [-2.0]], [0, 0]),
        "as many rows as classes": (rng.normal(size=(6, 6)), [5, 0, 0, 3, 2, 1]),
        "wide": (rng.normal(scale=4, size=(3, 12)), [11, 0, 7]),
        "large": ([[1000.0, 1001.0, 1002.0], [-1000.0, 0.0, 1000.0]], [0, 1]),
        "ties": ([[2.0, 2.0, 2.0, 2.0], [0.0, 7.0, 7.0, 0.0]], [2, 0]),
    }


def record():
    cases = {}
    for name, (logits, labels) in inputs().items():
        tensor = torch.tensor(np.asarray(logits), dtype=torch.float64, requires_grad=True)
        loss = torch.nn.functional.cross_entropy(tensor, torch.tensor(labels))
        loss.backward()
        cases[name] = {
            "logits": tensor.tolist(), "labels": labels,
            "loss": loss.item(), "gradient": tensor.grad.tolist(),
        }
    return {
        "version": torch.__version__, "command": "python -m tests.record_pytorch",
        "cases": cases, "variants": variants(), "losses": losses(), "training": training(),
    }


def variants():
    """Return loss and gradient of PyTorch's own variants of the loss, by name."""
    rng = np.random.default_rng(1)
    logits, labels = rng.normal(scale=2, size=(5, 4)), [3, 0, 1, 1, 2]
    targets = rng.dirichlet(np.ones(4), size=5).tolist()
    sequences, padded = rng.normal(scale=2, size=(2, 3, 4)), [[1, 3, 0], [2, -100, -100]]
    weight = [0.5, 2.0, 1.0, 4.0]
    options = {
        "mean": {"reduction": "mean"},
        "sum": {"reduction": "sum"},
        "none": {"reduction": "none"},
        "soft labels": {"targets": targets},
        "label smoothing": {"label_smoothing": 0.1},
        "class weights": {"weight": weight},
        "class weights and soft labels": {"weight": weight, "targets": targets},
        "class weights and label smoothing": {"weight": weight, "label_smoothing": 0.1},
        "ignore_index": {"labels": [3, -100, 1, -100, 2], "ignore_index": -100},
        "sequences with padding": {"logits": sequences, "labels": padded, "ignore_index": -100},
        "temperature": {"temperature": 3.0},
    }
    return {name: variant(**{"logits": logits, "labels": labels} | option) for name, option in options.items()}


def variant(logits, labels, targets=None, weight=None, temperature=1.0, **options):
    tensor = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
    settings = dict(options)
    if weight:
        settings["weight"] = torch.tensor(weight, dtype=torch.float64)
    expected = torch.tensor(labels) if targets is None else torch.tensor(targets, dtype=torch.float64)
    # PyTorch wants the classes second, and after them positions of a sequence.
    losses = torch.nn.functional.cross_entropy(tensor.movedim(-1, 1) / temperature, expected, **settings)
    losses.sum().backward()
    options |= {"targets": targets, "weight": weight, "temperature": temperature}
    return {
        "logits": tensor.tolist(), "labels": labels, "options": options,
        "loss": losses.tolist(), "gradient": tensor.grad.tolist(),
    }


def losses():
    """Return inputs, loss and gradients of PyTorch's other losses and backward passes, by name."""
    F = torch.nn.functional
    rng = np.random.default_rng(2)
    logits, other = rng.normal(scale=2, size=(2, 4, 3))
    labels = [2, 0, 1, 1]

    def focal(z, gamma):
        correct = F.log_softmax(z, dim=1)[range(4), labels]
        return -((1 - correct.exp()) ** gamma * correct).mean()

    def divergence(z, p):
        return F.kl_div(F.log_softmax(z, dim=1), p, reduction="batchmean")

    calls = {
        "softmax, backward": ((logits,), {"row": other}, lambda z, row: (torch.softmax(z, 1) * row).sum()),
        "log-softmax, backward": ((logits,), {"row": other}, lambda z, row: (torch.log_softmax(z, 1) * row).sum()),
        "binary cross-entropy": ((logits,), {"targets": rng.integers(2, size=(4, 3))}, F.binary_cross_entropy_with_logits),
        "binary cross-entropy, probabilities": ((logits,), {"targets": rng.random((4, 3))}, F.binary_cross_entropy_with_logits),
        "KL divergence": ((logits,), {"targets": rng.dirichlet(np.ones(3), size=4)}, divergence),
        "distillation": (
            (logits,), {"teacher": other, "T": 3.0},
            lambda z, t, T: divergence(z / T, torch.softmax(t / T, 1)) * T**2,
        ),
        "focal loss, gamma 0.5": ((logits,), {"gamma": 0.5}, focal),
        "focal loss, gamma 2": ((logits,), {"gamma": 2.0}, focal),
        "policy gradient": (
            (logits,), {"returns": rng.normal(size=4)},
            lambda z, R: -(R * torch.distributions.Categorical(logits=z).log_prob(torch.tensor(labels))).mean(),
        ),
        "large vocabulary": (
            (rng.normal(size=(4, 3)), rng.normal(size=(3, 7))), {},
            lambda H, W: F.cross_entropy(H @ W, torch.tensor(labels)),
        ),
    }
    found = {}
    for name, (variables, constants, function) in calls.items():
        tensors = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in variables]
        fixed = [torch.tensor(c, dtype=torch.float64) for c in constants.values()]
        loss = function(*tensors, *fixed)
        loss.backward()
        found[name] = {
            "variables": [tensor.tolist() for tensor in tensors], "labels": labels,
            "constants": {key: value.tolist() for key, value in zip(constants, fixed)},
            "loss": loss.item(), "gradients": [tensor.grad.tolist() for tensor in tensors],
        }
    return found


def training():
    """Return what the program of the page "Gradients of the weights" computes in its five steps."""
    (program,) = pytorch_blocks("network.ipynb")
    names = {}
    exec(program, names)
    layer = names["layer"]
    return {"losses": names["losses"], "W": layer.weight.T.tolist(), "b": layer.bias.tolist()}


def pytorch_blocks(page):
    """Return the `pytorch` blocks of a page of the site."""
    if page.endswith(".ipynb"):
        text = "\n\n".join(cell.source for cell in read_notebook(DOCS / page).cells)
    else:
        text = (DOCS / page).read_text("utf-8")
    html = BeautifulSoup(renderer().reset().convert(text), "html.parser")
    return [block.get_text() for block in html.select(".language-pytorch")]


def check(live, recorded):
    live_cases, recorded_cases = (record["cases"] | record["variants"] for record in (live, recorded))
    assert live_cases.keys() == recorded_cases.keys()
    for name, case in live_cases.items():
        old = recorded_cases[name]
        assert case["logits"] == old["logits"] and case["labels"] == old["labels"], name
        # Another version may add in another order: a few units in the last place.
        np.testing.assert_allclose(case["loss"], old["loss"], rtol=1e-14, err_msg=name)
        np.testing.assert_allclose(case["gradient"], old["gradient"], rtol=1e-13, atol=1e-16, err_msg=name)
    assert live["losses"].keys() == recorded["losses"].keys()
    for name, case in live["losses"].items():
        old = recorded["losses"][name]
        assert all(case[key] == old[key] for key in ("variables", "labels", "constants")), name
        for value, kept in zip([case["loss"], *case["gradients"]], [old["loss"], *old["gradients"]], strict=True):
            np.testing.assert_allclose(value, kept, rtol=1e-13, atol=1e-15, err_msg=name)
    # Five steps on 1437 examples: sums of about 10⁵ terms in another order.
    for name, value in live["training"].items():
        np.testing.assert_allclose(value, recorded["training"][name], rtol=1e-12, atol=1e-12, err_msg=name)
    print(f"{len(live_cases) + len(live['losses'])} recorded cases agree with PyTorch {live['version']}")


def run_blocks():
    """Execute the pages' `pytorch` blocks, each with logits and labels to work on."""
    count = 0
    for path in DOCS.rglob("*.md"):
        for block in pytorch_blocks(path.relative_to(DOCS).as_posix()):
            logits = torch.tensor([[1.0, 2.0, 3.0]], dtype=torch.float64, requires_grad=True)
            with contextlib.redirect_stdout(io.StringIO()):
                exec(block, {"torch": torch, "logits": logits, "labels": torch.tensor([1])})
            count += 1
    assert count, "no `pytorch` block found"
    print(f"{count} pytorch blocks executed")


def compact(text):
    """Put the innermost lists of indented JSON on one line each."""
    return re.sub(r"\[\n[^\[\]{}]*\]", lambda found: "[" + " ".join(found[0][1:-1].split()) + "]", text)


if __name__ == "__main__":
    if "--check" in sys.argv:
        check(record(), json.loads(RECORD.read_text("utf-8")))
        run_blocks()
    else:
        RECORD.write_text(compact(json.dumps(record(), indent=1)) + "\n", "utf-8")
