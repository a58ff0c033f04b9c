"""Loss and gradient of a batch, by this site's code and by what one would use instead.

The unit is a copy of the logits into an array that is there already: each number is read once
and written once. Nothing that returns a gradient for each logit can do less.
"""

import json
import os
import sys

import jax
import numpy as np
import scipy.special
import torch
from sklearn._loss.loss import HalfMultinomialLoss

from snippets.in_place import loss_and_gradient_in_place
from snippets.loss_and_gradient import loss_and_gradient
from tests.benchmarks.timing import ratios

SHAPES = [(1, 3, "float64"), (64, 10, "float64"), (256, 1000, "float64"), (8192, 1000, "float64"),
          (1024, 50257, "float32")]
SECONDS = {1: 2, 64: 2, 256: 3, 8192: 10, 1024: 20}  # for each N

torch.set_num_threads(cores := len(os.sched_getaffinity(0)))
jax.config.update("jax_enable_x64", True)


def pytorch(logits, labels, loss):
    logits, labels = torch.tensor(logits, requires_grad=True), torch.tensor(labels)

    def call():
        value = loss(logits, labels)
        return value.detach(), torch.autograd.grad(value, logits)[0]

    return call


def with_jax(logits, labels):
    def loss(logits, labels):
        log_softmax = jax.nn.log_softmax(logits)
        return -log_softmax[np.arange(len(labels)), labels].mean()

    both = jax.jit(jax.value_and_grad(loss))
    logits, labels = jax.numpy.array(logits), jax.numpy.array(labels)
    return lambda: jax.block_until_ready(both(logits, labels))


def scikit_learn(logits, labels):
    N, k = logits.shape
    labels = labels.astype(logits.dtype)
    weights, losses, gradient = np.full(N, 1 / N, logits.dtype), np.empty(N, logits.dtype), np.empty_like(logits)
    function = HalfMultinomialLoss(n_classes=k).loss_gradient

    def call():
        function(labels, logits, weights, losses, gradient, n_threads=cores)
        return losses.sum(), gradient

    return call


def scipy_log_softmax(logits, labels):
    rows = np.arange(len(labels))

    def call():
        log_softmax = scipy.special.log_softmax(logits, axis=1)
        loss = -log_softmax[rows, labels].mean()
        gradient = np.exp(log_softmax)
        gradient[rows, labels] -= 1
        gradient /= len(labels)
        return loss, gradient

    return call


def calls(logits, labels):
    """Return functions without arguments that return loss and gradient, by name."""
    out = np.empty_like(logits)
    torch._dynamo.reset()  # compile anew for this shape, not once for all shapes
    return {
        "in place": lambda: (loss_and_gradient_in_place(logits, labels, out), out),
        "to copy": lambda: loss_and_gradient(logits, labels),
        "scikit-learn": scikit_learn(logits, labels),
        "SciPy": scipy_log_softmax(logits, labels),
        "torch.compile": pytorch(logits, labels, torch.compile(torch.nn.functional.cross_entropy, dynamic=False)),
        "jax.jit": with_jax(logits, labels),
        "PyTorch": pytorch(logits, labels, torch.nn.functional.cross_entropy),
    }


def run():
    rng = np.random.default_rng(0)
    results = {}
    for N, k, dtype in SHAPES:
        print(f"loss, {cores} cores, {N} × {k} {dtype}", file=sys.stderr)
        logits = rng.normal(scale=3, size=(N, k)).astype(dtype)
        labels = rng.integers(0, k, size=N)
        contestants = calls(logits, labels)
        expected = loss_and_gradient(logits, labels)
        for name, call in contestants.items():
            compare(name, call(), expected)
        target = np.empty_like(logits)
        contestants["copy"] = lambda: np.copyto(target, logits)
        results[f"{N} × {k} {dtype}"] = ratios(contestants, "copy", SECONDS[N])
    return results


def compare(name, found, expected):
    """Make sure that all compute the same, each with sums in an order of its own."""
    eps = np.finfo(expected[1].dtype).eps
    for value, other in zip(found, expected):
        np.testing.assert_allclose(value, other, rtol=1e4 * eps, atol=1e3 * eps / len(expected[1]), err_msg=name)


if __name__ == "__main__":
    print(json.dumps(run()))
