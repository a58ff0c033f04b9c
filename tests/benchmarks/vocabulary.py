"""The last layer of a language model and its loss: in chunks, and with all logits at once.

The unit of time is the plain way in NumPy, the unit of memory the array of all logits. Memory is
the peak of the process during a call, minus what it held before: results count, inputs do not.
"""

import gc
import json
import os
import re
import sys
from pathlib import Path

import jax
import numpy as np
import torch

from snippets.chunked import chunked_loss_and_gradients
from snippets.loss_and_gradient import loss_and_gradient
from tests.benchmarks.loss import compare
from tests.benchmarks.timing import ratios

N, D, K = 1024, 128, 32_000
SECONDS = 20
PEAKS = 3  # how often the memory of each is measured

torch.set_num_threads(len(os.sched_getaffinity(0)))


def plain(H, W, labels):
    loss, dZ = loss_and_gradient(H @ W, labels)
    return loss, dZ @ W.T, H.T @ dZ


def pytorch(H, W, labels, compiled):
    def loss(H, W):
        return torch.nn.functional.cross_entropy(H @ W, target)

    variables = [torch.tensor(array, requires_grad=True) for array in (H, W)]
    target = torch.tensor(labels)
    function = torch.compile(loss, dynamic=False) if compiled else loss

    def call():
        value = function(*variables)
        return value.detach(), *torch.autograd.grad(value, variables)

    return call


def with_jax(H, W, labels):
    def loss(H, W):
        Z = H @ W
        return (jax.nn.logsumexp(Z, axis=1) - Z[np.arange(len(labels)), labels]).mean()

    both = jax.jit(jax.value_and_grad(loss, argnums=(0, 1)))
    H, W = jax.numpy.array(H), jax.numpy.array(W)

    def call():
        value, gradients = jax.block_until_ready(both(H, W))
        return value, *gradients

    return call


def calls(H, W, labels):
    """Return functions without arguments that return the loss and its gradients dH, dW, by name."""
    return {
        "plain": lambda: plain(H, W, labels),
        "chunked": lambda: chunked_loss_and_gradients(H, W, labels),
        "PyTorch": pytorch(H, W, labels, compiled=False),
        "torch.compile": pytorch(H, W, labels, compiled=True),
        "jax.jit": with_jax(H, W, labels),
    }


def held():
    """Return the bytes that the process holds now, and the most that it held since the last reset."""
    status = Path("/proc/self/status").read_text()
    return [1024 * int(re.search(rf"^{key}:\s+(\d+) kB", status, re.MULTILINE)[1]) for key in ("VmRSS", "VmHWM")]


def peak(call):
    """Return how many bytes a call needs at the most, in addition to what is held before."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # resets the peak
    before, _ = held()
    result = call()
    _, most = held()
    del result
    return most - before


def run():
    rng = np.random.default_rng(0)
    H, W = (rng.normal(scale=D**-0.25, size=shape).astype(np.float32) for shape in ((N, D), (D, K)))
    labels = rng.integers(0, K, size=N)
    contestants = calls(H, W, labels)
    expected, memory = plain(H, W, labels), {}
    for name, call in contestants.items():
        print(f"vocabulary, {name}", file=sys.stderr)
        compare(name, call(), expected)  # compiles as well
        peaks = np.divide([peak(call) for _ in range(PEAKS)], N * K * H.itemsize)
        memory[name] = dict(zip(("low", "median", "high"), np.quantile(peaks, (0.25, 0.5, 0.75)).round(3)))
    return {"time": ratios(contestants, "plain", SECONDS), "memory": memory}


if __name__ == "__main__":
    print(json.dumps(run()))
