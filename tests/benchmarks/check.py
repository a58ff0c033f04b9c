"""A check of the whole gradient by differences, by this site's code and by four libraries.

The unit is one call of the mean loss in NumPy, so that a loop over N k entries takes 2 N k units.
Each library checks the gradient of its own loss, as its manual shows, with its own defaults.
"""

import json
import sys

import autograd
import autograd.numpy
import autograd.test_util
import jax
import jax.test_util
import numpy as np
import scipy.optimize
import torch

from snippets.gradient_by_rows import numerical_gradient_by_rows
from snippets.gradient_check import numerical_gradient, relative_error
from snippets.loss_and_gradient import loss_and_gradient
from tests.benchmarks.timing import ratios

SHAPES = [(4, 5), (16, 10), (64, 10)]
SECONDS = 12

torch.set_num_threads(1)
jax.config.update("jax_enable_x64", True)


def losses_in(numpy):
    """Return the losses of the rows, in the NumPy of some library."""

    def losses(logits, labels):
        shifted = logits - numpy.max(logits, axis=1, keepdims=True)
        return numpy.log(numpy.sum(numpy.exp(shifted), axis=1)) - shifted[np.arange(len(labels)), labels]

    return losses


def calls(logits, labels):
    """Return functions without arguments that raise if the gradient is wrong, by name."""
    losses = losses_in(np)

    def mean_loss(logits):
        return losses(logits, labels).mean()

    def compare(numeric):
        assert relative_error(loss_and_gradient(logits, labels)[1], numeric).max() <= 1e-5

    def mean_loss_autograd(logits):
        return autograd.numpy.mean(losses_in(autograd.numpy)(logits, labels))

    mean_loss_jax = jax.jit(lambda logits: losses_in(jax.numpy)(logits, labels).mean())
    tensor, target = torch.tensor(logits, requires_grad=True), torch.tensor(labels)

    def gradcheck(fast_mode):
        return torch.autograd.gradcheck(lambda z: torch.nn.functional.cross_entropy(z, target), tensor, fast_mode=fast_mode)

    def by_scipy():
        def flat_loss(x):
            return mean_loss(x.reshape(logits.shape))

        def flat_gradient(x):
            return loss_and_gradient(x.reshape(logits.shape), labels)[1].ravel()

        # the norm of all forward differences' errors, each of about 1e-8
        assert scipy.optimize.check_grad(flat_loss, flat_gradient, logits.ravel()) <= 1e-6

    return {
        "loss": lambda: mean_loss(logits),
        "loop": lambda: compare(numerical_gradient(mean_loss, logits)),
        "by rows": lambda: compare(numerical_gradient_by_rows(losses, logits, labels)),
        "PyTorch, slow": lambda: gradcheck(fast_mode=False),
        "PyTorch, fast": lambda: gradcheck(fast_mode=True),
        "JAX": lambda: jax.test_util.check_grads(mean_loss_jax, (logits,), order=1, modes=["rev"]),
        "SciPy": by_scipy,
        "autograd": lambda: autograd.test_util.check_grads(mean_loss_autograd, modes=["rev"], order=1)(logits),
    }


def run():
    rng = np.random.default_rng(0)
    results = {}
    for N, k in SHAPES:
        print(f"check, {N} × {k}", file=sys.stderr)
        contestants = calls(rng.normal(size=(N, k)), rng.integers(0, k, size=N))
        results[f"{N} × {k}"] = ratios(contestants, "loss", SECONDS)
    return results


if __name__ == "__main__":
    print(json.dumps(run()))
