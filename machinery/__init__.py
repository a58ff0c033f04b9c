"""How pages are built and checked.

`hooks.py` is all that MkDocs sees. What it calls is one module for each task: `includes`
(code from `snippets/` in a page), `notebooks` (executed, then pages like any other), `unchanged`
(what an edit under `mkdocs serve` need not make again),
`typeset` (formulas, with MathJax, while the site builds) and `equations` (what the formulas
claim, evaluated).
"""
