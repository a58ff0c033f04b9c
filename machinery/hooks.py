"""How a page becomes a page: the events of MkDocs that this site answers, in the order in which they happen.

Before the first page
    Pages that a course drops leave the navigation. Notebooks become pages, and downloads and old
    addresses join the files of the site. A wrong include or a fence that is indented by mistake stops the build at once. Notebooks start to
    run, two side by side, because they take longest; the pages before them are rendered meanwhile.
For each page
    A notebook arrives as the Markdown that its run gave. MkDocs renders every page from Markdown:
    code comes from `snippets/`, links to dropped pages become text, and formulas are marked, but
    still TeX.
When all pages are rendered, and none is written
    The formulas of each page are listed, and those that claim something are evaluated. MathJax
    typesets the formulas of these lists and the numbers below the displays, all at once, so that
    its fonts contain the glyphs of them all. The tables come next: they tell how many equations
    were evaluated, and how much there is to read, which is counted while formulas are TeX. Only
    then does a wrong equation stop the build; if a formula can't be typeset, that is told first, and wrong
    equations with it.
For each page, again
    Material cuts the page into sections for its search, with formulas as plain text. After that the
    page gets its typeset formulas, and MkDocs writes it with the templates of `theme/`.
At the end
    `publish` treats the finished site.

`mkdocs serve` does the same for each edit, with the caches of `serve` in some places, and with the last good state of a
page that is broken.
"""

import logging
import sys
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # `mkdocs` starts without the project's folder on its path

from machinery.sources import is_hidden, refuse_broken_snippets  # noqa: E402

refuse_broken_snippets()  # which the modules below import

from machinery import fences, includes, seams, typeset, warnings_of_mkdocs  # noqa: E402
from machinery.content import (  # noqa: E402
    check_equations,
    downloads,
    dropped,
    explorer,
    folded_checks,
    front_matter,
    minutes,
    names,
    notebooks,
    old_addresses,
    paste,
    pictures,
    tables,
)
from machinery.page_data import PageData  # noqa: E402
from machinery.publish import publish  # noqa: E402

serve = None  # the package, while `mkdocs serve` runs
notebook_runs = {}


def on_startup(command, dirty):
    global serve
    # Strict mode counts the warnings that are logged, and `-q` would log none: a dead link would be published.
    logging.getLogger("mkdocs").setLevel(min(logging.WARNING, logging.getLogger("mkdocs").level))
    warnings_of_mkdocs.name_lines()
    if command == "serve":
        from machinery import serve

        serve.start()


def on_config(config):
    if serve:
        serve.snippets.reload()
    config.nav = config.nav and dropped.remaining(config.nav, config)  # without any, MkDocs makes one of all pages
    config.markdown_extensions += [includes.Includes(), check_equations.KeepDelimiters()]


def on_files(files, config):
    warnings_of_mkdocs.files = files
    refuse_without_scripts(files)
    dropped.refuse_wrong(files, config)
    names.refuse_wrong([file for file in as_written(files) if not dropped.is_dropped(file.src_uri, config)])
    old_addresses.add(files, config)
    # The program that the page "Is mine right?" offers as a download
    files.append(File.generated(config, "diagnose.py", abs_src_path=str(ROOT / "snippets/diagnose.py")))
    if serve:
        serve.last_good_pages.put(files)
    downloads.add(files, config, as_written(files))


def refuse_without_scripts(files):
    if missing := [name for name in (notebooks.SCRIPT, paste.SCRIPT, *explorer.SCRIPTS) if not files.get_file_from_path(name)]:
        raise PluginError("\n".join(f"docs/{name}: pages load this script, and it is not there" for name in missing))


def as_written(files):
    """Return the pages that authors wrote; mkdocs-jupyter does not leave out hidden ones, such as Jupyter's checkpoints."""
    return [file for file in files.documentation_pages() if not stood_in(file) and not is_hidden(file.src_uri)]


def stood_in(file):
    """Tell whether `mkdocs serve` builds the last good state of a page in place of what its author wrote."""
    return serve and file.src_uri in serve.last_good_pages.used


def on_nav(nav, config, files):
    paths = [Path(file.abs_src_path) for file in as_written(files)]
    includes.refuse_wrong(paths)
    fences.refuse_wrong(paths)
    dropped.tell(as_written(files), config)
    start = serve.kept_runs.start if serve else notebooks.start
    notebook_runs.update(start([path for path in paths if path.suffix == ".ipynb"]))


def on_pre_page(page, config, files):
    if serve:
        serve.problems.begin(page)


def on_page_read_source(page, config):
    if stood_in(page.file):
        return serve.last_good_pages.PLACEHOLDER.format(page.file.src_uri)
    if notebooks.is_notebook(page):
        run = notebook_runs[Path(page.file.abs_src_path)]
        return run.result() if serve else notebooks.result(run, notebook_runs.values())


def on_page_markdown(markdown, page, config, files):
    if notebooks.is_notebook(page):
        notebooks.render_as_markdown(page)
        markdown = notebooks.with_script(markdown, files.get_file_from_path(notebooks.SCRIPT).url_relative_to(page.file))
    if stood_in(page.file):
        return serve.last_good_pages.render(page)
    if serve:
        serve.kept_pages.render_once(page)
    front_matter.refuse_unreadable(page)
    markdown = dropped.unlink(markdown, page.file.src_uri, config)
    markdown = pictures.ask(downloads.link_to_colab(markdown, config), page)
    return paste.insert(markdown, files.get_file_from_path(paste.SCRIPT).url_relative_to(page.file))


def on_page_content(html, page, config, files):
    if stood_in(page.file):
        return None
    html = pictures.insert(html, page)
    html = explorer.insert(html, [files.get_file_from_path(script).url_relative_to(page.file) for script in explorer.SCRIPTS])
    html = folded_checks.fold(html)
    warnings_of_mkdocs.warn_of_local_links(html, page.file.src_uri)
    # A link that leaves the site says so, because on paper its address is printed after it.
    return html.replace('<a href="http', '<a rel="external" href="http')


def on_env(env, config, files):
    env.bytecode_cache = FileSystemBytecodeCache()  # compiling the templates takes a second
    env.filters["replaced"] = seams.replaced
    env.globals["published"] = {file.src_uri for file in files.documentation_pages()}
    pages = [file.page for file in files.documentation_pages()]
    if serve:
        serve.problems.begin()
        serve.last_good_pages.keep_if_it_builds(pages)
    reports = check_equations.evaluate(pages)
    for page in pages:
        page.added = PageData(reports[page.file.src_uri], minutes.count(page.content))
    try:
        typeset.typeset_pages(files, config)
    except PluginError as error:  # and all else that is known
        raise PluginError("\n".join([str(error), *check_equations.messages(reports)])) from None
    tables.insert(pages)
    check_equations.refuse(reports)
    if serve:
        serve.blocks.run_edited(pages)


def on_page_context(context, page, config, nav):
    if serve:
        serve.problems.begin(page)
        serve.last_good_pages.allow_links(page)
    page.content = page.added.content


def on_post_build(config):
    if serve:
        serve.problems.begin()
    publish(config.site_dir, serving=bool(serve))


def on_build_error(error):
    if serve:
        serve.workbench.cause = error
    else:
        for run in notebook_runs.values():
            run.cancel()


def on_serve(server, config, builder):
    if serve:
        serve.kept_runs.ended().touch()
        server.watch(str(serve.kept_runs.ended()))
