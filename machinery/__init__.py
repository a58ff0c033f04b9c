"""How pages are built and checked.

`hooks.py` tells what happens to a page and in which order. What it calls is one module for each
task, in these folders: `content` (what is made for pages), `typeset` (formulas, with MathJax, while
the site builds), `equations` (what the formulas claim, evaluated), `publish` (what happens to the
finished site), `serve` (what makes `mkdocs serve` quick) and `theme` (what differs from Material's
templates). `page_data` is what is added to a page. `sources` reads what authors wrote, and
`includes` brings code from `snippets/` into it.
"""
