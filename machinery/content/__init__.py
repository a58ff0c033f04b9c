"""The parts of pages that the build makes.

Each module makes one thing. Where it goes into a page, the author writes a comment such as
`<!-- the explorer -->`, and hooks.py calls the module in the event that suits it: Markdown is
inserted in `on_page_markdown`, HTML in `on_page_content`, and what needs all pages in `on_env`.
A module that imports from `snippets` is listed in `serve/snippets.py`, which imports it again.
"""
