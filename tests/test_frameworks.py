"""The page "PyTorch, JAX, Keras" shows what was recorded, and what was recorded agrees with the snippets.

`python -m tests.record_frameworks` makes the record; no framework is needed here.
"""

import json
import re

import numpy as np
import pytest

from snippets.jacobian import vector_jacobian_product
from snippets.loss_and_gradient import loss_and_gradient
from snippets.soft_labels import one_hot, smooth_labels, soft_loss_and_gradient, weighted_targets
from snippets.softmax import softmax
from tests.page_of_frameworks import PAGE, RECORD_PATH, SECTIONS, messages, printed, program

RECORD = json.loads(RECORD_PATH.read_text("utf-8"))
RESULTS = RECORD["cases"]["results"]
EPS = np.finfo(float).eps


def wrong(page):
    """Return where a page differs from the record."""
    found = []
    for name in SECTIONS:
        recorded = RECORD["sections"][name]
        if printed(program(page, name)) != recorded["prints"]:
            found.append(f"{name}: its program printed\n{recorded['prints']}")
        shown = messages(page, name)
        for call, message in recorded["messages"].items():
            if shown.pop(call, None) != message.split(": ", 1)[1]:
                found.append(f"{name}: below the heading `{message.split(': ', 1)[1]}`, begin with `{call}`")
        found += [f"{name}: `{call}` is not recorded" for call in shown]
    words = re.sub(r" \(.*?\)", "", " ".join(page.split()))
    names = {"torch": "PyTorch", "jax": "JAX", "optax": "Optax", "keras": "Keras"}
    for package, number in RECORD["versions"].items():
        if f"{names.get(package, package)} {number}" not in words:
            found.append(f"the record was made with {package} {number}")
    return found


def test_the_page_shows_what_is_recorded():
    assert not wrong(PAGE)


@pytest.mark.parametrize("old, new, found", [
    ("#> 1.0074", "#> 1.0075", "PyTorch: its program printed"),
    ("`Target 3 is out of bounds.`", "`Target is out of bounds.`", "PyTorch: below the heading `Target 3 is out of bounds.`, begin with"),
    ("`categorical(labels, logits)`", "`categorical(logits, labels)`", "Keras: below the heading"),
    ("2.13.0", "2.12.0", "the record was made with torch 2.13.0"),
])
def test_another_word_or_number_is_noticed(old, new, found):
    assert wrong(PAGE.replace(old, new, 1))[0].startswith(found)


def ours(logits, labels, targets, weights, counted):
    """Return loss and gradient by the snippets, for what a framework calls its case."""
    k = logits.shape[1]
    Y, P = one_hot(labels, k), softmax(logits)
    plain = loss_and_gradient(logits, labels)
    weighted = soft_loss_and_gradient(logits, weighted_targets(labels, k, weights))
    twice, upstream = loss_and_gradient(P, labels)
    return {
        "class numbers": plain, "one-hot": plain, "probabilities": plain,
        "NLLLoss of log_softmax": plain, "log_softmax before": plain,
        "softmax before": (twice, vector_jacobian_product(upstream, logits)),
        "soft labels": soft_loss_and_gradient(logits, targets),
        "smoothing": soft_loss_and_gradient(logits, smooth_labels(labels, k, 0.1)),
        "weights": weighted,
        "weights over N": soft_loss_and_gradient(logits, weights[:, np.newaxis] * Y),
        "custom": soft_loss_and_gradient(logits, len(Y) * weights[:, np.newaxis] * Y),  # the sum
        "ignored": soft_loss_and_gradient(logits, weighted_targets(labels, k, counted)),
    }


OURS = ours(**{name: np.array(value) for name, value in RECORD["cases"]["inputs"].items()})


@pytest.mark.parametrize("name", RESULTS)
def test_agrees_with_the_framework(name):
    loss, gradient = OURS[name.split(", ", 1)[1]]
    # Logits up to 7 and their probabilities, rounded a few times, and times weights up to 4.
    np.testing.assert_allclose(loss, RESULTS[name]["loss"], rtol=0, atol=64 * EPS)
    assert name.startswith("scikit-learn") or "gradient" in RESULTS[name]
    np.testing.assert_allclose(gradient, RESULTS[name].get("gradient", gradient), rtol=0, atol=32 * EPS)


def test_every_case_differs_enough_to_be_told_apart():
    losses = {loss.round(6) for loss, _ in OURS.values()}
    assert len(losses) == len(OURS) - 4  # five of them are the plain loss


def test_logistic_regression_stops_where_our_gradient_is_zero():
    fit = {name: np.array(value) for name, value in RECORD["fit"].items()}
    X, W, C = fit["X"], fit["coef_"].T, fit["C"]
    dZ = C * len(X) * loss_and_gradient(X @ W + fit["intercept_"], fit["labels"])[1]
    # It was told to stop at 1e-12 per example.
    np.testing.assert_allclose(X.T @ dZ + W, 0, atol=C * len(X) * 1e-12)
    np.testing.assert_allclose(dZ.sum(axis=0), 0, atol=C * len(X) * 1e-12)
    assert np.abs(X.T @ dZ).max() > 0.1
