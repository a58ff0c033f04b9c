"""How pages are built and checked.

`hooks.py` is all that MkDocs sees. What it calls is one module for each task: `includes`
(code from `snippets/` in a page), `notebooks` (executed, then pages like any other; `reached`
notes the files that their code opens), `unchanged` (what an edit under `mkdocs serve` need not
make again), `typeset` (formulas, with MathJax, while the site builds), `equations` (what the
formulas claim, evaluated) and `claims` (which stops a build with a wrong one), `tables` (about
the site itself), `variants` (losses beside PyTorch's), `explorer` (the numbers of the home page),
`paste` (what each mistake gives, to compare with) and `slim` (readers are sent what they need). `pages` reads what authors wrote; `codeblocks` and `answers` run it.
"""
