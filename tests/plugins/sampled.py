"""Run only a sample of long series of cases; `pytest --whole` runs all cases, as a job does every week."""

from collections import defaultdict

from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thousands", settings.get_profile("untimed"), max_examples=5000)


def pytest_addoption(parser):
    parser.addoption("--whole", action="store_true", help="run all cases of the tests marked `sampled`, and 5000 random examples each")


def pytest_configure(config):
    config.addinivalue_line("markers", "sampled: run just enough combinations of the parameters for each value of each parameter to occur; "
                            "sampled(n, first): run every n-th case, beginning with the case of this number")
    config.addinivalue_line("markers", "whole: run this case with --whole alone")
    settings.load_profile("thousands" if config.option.whole else "untimed")


def pytest_collection_modifyitems(config, items):
    """Deselect the cases marked `whole`, those that add no new value of a parameter, and with sampled(n, first) all but every n-th."""
    if config.option.whole or "[" in "".join(config.args):  # or a case is asked for by its name
        return
    marked, left_out = defaultdict(list), {item for item in items if item.get_closest_marker("whole")}
    for item in items:
        if mark := item.get_closest_marker("sampled"):
            marked[item.function, mark.args].append(item)
    for (_, each), cases in marked.items():
        left_out |= set(others(cases, *each) if each else superfluous(cases))
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def others(cases, n, first):
    return (case for number, case in enumerate(cases) if number % n != first)


def superfluous(cases):
    """Yield the cases that are not needed for each value to occur, if cases are taken along the diagonals of their table."""
    rows = [tuple(map(repr, case.callspec.params.values())) for case in cases]
    columns = [list(dict.fromkeys(column)) for column in zip(*rows)]  # the values of each parameter
    period = sorted(map(len, columns))[-2]
    seen = set()
    for row, case in sorted(zip(rows, cases), key=lambda pair: sum(map(list.index, columns, pair[0])) % period):
        if seen.issuperset(enumerate(row)):
            yield case
        seen.update(enumerate(row))
