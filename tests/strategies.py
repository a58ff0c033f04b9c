"""Logits and labels for Hypothesis: sizes from 1, magnitudes up to 10⁴, ties included; and the layouts that an array may have in memory."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

LAYOUTS = {
    "rows": lambda a: a,
    "columns": np.asfortranarray,
    "every other entry": lambda a: np.repeat(a, 2, axis=1)[:, ::2],
    "backwards": lambda a: a[::-1].copy()[::-1],
}


def values(largest):
    # Whole numbers make ties likely, floats make everything else likely.
    return st.one_of(st.floats(-largest, largest), st.integers(-3, 3).map(float))


def vectors(largest=1e4):
    return hnp.arrays(float, st.integers(1, 8), elements=values(largest))


def vectors_and_label(largest=1e4):
    return vectors(largest).flatmap(lambda z: st.tuples(st.just(z), st.integers(0, z.size - 1)))


@st.composite
def batches(draw, largest=1e4):
    N, k = draw(st.integers(1, 6)), draw(st.integers(1, 8))
    logits = draw(hnp.arrays(float, (N, k), elements=values(largest)))
    return logits, draw(hnp.arrays(int, N, elements=st.integers(0, k - 1)))
