"""Record what the page "PyTorch, JAX, Keras" shows of each, or compare the record with the installed ones.

No framework is needed to build or test the site. Where those of the group `frameworks` are installed:

    python -m tests.record_frameworks           writes docs/data/frameworks.json again
    python -m tests.record_frameworks --check   compares it with these frameworks
"""

import contextlib
import functools
import io
import json
import os
import sys
from importlib.metadata import version

import numpy as np

os.environ["KERAS_BACKEND"] = "jax"  # Keras reads it once, when it is imported

import jax
import jax.numpy as jnp
import keras
import optax
import sklearn.linear_model
import sklearn.metrics
import torch

from snippets.softmax import softmax
from tests.page_of_frameworks import PAGE, RECORD_PATH, SECTIONS, program
from tests.record_pytorch import RECORD as PYTORCH
from tests.record_pytorch import compact

# The call of each message, with the names that the program of the framework's section defines.
MESSAGES = {
    "PyTorch": [
        "cross_entropy(logits, one_hot)",
        "cross_entropy(logits, labels.float())",
        "cross_entropy(logits, labels[:, None])",
        "cross_entropy(logits, torch.tensor([1, 3]))",
        "cross_entropy(torch.zeros(2, 4, 3), torch.zeros(2, 4).long())",
        "cross_entropy(logits, torch.tensor([1, 0, 2]))",
        "cross_entropy(logits, labels, weight=torch.ones(3).double())",
        "cross_entropy(logits.long(), labels)",
        "cross_entropy(logits, [1, 0])",
        "cross_entropy(logits, one_hot.float(), ignore_index=1)",
        "torch.nn.CrossEntropyLoss(logits, labels)",
    ],
    "JAX with Optax": [
        "losses(logits, one_hot)",
        "losses(logits, labels[:, None])",
        "optax.softmax_cross_entropy(logits, labels)",
        "jax.grad(losses)(logits, labels)",
    ],
    "Keras": [
        "categorical(labels, logits)",
        "sparse(one_hot, logits)",
        "keras.losses.SparseCategoricalCrossentropy(label_smoothing=0.1)",
    ],
    "scikit-learn": [
        "log_loss(labels, logits, labels=[0, 1, 2])",
        "log_loss(labels, probabilities)",
        "log_loss(0.9 * one_hot + 0.1 / 3, probabilities)",
        "LogisticRegression().fit(logits, one_hot)",
        'LogisticRegression(multi_class="multinomial")',
    ],
    "A custom autograd function in PyTorch": [
        "Incomplete.apply(logits, labels).sum().backward()",
        "CrossEntropy()(logits, labels)",
    ],
    "A custom gradient in JAX": ["jax.jacfwd(mean_loss)(logits)"],
}


def record():
    sections = {name: run(name, calls) for name, calls in MESSAGES.items()}
    packages = ["torch", "jax", "optax", "keras", "scikit-learn"]
    return {
        "versions": {name: version(name).split("+")[0] for name in packages},
        "command": "python -m tests.record_frameworks",
        "sections": sections, "cases": cases(), "fit": fit(), "variants in JAX": variants_in_jax(),
    }


def run(section, calls):
    """Return what the program of a section prints, and the message of each call that fails."""
    output, names = executed(section)
    messages = {}
    for call in calls:
        try:
            exec(call, names)
        except Exception as error:
            messages[call] = f"{type(error).__name__}: {error}"
        else:
            raise AssertionError(f"{section}: {call} doesn't fail")
    return {"prints": output, "messages": messages}


def executed(section):
    """Return what the program of a section prints, and the names that it defines."""
    names = {}
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(program(PAGE, section), names)
    return output.getvalue(), names


