"""What all snippets have in common: docstrings that say all, and a page that shows them."""

import inspect
import re
from importlib import import_module

import pytest

from machinery.includes import with_callees
from machinery.sources import SNIPPETS, markdown_pages, notebooks

MODULES = sorted(path.stem for path in SNIPPETS.glob("*.py") if path.stem != "__init__")
FUNCTIONS = [
    function
    for name in MODULES
    if name != "diagnose"  # a program to run, whose functions no page shows
    for _, function in inspect.getmembers(import_module(f"snippets.{name}"), inspect.isfunction)
    if function.__module__ == f"snippets.{name}"
]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_docstrings_give_shapes_results_errors_and_source(function):
    source, text = inspect.getsource(function), inspect.getdoc(function)
    parameters = text[text.index("Parameters\n---") : text.index("Returns\n---")]
    for name in inspect.signature(function).parameters:
        assert re.search(rf"^[\w, ]*\b{name}\b[\w, ]* : \S", parameters, re.MULTILINE), f"{name} is not described"
    assert "shape" in parameters
    assert ("raise " in source) <= ("Raises\n------" in text), "say which errors are raised, and when"
    assert re.search(r'page\s+"', text), "name the page that derives or explains it"


@pytest.mark.parametrize("name", MODULES)
def test_each_section_is_shown_on_a_page(name):
    pages = "\n".join(line for path in [*markdown_pages(), *notebooks()] for _, line in with_callees(path.read_text("utf-8").split("\n")))
    for section in re.findall(r"\[start:(\w+)\]", (SNIPPETS / f"{name}.py").read_text("utf-8")):
        used = f'--8<-- "{name}.py:{section}"' in pages or re.search(rf"from snippets\.{name} import.*\b{section}\b", pages)
        assert used, f"snippets/{name}.py: no page shows the section {section!r}"
