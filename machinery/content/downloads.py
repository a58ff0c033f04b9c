"""The files that readers can download: the notebooks of the pages, and the notebook "Check my gradient"."""

import posixpath
import re
from pathlib import Path
from urllib.parse import urljoin

import nbformat
from mkdocs.structure.files import File

from machinery.content import check_my_gradient, dropped, self_contained_notebooks

IN_COLAB = re.compile(r"<!-- open in Colab: (\S+) -->")


def add(files, config, pages):
    """Add each notebook among the pages as a download, and the long cells that its page fetches when a reader unfolds them."""
    notebooks = [file for file in pages if file.src_uri.endswith(".ipynb")]
    for file in [file for file in notebooks if not dropped.is_dropped(file.src_uri, config)]:  # mkdocs-jupyter's own file objects are not marked as excluded
        folder = posixpath.dirname(file.url)
        notebook = self_contained_notebooks.read(Path(file.abs_src_path))
        for cell in notebook.cells:
            if "file" in cell.metadata:
                files.append(File.generated(config, posixpath.join(folder, self_contained_notebooks.script_of(cell)), content=cell.source))
        notebook.cells.insert(0, install_cell(notebook))
        add_notebook(notebook, posixpath.join(folder, f"{file.name}.ipynb"), posixpath.dirname(file.src_uri), files, config)
    add_notebook(check_my_gradient.notebook(), check_my_gradient.NAME, "", files, config)


def add_notebook(notebook, name, folder, files, config):
    """Add a notebook to the site's files; its relative links become addresses of the site, so they work wherever the notebook is opened."""

    def whole(link):
        target = files.get_file_from_path(posixpath.normpath(posixpath.join(folder, link["page"])))
        return f"[{link['text']}]({urljoin(config.site_url, target.url)}{link['anchor'] or ''})" if target else link[0]

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = dropped.LINK.sub(whole, dropped.unlink(cell.source, f"{folder}/", config))
    files.append(File.generated(config, name, content=nbformat.writes(notebook) + "\n"))


def link_to_colab(markdown, config):
    """Put a link that opens the notebook in Colab into a page with a place for it, if the address of the repository is known."""
    address = config.extra.get("colab_url")
    return IN_COLAB.sub(rf"[Open in Colab]({address}\1){{ .md-button }}" if address else "", markdown)


def install_cell(notebook):
    return nbformat.v4.new_code_cell(f"%pip install -q {' '.join(notebook.metadata['packages'])}", id="install")
