"""The places where the site depends on what libraries do, but do not promise.

When a library changes at such a seam, the build stops with a sentence that names it, or a test
fails and says so below its traceback. `python -m machinery.seams` writes the table into README.md beside this file.
"""

from dataclasses import dataclass
from pathlib import Path

from mkdocs.exceptions import PluginError

README = Path(__file__).parent / "README.md"
BUILD = "the build stops"


@dataclass(frozen=True)
class Seam:
    file: str
    leans_on: str
    otherwise: str  # what would happen if the change went unnoticed
    told_by: str = BUILD  # or the test that fails
    imports: tuple[str, ...] = ()  # of modules that are not public


SEAMS = {
    "search worker": Seam(
        "machinery/theme/main.html",
        "Material: the address of the search worker in each page's configuration contains `javascripts/workers/`",
        "every search on the published site would find nothing",
    ),
    "search index": Seam(
        "machinery/publish/search.py",
        "Material: `search/search_index.json` has the sections of all pages in `docs`",
        "every page would fetch the whole index",
    ),
    "search messages": Seam(
        "machinery/theme/assets/javascripts/search.js",
        "Material: the kinds of messages between a page and its search worker",
        "every search would find nothing",
        "tests/browser/test_weight.py::test_the_search_is_fetched_with_the_first_question",
    ),
    "search dialog": Seam(
        "machinery/theme/main.html",
        'Material: the search box is marked as `role="dialog"`',
        "screen readers would announce a dialog without a name",
    ),
    "scripts": Seam(
        "machinery/theme/main.html",
        "Material: scripts are loaded by `<script ` in the block `scripts`",
        "no text would be drawn before the scripts are there",
    ),
    "palette": Seam(
        "machinery/theme/main.html",
        "Material: `__md_get` and `__md_set` keep the palette",
        "a dark page would be white until the theme's script is there",
        "tests/browser/test_schemes.py::test_a_dark_page_is_dark_before_the_theme_s_script_is_there",
    ),
    "page from a folder": Seam(
        "machinery/theme/main.html",
        "Material: the element `__config`, and the classes of the search box and its button",
        "a page opened without a server would show a search that fails",
        "tests/browser/test_reading.py::test_from_the_folder_there_is_no_search_and_the_page_says_why",
    ),
    "formulas in the contents": Seam(
        "machinery/typeset/__init__.py",
        "Material: the table of contents shows an entry's `typeset` title, if it has one",
        "the contents would show formulas as plain text",
        "tests/test_site.py::test_a_formula_in_a_heading_is_typeset_in_the_contents_and_readable_in_the_search",
    ),
    "formulas in the search": Seam(
        "machinery/hooks.py",
        "MkDocs and Material: the search reads a page in `on_page_context`, before the hooks do",
        "search results would show the mark-up of formulas",
        "tests/test_site.py::test_a_formula_in_a_heading_is_typeset_in_the_contents_and_readable_in_the_search",
    ),
    "scrolling boxes": Seam(
        "docs/javascripts/accessible.js",
        "Material: the classes of the boxes that it puts around tables and copy buttons",
        "wide tables would be out of the keyboard's reach",
        "tests/browser/test_page.py::test_a_page_has_no_faults",
    ),
    "marked section": Seam(
        "docs/stylesheets/site.css",
        "Material: how far below the header a section may begin that its contents mark, and `--md-scroll-margin`",
        "the contents would mark the section above the one that was chosen",
        "tests/browser/test_reading.py::test_the_contents_mark_the_section_that_was_chosen",
    ),
    "copy button": Seam(
        "docs/javascripts/cells.js",
        "Material: a copy button gives the text in `data-copy`",
        "a copied fix would have signs before its lines",
        "tests/browser/test_copy.py::test_the_copy_button_of_a_fix_gives_what_is_to_be_there",
    ),
    "copied checks": Seam(
        "docs/stylesheets/site.css",
        "Material: a copy button sets `data-md-copying` while it reads a block",
        "a copied program would lack the functions that check its input",
        "tests/browser/test_page.py::test_what_copy_buttons_give_runs_alone_and_prints_what_the_page_shows",
    ),
    "search sections": Seam(
        "machinery/serve/search_sections.py",
        "Material: `Parser` cuts a page into sections for the search",
        "`mkdocs serve` would not start, or be slower",
        "tests/test_seams.py::test_material_cuts_pages_with_its_parser",
        ("material.plugins.search",),
    ),
    "server": Seam(
        "machinery/serve/workbench.py",
        "MkDocs: `serve` makes its server by the name `LiveReloadServer`, which takes a `builder` and a `polling_interval`, and builds by the name `build`",
        "`mkdocs serve` would not start, be slower, or end at an error",
        "tests/test_seams.py::test_mkdocs_serves_with_our_server_and_our_build",
        ("mkdocs.commands", "mkdocs.commands.build"),
    ),
    "rendered pages": Seam(
        "machinery/serve/rendered_pages.py",
        "MkDocs: what `Page.render` sets on a page",
        "an edited page would be served with something old on it",
        "tests/test_rendered_pages.py::test_what_rendering_sets_is_known",
    ),
    "anchors of equations": Seam(
        "machinery/typeset/__init__.py",
        "MkDocs: `present_anchor_ids` are the anchors to which links may lead",
        "links to equations would count as dead",
    ),
    "a page alone": Seam(
        "machinery/one_page.py",
        "MkDocs: `get_files`, `get_navigation`, the events of plugins, and what it logs as warnings",
        "`python -m tests` would fail, or not say what the build says",
        "tests/test_one_page.py::test_each_message_about_a_page_comes_once_and_causes_come_first",
        ("mkdocs.config", "mkdocs.structure.nav"),
    ),
    "options of mkdocs.yml": Seam(
        "machinery/sources.py",
        "MkDocs: `load_config`, and that a plugin's `on_config` completes the configuration",
        "the tests would expand includes in another way than the build",
        "tests/test_notation.py::test_every_row_is_read",
        ("mkdocs.config",),
    ),
    "rendering of notebooks": Seam(
        "machinery/content/notebooks.py",
        "mkdocs-jupyter: it replaces `render` of a notebook's page",
        "notebooks would be published with JupyterLab's style sheet, and with links that nobody has checked",
    ),
    "events of mkdocs-jupyter": Seam(
        "machinery/content/notebooks.py",
        "mkdocs-jupyter: it changes a page in no event after `on_page_markdown`",
        "notebooks would be published with JupyterLab's style sheet, and with links that nobody has checked",
        "tests/test_seams.py::test_mkdocs_jupyter_changes_pages_before_they_are_rendered",
    ),
    "failing cell": Seam(
        "machinery/content/notebooks.py",
        "nbclient: a cell that has started has `execution` in its metadata",
        "an error of a notebook would name another cell",
        "tests/test_notebooks.py::test_a_failing_notebook_is_not_kept",
    ),
    "preprocessor of includes": Seam(
        "machinery/includes.py",
        "pymdownx.snippets: the preprocessor `snippet` has the methods `extract_section`, `run` and `parse_snippets`",
        "pages would show docstrings in full",
    ),
    "included sections": Seam(
        "machinery/includes.py",
        "pymdownx.snippets: it takes each section out of a file by `extract_section`",
        "pages would show docstrings in full",
        "tests/test_seams.py::test_included_docstrings_are_cut_to_their_first_line",
    ),
    "marked formulas": Seam(
        "machinery/equations/formulas.py",
        "pymdownx.arithmatex: the elements in which it puts formulas",
        "no page could be published, for its formulas would look like TeX outside of formulas",
        "tests/test_equations.py::test_everything_is_read_and_evaluated",
    ),
    "kinds of code": Seam(
        "machinery/content/minutes.py",
        "pymdownx.highlight: the classes of a code block name its language",
        "the table of pages would count other blocks than those that run",
        "tests/test_tables.py::test_the_table_of_pages_counts_what_the_tests_run",
    ),
    "heads of functions": Seam(
        "machinery/content/folded_checks.py",
        "Pygments: the classes in the line that begins a function",
        "the checks of the input would not be folded",
        "tests/test_folded_checks.py::test_the_fold_has_all_checks_and_only_these",
    ),
    "redirects": Seam(
        "machinery/publish/old_addresses.py",
        "mkdocs-redirects: the script of a page that leads on",
        "old addresses with an anchor would lead to the top of the new page",
    ),
    "classes of code": Seam(
        "machinery/publish/smaller_pages.py",
        "Pygments: the classes of names, operators, punctuation and space are `n`, `o`, `p`, `w`",
        "pages with code would be larger",
        "tests/test_publish.py::test_code_that_loses_its_elements_looks_as_before",
    ),
    "symbols": Seam(
        "machinery/typeset/symbols.py",
        "Python-Markdown: the HTML of a table, and of its cells with a class",
        "formulas would lose their colours, and pages their legends",
        "tests/test_notation.py::test_every_row_is_read",
    ),
    "traced values": Seam(
        "machinery/equations/",
        "autograd: `getval` gives the plain number inside of one that a derivative is taken by",
        "a condition inside of a derivative could not be read",
        "tests/test_equations.py::test_everything_is_read_and_evaluated",
        ("autograd.tracer",),
    ),
    "blocks of pages": Seam(
        "tests/plugins/codeblocks.py",
        "pytest-codeblocks: a `TestBlock` runs the `code` of its `obj`, which has `lineno` and `expected_output`",
        "blocks would run without the code that they include",
        "tests/test_seams.py::test_pytest_codeblocks_runs_what_a_block_holds",
        ("pytest_codeblocks.main", "pytest_codeblocks.plugin"),
    ),
    "faces of MathJax": Seam(
        "machinery/typeset/fonts.py",
        "MathJax: the style sheet names a face for each class of glyphs, such as MJX-TEX-N for TEX-N",
        "glyphs would be drawn in another font",
    ),
    "tree of MathJax": Seam(
        "machinery/typeset/mathjax.mjs",
        "MathJax: its modules, the kinds of nodes in its MathML, and the attributes for its own menu",
        "formulas would have no plain text for titles and search, or carry what nobody reads",
        "tests/test_typeset.py::test_html_has_glyphs_mathml_and_the_tex",
    ),
}


