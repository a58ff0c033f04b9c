"""Each variant of the loss agrees with the recorded loss and gradient of PyTorch and of JAX."""

import copy

import numpy as np
import pytest

from machinery.content.compared_frameworks import RECORDED, differences

EPS = np.finfo(float).eps
EACH = [(name, framework) for framework, recorded in RECORDED.items() for name in recorded]


def test_both_frameworks_have_recorded_the_same_variants():
    assert RECORDED["PyTorch"].keys() == RECORDED["JAX"].keys()


@pytest.mark.parametrize("name, framework", EACH)
def test_our_values_agree_with_the_recorded_ones(name, framework):
    loss, gradient = differences(name, framework)
    # At most 12 losses below 10, and entries below 7, each of a few roundings, in another order.
    assert loss <= 16 * EPS and gradient <= 16 * EPS


@pytest.mark.parametrize("name, framework", EACH)
def test_a_wrong_entry_would_be_noticed(name, framework, monkeypatch):
    case = copy.deepcopy(RECORDED[framework][name])
    case["gradients"][-1] = np.array(case["gradients"][-1])
    case["gradients"][-1].flat[-1] += 1e-12
    monkeypatch.setitem(RECORDED[framework], name, case)
    assert differences(name, framework)[1] > 16 * EPS
