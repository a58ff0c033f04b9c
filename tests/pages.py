"""The pages as tests look at them: which there are, and whether docstrings name them rightly."""

import functools

from mkdocs.config import load_config

from machinery.content.functions_of_equations import REFERENCE
from machinery.equations.formulas import numbers_in
from machinery.sources import DOCS, ROOT, files_in, texts


def markdown_pages():
    return [*files_in(DOCS, "**/*.md"), ROOT / "README.md"]


@functools.cache
def navigation():
    """Return the title of each page in `nav`, by its path in `docs/`, in order."""
    return {path: title for title, path in entries(load_config(str(ROOT / "mkdocs.yml")).nav)}


def entries(nav):
    for entry in nav:
        for title, below in entry.items():
            yield from entries(below) if isinstance(below, list) else [(title, below)]


def wrong_references(text):
    """Return what is wrong with the pages and equations that the docstrings in a text name."""
    numbers = {title: numbers_in(texts()[path]) for path, title in navigation().items()}
    wrong = []
    for page, first, _, last in REFERENCE.findall(text):
        if page not in numbers:
            wrong.append(f'no page is called "{page}". Titles are those of nav in mkdocs.yml, where a page that a course drops keeps its line')
            continue
        for number in {first, last} - {"", *numbers[page]}:
            other = next((title for title, known in numbers.items() if number in known), None)
            there = f', but it is on the page "{other}"' if other else f", only {', '.join(numbers[page]) or 'none at all'}"
            wrong.append(f'the page "{page}" has no equation ({number}){there}')
    return [*dict.fromkeys(wrong)]
