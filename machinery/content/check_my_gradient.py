"""The notebook "Check my gradient", which diagnoses a program for somebody who has only a browser."""

import nbformat

from machinery.content.self_contained_notebooks import Piece, file_cell
from machinery.sources import SNIPPETS

NAME = "check-my-gradient.ipynb"

TEXT = """\
# Check my gradient

Run the first cell. Put your function into the second and run it. The third says whether your loss and your gradient
are right, and if not, what is wrong with them.

All that this notebook needs is NumPy. What else your function may look like is on the page [Is mine right?](is-mine-right.md)
"""

EXAMPLE = """\
import numpy as np


# An example with a mistake in it: put your own function in its place.
# It gets logits (N, k) and N labels that count from 0. It returns the mean
# loss and the gradient of that loss with respect to the logits, (N, k).
def loss_and_gradient(logits, labels):
    rows = np.arange(len(labels))
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return -log_p[rows, labels].mean(), gradient
"""

ANSWER = """\
from diagnose import diagnose

# How your function is called is found out, and it may be a class. To force a form, add
# signature="N,k", "k,N", "k" (one example) or "W,X,y,reg"; sum=True; gradient_only=True
print(diagnose(loss_and_gradient))
"""


def notebook():
    """Return the notebook: a text and three cells of code. The first cell writes `diagnose.py`, so the notebook needs no download."""
    program = Piece("diagnose.py", (SNIPPETS / "diagnose.py").read_text("utf-8"), is_file=True)
    cells = [
        nbformat.v4.new_markdown_cell(TEXT),
        file_cell(program, "Run this first: it brings diagnose.py"),
        nbformat.v4.new_code_cell(EXAMPLE.rstrip()),
        nbformat.v4.new_code_cell(ANSWER.rstrip()),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
