"""The record of the benchmarks is complete, and what the pages say about it in words is true."""

import json
import re

import pytest

from machinery.sources import DOCS, ROOT, read_notebook
from tests.benchmarks.authoring import site_with
from tests.benchmarks.timing import ratios

RECORD = json.loads((DOCS / "data" / "benchmark.json").read_text("utf-8"))
TEXT = "\n".join(c.source for c in read_notebook(DOCS / "cost.ipynb").cells if c.cell_type == "markdown")
TEXT += (DOCS / "variants/language-models.md").read_text("utf-8")
PEERS = {"to copy", "scikit-learn", "SciPy", "torch.compile", "jax.jit", "PyTorch"}


def medians(name, cores="1"):
    return {
        shape: {function: ratio["median"] for function, ratio in of_shape.items()}
        for shape, of_shape in RECORD[name]["cores used"][cores].items()
    }


def test_the_record_holds_ratios_of_all_shapes_with_machine_versions_and_date():
    assert set(medians("loss")) == {
        "1 × 3 float64", "64 × 10 float64", "256 × 1000 float64", "8192 × 1000 float64", "1024 × 50257 float32",
    }
    assert len(RECORD["loss"]["cores used"]) == 2
    assert set(medians("check")) == {"4 × 5", "16 × 10", "64 × 10"}
    assert set(medians("vocabulary")) == {"time", "memory"}
    for part in RECORD.values():
        assert part["machine"]["processor"] and part["machine"]["cores"] >= 1
        assert {"Python", "numpy"} <= part["versions"].keys()
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", part["date"])
        for of_cores in part["cores used"].values():
            for of_shape in of_cores.values():
                for ratio in of_shape.values():
                    assert 0 < ratio["low"] <= ratio["median"] <= ratio["high"]


def true_of_the_loss(medians):
    """Return what the page says about these ratios, and whether each sentence is true."""
    *small, large, largest = medians.values()
    return {
        "takes many times as long as a copy of the logits": min(large["to copy"], largest["to copy"]) > 5,
        "For arrays of megabytes this pays off": all(each["in place"] < each["to copy"] for each in (small[-1], large, largest)),
        "takes\nless than five times as long as the copy for the largest arrays, on one core": max(large["in place"], largest["in place"]) < 5,
        "and is ahead of everything compared here": all(
            each["in place"] < each[peer] for each in (large, largest) for peer in PEERS
        ),
        "For small arrays,\nnone of this matters": small[0]["in place"] > 10 and small[1]["in place"] > 10,
        "Compiled code is one call": all(each["scikit-learn"] < each["in place"] for each in small[:2]),
    }


def true_of_all_cores(medians):
    *_, large, _ = medians.values()
    return {"some of them overtake NumPy": min(large[peer] for peer in PEERS - {"to copy", "SciPy"}) < large["in place"]}


def true_of_the_check(medians):
    return {"all of them fit into two calls": all(each["by rows"] < each["loop"] for each in medians.values())}


def true_of_the_vocabulary(medians):
    time, memory = medians.values()
    said = {"chunked": 0.5, "plain": 5, "PyTorch": 3, "torch.compile": 1}
    return {
        "Only the chunks need less memory than one array of the logits": [name for name in memory if memory[name] < 0.99] == ["chunked"],
        "here new large arrays take more time than the fourth product": time["chunked"] < time["plain"],
        "the chunks needed half an array of the logits' size, the plain way in NumPy five, PyTorch three, and compiled by `torch.compile` one": all(
            memory[name] == pytest.approx(arrays, rel=0.1) for name, arrays in said.items()
        ),
    }


def test_what_the_page_says_in_words_is_true_of_the_record():
    most = max(RECORD["loss"]["cores used"], key=int)
    said = true_of_the_loss(medians("loss")) | true_of_all_cores(medians("loss", most))
    said |= true_of_the_check(medians("check")) | true_of_the_vocabulary(medians("vocabulary"))
    for words, holds in said.items():
        assert words in TEXT, f"the page no longer says {words!r}: change this test with it"
        assert holds, f"the page says {words!r}, and the record says otherwise: change the page"


def test_another_record_would_be_noticed():
    for shape in list(medians("loss"))[-2:]:
        slower = medians("loss")
        slower[shape]["in place"] = 5.5
        assert not all(true_of_the_loss(slower).values())
        overtaken = medians("loss")
        overtaken[shape]["SciPy"] = 1
        assert not all(true_of_the_loss(overtaken).values())
    one_core = medians("loss")
    assert not all(true_of_all_cores(one_core).values())
    for part, slow in {"time": 1.1, "memory": 1.1}.items():
        other = medians("vocabulary")
        other[part]["chunked"] = slow
        assert not all(true_of_the_vocabulary(other).values())


def test_the_versions_are_those_that_the_benchmarks_pin():
    pinned = dict(re.findall(r'^  "(\w+)==([\d.]+)",', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE))
    for name in ("torch", "jax"):
        assert RECORD["loss"]["versions"][name].split("+")[0] == pinned[name]


def test_ratios_compare_a_function_with_the_unit_in_the_same_round(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("time.perf_counter", lambda: clock[0])
    monkeypatch.setattr("gc.collect", int)  # after other tests, collecting garbage takes seconds
    drift = [1.0]  # the machine gets slower with each call

    def taking(seconds):
        def call():
            drift[0] *= 1.0001
            clock[0] += seconds * drift[0]

        return call

    found = ratios({"unit": taking(0.01), "twice": taking(0.02)}, "unit", seconds=0)
    assert found["unit"] == {"low": 1, "median": 1, "high": 1}
    # The calls that are compared are close to each other: two calls apart, four at most.
    assert found["twice"]["median"] == pytest.approx(2, rel=5e-4)


def test_the_site_of_the_authoring_benchmark_runs_so_many_notebooks(tmp_path):
    copy = site_with(tmp_path / "copy", 3)
    books = [read_notebook(path) for path in (copy.root / "docs").rglob("*.ipynb")]
    assert sum(any(cell.cell_type == "code" for cell in book.cells) for book in books) == 3
    assert (copy.root / "mkdocs.yml").read_text("utf-8").count("  - book") == 3