def broken(name, found):
    """Return the error that stops a build at a seam.

    Parameters
    ----------
    name : str
        One of `SEAMS`.
    found : str
        What has changed.
    """
    return PluginError(f"the seam {name!r} is broken: {found}\n{described(name)}")


def described(name):
    """Return which file depends on what at a seam, and what would happen without the check."""
    seam = SEAMS[name]
    return f"{seam.file} leans on {seam.leans_on}.\nOtherwise {seam.otherwise}. All seams are listed in machinery/README.md."


def replaced(text, name, old, new):
    """Return text with `old` replaced: a filter for templates, which stops the build if there is nothing to replace."""
    if old not in text:
        raise broken(name, f"Material's template does not contain {old!r} here")
    return text.replace(old, new)


def table():
    """Return all seams as a table in Markdown."""
    rows = [[name, f"`{s.file}`", s.leans_on, s.otherwise, s.told_by.replace("::", " ")] for name, s in SEAMS.items()]
    return "\n".join("| " + " | ".join(row) + " |" for row in [["Seam", "File", "Leans on", "Otherwise", "Told by"], ["---"] * 5, *rows]) + "\n"


def with_table(text):
    """Return the text of README.md with the table at its end replaced by the current one."""
    return text[: text.index("| Seam |")] + table()


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")
