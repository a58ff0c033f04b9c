"""The sample of a long series of cases leaves out no value of any parameter."""

from itertools import product
from types import SimpleNamespace

import pytest

from tests.plugins.sampled import superfluous


@pytest.mark.parametrize(
    "rows, size",
    [
        (list(product(range(16), range(13))), 16), (list(product("ab", range(5))), 5), (list(product(range(3), range(7), range(2))), 7),
        ([(form, name) for form, name in product(range(6), range(6)) if form < 3 or name > 2], 6),  # with a corner that is empty
    ],
    ids=["a table", "two rows", "three parameters", "a table with holes"],
)
def test_a_small_sample_contains_each_value_of_each_parameter(rows, size):
    cases = [SimpleNamespace(callspec=SimpleNamespace(params=dict(enumerate(row)))) for row in rows]
    left_out = list(superfluous(cases))
    kept = [row for row, case in zip(rows, cases) if case not in left_out]
    assert [set(column) for column in zip(*kept)] == [set(column) for column in zip(*rows)]
    assert size <= len(kept) <= size + 2, "it is no small sample"


@pytest.mark.whole
def test_a_case_for_the_whole_run_is_left_out(request):
    assert request.config.option.whole or "[" in "".join(request.config.args)
