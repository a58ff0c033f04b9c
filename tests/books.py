"""Notebooks for tests, made of the sources of their cells."""

import nbformat
from nbformat import v4

NEW = {"markdown": v4.new_markdown_cell, "code": v4.new_code_cell}


def notebook_of(*cells, **metadata):
    """Return the text of a notebook, whose cells are given as pairs of kind and source."""
    return nbformat.writes(v4.new_notebook(cells=[NEW[kind](source) for kind, source in cells], metadata=metadata))
