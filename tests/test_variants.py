"""Each variant of the loss agrees with PyTorch's recorded loss and gradient."""

import numpy as np
import pytest

from machinery.content.variants import VARIANTS, differences

EPS = np.finfo(float).eps


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_agree_with_pytorch(name):
    loss, gradient = differences(name)
    # At most 6 losses below 10 and entries below 1, each of a few roundings, in another order.
    assert loss <= 16 * EPS and gradient <= 16 * EPS


@pytest.mark.parametrize("name", VARIANTS)
def test_a_wrong_entry_would_be_noticed(name, monkeypatch):
    gradient = np.array(VARIANTS[name]["gradient"])
    gradient.flat[-1] += 1e-12
    monkeypatch.setitem(VARIANTS, name, VARIANTS[name] | {"gradient": gradient.tolist()})
    assert differences(name)[1] > 16 * EPS
