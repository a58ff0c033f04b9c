"""The events of MkDocs that this site answers, each in a line or two."""

import os
import sys
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # `mkdocs` starts without the project's folder on its path

from machinery import includes, notebooks, paste, typeset  # noqa: E402

# The kernels of the notebooks start beside them, and find the plots' style and `snippets` by these.
os.environ["MATPLOTLIBRC"] = str(ROOT / "machinery" / "matplotlibrc")
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))


serving = False


def on_startup(command, dirty):
    global serving
    serving = command == "serve"


def on_config(config):
    config.markdown_extensions.append(includes.ShortDocstrings())


def on_files(files, config):
    # The program that the page "Is mine right?" offers as a download
    files.append(File.generated(config, "diagnose.py", abs_src_path=str(ROOT / "snippets/diagnose.py")))


def on_page_markdown(markdown, page, config, files):
    return paste.insert(markdown)


def on_pre_page(page, config, files):
    if notebooks.is_notebook(page):
        notebooks.render_as_markdown(page)


def on_page_read_source(page, config):
    if notebooks.is_notebook(page):
        return notebooks.execute(Path(page.file.abs_src_path), keep=serving)


def on_env(env, config, files):
    typeset.typeset_pages(files, config)


def on_page_context(context, page, config, nav):
    typeset.insert_formulas(page)
