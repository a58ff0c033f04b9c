"""The events of MkDocs that this site answers, each in a line or two."""

import sys
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # `mkdocs` starts without the project's folder on its path

from machinery import claims, explorer, includes, notebooks, paste, slim, tables, typeset, unchanged, variants  # noqa: E402

serving = False
templates = unchanged.Templates()
notebook_runs = {}


def on_startup(command, dirty):
    global serving
    serving = command == "serve"
    if serving:
        unchanged.start()


def on_config(config):
    if serving:
        unchanged.reload_snippets(variants, tables, explorer, paste)
    config.markdown_extensions.append(includes.ShortDocstrings())


def on_nav(nav, config, files):
    paths = [Path(file.abs_src_path) for file in files.documentation_pages()]
    includes.refuse_wrong(paths)
    # They run while the other pages are rendered.
    notebook_runs.update(notebooks.start([path for path in paths if path.suffix == ".ipynb"], keep=serving))


def on_files(files, config):
    # The program that the page "Is mine right?" offers as a download
    files.append(File.generated(config, "diagnose.py", abs_src_path=str(ROOT / "snippets/diagnose.py")))


def on_page_markdown(markdown, page, config, files):
    if serving and config.strict:
        unchanged.render_once(page)
    return paste.insert(markdown)


def on_page_content(html, page, config, files):
    # A link that leaves the site says so: on paper its address stands behind it.
    return explorer.insert(html).replace('<a href="http', '<a rel="external" href="http')


def on_pre_page(page, config, files):
    if notebooks.is_notebook(page):
        notebooks.render_as_markdown(page)


def on_page_read_source(page, config):
    if notebooks.is_notebook(page):
        return notebook_runs[Path(page.file.abs_src_path)].result()


def on_build_error(error):
    unchanged.forget()
    for run in notebook_runs.values():
        run.cancel()


def on_env(env, config, files):
    if serving:
        env.bytecode_cache = templates
    pages = [file.page for file in files.documentation_pages()]
    wrong = claims.evaluate(pages)
    tables.insert(pages)
    typeset.typeset_pages(files, config)
    claims.refuse(wrong)


def on_page_context(context, page, config, nav):
    typeset.insert_formulas(page)


def on_post_build(config):
    slim.slim(config.site_dir, serving)