def cases():
    """Return loss and gradient of each call on the same numbers, in float64."""
    F = torch.nn.functional
    rng = np.random.default_rng(3)
    logits, labels = rng.normal(scale=2, size=(5, 4)), np.array([3, 0, 1, 1, 2])
    one_hot, targets = np.eye(4)[labels], rng.dirichlet(np.ones(4), size=5)
    weights, counted = np.array([0.5, 2.0, 1.0, 4.0])[labels], np.array([True, False, True, True, False])
    ignored = np.where(counted, labels, -1)
    by_number, by_row = optax.softmax_cross_entropy_with_integer_labels, optax.softmax_cross_entropy

    def sparse(z, y=labels, weight=None, from_logits=True, **options):
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits, dtype="float64", **options)
        return loss(y, z, sample_weight=weight)

    def categorical(z, y=one_hot, **options):
        return keras.losses.CategoricalCrossentropy(from_logits=True, dtype="float64", **options)(y, z)

    c, w = torch.tensor(labels), torch.tensor(weights)
    custom_torch, custom_jax = (executed(section)[1] for section in SECTIONS[-2:])
    in_torch = {
        "PyTorch, class numbers": lambda z: F.cross_entropy(z, c),
        "PyTorch, soft labels": lambda z: F.cross_entropy(z, torch.tensor(targets)),
        "PyTorch, NLLLoss of log_softmax": lambda z: F.nll_loss(F.log_softmax(z, 1), c),
        "PyTorch, log_softmax before": lambda z: F.cross_entropy(F.log_softmax(z, 1), c),
        "PyTorch, softmax before": lambda z: F.cross_entropy(F.softmax(z, 1), c),
        "PyTorch, custom": lambda z: (w * custom_torch["CrossEntropy"].apply(z, c)).sum(),
    }
    in_jax = {
        "Optax, class numbers": lambda z: by_number(z, labels).mean(),
        "Optax, one-hot": lambda z: by_row(z, one_hot).mean(),
        "Optax, soft labels": lambda z: by_row(z, targets).mean(),
        "Optax, smoothing": lambda z: by_row(z, optax.smooth_labels(jnp.array(one_hot), 0.1)).mean(),
        "Optax, weights": lambda z: jnp.average(by_number(z, labels), weights=weights),
        "Optax, ignored": lambda z: by_number(z, labels).mean(where=counted),
        "Keras, class numbers": sparse,
        "Keras, one-hot": categorical,
        "Keras, soft labels": lambda z: categorical(z, targets),
        "Keras, probabilities": lambda z: sparse(jax.nn.softmax(z), from_logits=False),
        "Keras, smoothing": lambda z: categorical(z, label_smoothing=0.1),
        "Keras, weights over N": lambda z: sparse(z, weight=weights),
        "Keras, weights": lambda z: sparse(z, weight=weights, reduction="mean_with_sample_weight"),
        "Keras, ignored": lambda z: sparse(z, ignored, ignore_class=-1),
        "Keras, softmax before": lambda z: sparse(jax.nn.softmax(z)),
        "JAX, custom": lambda z: (weights * custom_jax["losses"](z, labels)).sum(),
    }
    found = {}
    for name, function in in_torch.items():
        z = torch.tensor(logits, requires_grad=True)
        loss = function(z)
        loss.backward()
        found[name] = {"loss": loss.item(), "gradient": z.grad.tolist()}
    with jax.enable_x64(True):
        for name, function in in_jax.items():
            loss, gradient = jax.value_and_grad(function)(jnp.array(logits))
            assert gradient.dtype == "float64", name
            found[name] = {"loss": loss.item(), "gradient": gradient.tolist()}
    log_loss, P = sklearn.metrics.log_loss, softmax(logits)
    found |= {
        "scikit-learn, class numbers": {"loss": log_loss(labels, P)},
        "scikit-learn, one-hot": {"loss": log_loss(one_hot, P)},
        "scikit-learn, weights": {"loss": log_loss(labels, P, sample_weight=weights)},
    }
    inputs = {
        "logits": logits, "labels": labels, "targets": targets, "weights": weights, "counted": counted,
    }
    return {"inputs": {name: value.tolist() for name, value in inputs.items()}, "results": found}


def variants_in_jax():
    """Return the loss and the gradients by JAX and Optax, for what is recorded with PyTorch and from the same numbers."""
    recorded = json.loads(PYTORCH.read_text("utf-8"))
    found = {}
    with jax.enable_x64(True):
        calls = {name: option_in_jax(case) for name, case in recorded["variants"].items()}
        calls |= {name: loss_in_jax(name, case) for name, case in recorded["losses"].items()}
        for name, (function, variables) in calls.items():
            losses, backward = jax.vjp(function, *map(jnp.array, variables))
            gradients = backward(jnp.ones_like(losses))
            assert losses.dtype == gradients[0].dtype == "float64", name
            found[name] = {"loss": losses.tolist(), "gradients": [gradient.tolist() for gradient in gradients]}
    return found


