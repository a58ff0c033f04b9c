"""The events of MkDocs that this site answers, each in a line or two."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # `mkdocs` starts without the project's folder on its path

from machinery import equations, explorer, includes, notebooks, paste, slim, tables, typeset  # noqa: E402

# The kernels of the notebooks start beside them, and find the plots' style and `snippets` by these.
os.environ["MATPLOTLIBRC"] = str(ROOT / "machinery" / "matplotlibrc")
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))


serving = False
notebook_runs = {}


def on_startup(command, dirty):
    global serving
    serving = command == "serve"


def on_config(config):
    config.markdown_extensions.append(includes.ShortDocstrings())


def on_nav(nav, config, files):
    # Two notebooks at a time, each in a kernel of its own, while the other pages are rendered.
    with_two = ThreadPoolExecutor(max_workers=2)
    for file in files.documentation_pages():
        if file.src_uri.endswith(".ipynb"):
            path = Path(file.abs_src_path)
            notebook_runs[path] = with_two.submit(notebooks.execute, path, keep=serving)
    with_two.shutdown(wait=False)


def on_files(files, config):
    # The program that the page "Is mine right?" offers as a download
    files.append(File.generated(config, "diagnose.py", abs_src_path=str(ROOT / "snippets/diagnose.py")))


def on_page_markdown(markdown, page, config, files):
    return paste.insert(markdown)


def on_page_content(html, page, config, files):
    return explorer.insert(html)


def on_pre_page(page, config, files):
    if notebooks.is_notebook(page):
        notebooks.render_as_markdown(page)


def on_page_read_source(page, config):
    if notebooks.is_notebook(page):
        return notebook_runs[Path(page.file.abs_src_path)].result()


def on_env(env, config, files):
    pages = {file.src_uri: file for file in files.documentation_pages()}
    reports = equations.check_site({name: Path(file.abs_src_path).read_text("utf-8") for name, file in pages.items()})
    for name, file in pages.items():
        file.page.meta |= {"equations": reports[name].summary, "equalities": len(reports[name].claims)}
    tables.insert([file.page for file in pages.values()])
    typeset.typeset_pages(files, config)
    if wrong := [f"docs/{message}" for report in reports.values() for message in report.messages]:
        raise PluginError("\n".join(["these equations can't be published", *wrong]))


def on_page_context(context, page, config, nav):
    typeset.insert_formulas(page)


def on_post_build(config):
    slim.slim(config.site_dir)
