"""One page, checked as the build checks it, in seconds: the other pages and notebooks are read only where it leads there.

`python -m tests docs/page.md` begins with this, and goes on with the tests of that page.
"""

import contextlib
import logging
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

from machinery import fences, includes, typeset
from machinery.content import check_equations, minutes, notebooks, self_contained_notebooks
from machinery.equations import NOTATION, formulas_of
from machinery.equations.formulas import numbers_in
from machinery.page_data import PageData
from machinery.sources import DOCS, ROOT, lines, texts
from machinery.typeset import mathjax, page_formulas, refused_formulas, symbols
from machinery.warnings_of_mkdocs import recorded


def check(path):
    """Return what the build says about the page at a path, as messages, and the page, or None if it can't be rendered."""
    try:
        if wrong := [*includes.find_wrong(lines(path)), *fences.find_wrong(path)]:
            return wrong, None
        site = Site(path)
        page = site.populated(site.name)
    except PluginError as error:
        return [str(error)], None
    if site.name not in [other.file.src_uri for other in site.nav.pages] and site.config.not_in_nav.match_file(site.name) is False:
        site.warnings.append(f"{site.name} is not in `nav` in mkdocs.yml. Add: - {page.title}: {site.name}")
    if long := minutes.too_long(page.added.counts["minutes"], page.meta.get("by_pieces")):
        site.warnings.append(f"docs/{site.name}: {long}")
    return [*site.warnings, *site.wrong_formulas(page), *page.added.report.messages, *site.dead_anchors(page)], page


class Site:
    """What a page needs of the others: their addresses, and those pages that it leads to."""

    def __init__(self, path):
        self.name, self.warnings = path.relative_to(DOCS).as_posix(), []
        self.config = load_config(str(ROOT / "mkdocs.yml"))
        self.config.plugins.on_startup(command="build", dirty=False)
        self.config = self.config.plugins.on_config(self.config)
        files = get_files(self.config)
        files.add_files_from_theme(self.config.theme.get_env(), self.config)
        self.files = self.config.plugins.on_files(files, config=self.config)
        set_exclusions(self.files, self.config)
        with recorded(silently=True):  # about other pages
            self.nav = get_navigation(self.files, self.config)

    def populated(self, name):
        """Return a page with its content, as MkDocs and the hooks make it; of notebooks, only this page runs."""
        page = self.files.get_file_from_path(name).page
        path = Path(page.file.abs_src_path)
        if page.content is None:
            if path.suffix == ".ipynb":
                self.config.hooks["machinery/hooks.py"].notebook_runs[path] = self.run(path)
            with recorded(silently=True) as said:
                page = self.config.plugins.on_pre_page(page, config=self.config, files=self.files)
                page.read_source(self.config)
                page.markdown = self.config.plugins.on_page_markdown(page.markdown, page=page, config=self.config, files=self.files)
                page.render(self.config, self.files)
                if name == self.name:  # of others, only formulas and anchors are of interest
                    self.add_parts(page)
            if name == self.name:
                self.warnings += [record.getMessage() for record in said]
                notation = [] if name == NOTATION else [self.populated(NOTATION)]
                page.added = PageData(check_equations.evaluate([*notation, page])[name], minutes.count(page.content))
        return page

    def add_parts(self, page):
        """Add what the build adds to the HTML of a page. A picture that fails leaves the rest of the page to be checked."""
        try:
            page.content = self.config.plugins.on_page_content(page.content, page=page, config=self.config, files=self.files)
        except PluginError as error:
            self.warnings.append(str(error))

    def run(self, path):
        if path.relative_to(DOCS).as_posix() == self.name:
            return notebooks.start([path])[path]
        return notebooks.finished(notebooks.to_markdown(self_contained_notebooks.read(path)))

    def wrong_formulas(self, page):
        formulas = page.added.formulas
        numbers = {formula.number for formula in formulas} - {""}
        others = [
            formula for name, text in texts().items() if name != self.name and numbers & {*numbers_in(text)}
            for formula in formulas_of(check_equations.source(f"docs/{name}", text)) if formula.number in numbers
        ]
        roles = symbols.roles(symbols.read(self.populated(NOTATION).content))
        try:
            keys = page_formulas.keys([page])
        except PluginError as error:  # the numbers below an equation can't be moved
            return [str(error)]
        answer = mathjax.ask(keys, roles) if keys else {"formulas": []}
        results = dict(zip(keys, answer["formulas"]))
        return refused_formulas.find_errors([page], results, others)

    def dead_anchors(self, page):
        for file in page.links_to_anchors or {}:
            with contextlib.suppress(PluginError):  # that page's own author is told
                other = self.populated(file.src_uri)
                source = check_equations.source(f"docs/{file.src_uri}", file.content_string, other.content)
                other.present_anchor_ids |= typeset.anchors(formulas_of(source))
        with recorded(silently=True) as said:
            page.validate_anchor_links(files=self.files, log_level=logging.WARNING)
        return [record.getMessage() for record in said]