def option_in_jax(case):
    """Return the loss with one of PyTorch's options, and the variables to differentiate it with respect to."""
    labels, options = jnp.array(case["labels"]), case["options"]
    k = np.shape(case["logits"])[-1]
    weight = jnp.ones(k) if options["weight"] is None else jnp.array(options["weight"])
    soft, counted = options["targets"] is not None, labels != options.get("ignore_index", -1)
    targets = jnp.array(options["targets"]) if soft else jax.nn.one_hot(labels, k)
    targets = weight * optax.smooth_labels(targets, options.get("label_smoothing", 0.0))
    share = counted if soft else counted * weight[labels]

    def function(z):
        losses = counted * optax.softmax_cross_entropy(z / options["temperature"], targets)
        return {"none": losses, "sum": losses.sum()}.get(options.get("reduction"), losses.sum() / share.sum())

    return function, [case["logits"]]


def loss_in_jax(name, case):
    """Return another loss, and the variables to differentiate it with respect to."""
    labels, constants = jnp.array(case["labels"]), {key: jnp.array(value) for key, value in case["constants"].items()}
    log_softmax, softmax, divergence = jax.nn.log_softmax, jax.nn.softmax, optax.losses.kl_divergence

    def correct(z):
        return jnp.take_along_axis(log_softmax(z), labels[:, None], axis=1)[:, 0]

    def focal(z, gamma):
        return -((1 - jnp.exp(correct(z))) ** gamma * correct(z)).mean()

    def binary(z, targets):
        return optax.sigmoid_binary_cross_entropy(z, targets).mean()

    calls = {
        "softmax, backward": lambda z, row: (softmax(z) * row).sum(),
        "log-softmax, backward": lambda z, row: (log_softmax(z) * row).sum(),
        "binary cross-entropy": binary,
        "binary cross-entropy, probabilities": binary,
        "KL divergence": lambda z, targets: divergence(log_softmax(z), targets).mean(),
        "distillation": lambda z, teacher, T: T**2 * divergence(log_softmax(z / T), softmax(teacher / T)).mean(),
        "focal loss, gamma 0.5": focal,
        "focal loss, gamma 2": focal,
        "policy gradient": lambda z, returns: -(returns * correct(z)).mean(),
        "large vocabulary": lambda H, W: optax.softmax_cross_entropy_with_integer_labels(H @ W, labels).mean(),
    }
    return functools.partial(calls[name], **constants), case["variables"]


def fit():
    """Return the weights that LogisticRegression finds. It returns no gradient, but stops where the gradient is 0."""
    rng = np.random.default_rng(4)
    X, labels = rng.normal(size=(12, 2)), np.arange(12) % 3
    model = sklearn.linear_model.LogisticRegression(C=2.0, tol=1e-12, solver="newton-cg").fit(X, labels)
    return {
        "X": X.tolist(), "labels": labels.tolist(), "C": 2.0,
        "coef_": model.coef_.tolist(), "intercept_": model.intercept_.tolist(),
    }


def check(live, recorded):
    for key in ("versions", "sections"):
        assert live[key] == recorded[key], f"{key}: {live[key]}\nrecorded: {recorded[key]}"
    assert live["cases"]["inputs"] == recorded["cases"]["inputs"]
    results, old = live["cases"]["results"], recorded["cases"]["results"]
    assert results.keys() == old.keys()
    for name, result in results.items():
        for part, value in result.items():
            # Another processor may add in another order: a few units in the last place.
            np.testing.assert_allclose(value, old[name][part], rtol=1e-13, atol=1e-15, err_msg=name)
    for name, result in live["variants in JAX"].items():
        old = recorded["variants in JAX"][name]
        for value, kept in zip([result["loss"], *result["gradients"]], [old["loss"], *old["gradients"]], strict=True):
            np.testing.assert_allclose(value, kept, rtol=1e-13, atol=1e-15, err_msg=name)
    for part, value in live["fit"].items():
        # Another processor may take other steps, until its gradient is below 1e-12 as well.
        np.testing.assert_allclose(value, recorded["fit"][part], rtol=0, atol=1e-10, err_msg=part)
    print(f"{len(results) + len(live['variants in JAX'])} losses and {sum(map(len, MESSAGES.values()))} messages agree with {live['versions']}")


if __name__ == "__main__":
    assert list(MESSAGES) == SECTIONS
    if "--check" in sys.argv:
        check(record(), json.loads(RECORD_PATH.read_text("utf-8")))
    else:
        RECORD_PATH.write_text(compact(json.dumps(record(), indent=1)) + "\n", "utf-8")
