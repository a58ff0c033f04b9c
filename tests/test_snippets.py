"""What all snippets have in common: complete docstrings, and a page that shows them."""

import inspect
import re
from importlib import import_module

import pytest

from machinery.includes import with_callees
from machinery.sources import SNIPPETS, files_in, notebooks
from tests.fail_with_message import refuse
from tests.pages import markdown_pages

MODULES = [path.stem for path in files_in(SNIPPETS, "[a-z]*.py")]
FUNCTIONS = [
    function
    for name in MODULES
    if name != "diagnose"  # a program to run, whose functions no page shows
    for _, function in inspect.getmembers(import_module(f"snippets.{name}"), inspect.isfunction)
    if function.__module__ == f"snippets.{name}"
]


def lacking(function):
    """Return what the docstring of a function does not say."""
    docstring = inspect.getdoc(function) or ""
    title = re.compile(r"^(\w+)\n-{3,}$", re.MULTILINE)
    sections = dict(zip(title.findall(docstring), title.split(docstring)[2::2]))
    parameters = sections.get("Parameters", "")
    for name in inspect.signature(function).parameters:
        if not re.search(rf"^[\w, ]*\b{name}\b[\w, ]* : \S", parameters, re.MULTILINE):
            yield f"`{name} : ` and what it may be, in a section Parameters"
    if "shape" not in parameters:
        yield "a shape, as in `array_like of real numbers, shape (N, k)`"
    if "Returns" not in sections:
        yield "a section Returns"
    if "raise " in inspect.getsource(function) and "Raises" not in sections:
        yield "a section Raises: which errors, and when"
    if not re.search(r'page\s+"', docstring):
        yield 'the page that derives it, as in: Derived on the page "Derivation", equation (D9).'


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_docstrings_give_shapes_results_errors_and_source(function):
    if found := [*lacking(function)]:
        refuse(f"snippets/{function.__module__.partition('.')[2]}.py: the docstring of {function.__name__} lacks", *(f"    {each}" for each in found))


def test_what_a_docstring_lacks_is_named():
    def loss(logits, labels):
        """Return the loss.

        Parameters
        ----------
        logits : array_like
        """
        raise ValueError

    said = "|".join(lacking(loss))
    assert all(each in said for each in ("`labels : `", "a shape", "Returns", "Raises", "the page")) and "`logits" not in said


@pytest.mark.parametrize("name", MODULES)
def test_each_section_is_shown_on_a_page(name):
    pages = "\n".join(line for path in [*markdown_pages(), *notebooks()] for _, line in with_callees(path.read_text("utf-8").split("\n")))
    for section in re.findall(r"\[start:(\w+)\]", (SNIPPETS / f"{name}.py").read_text("utf-8")):
        used = f'--8<-- "{name}.py:{section}"' in pages or re.search(rf"from snippets\.{name} import.*\b{section}\b", pages)
        if not used:
            refuse(f"snippets/{name}.py: no page shows the section {section!r}")
