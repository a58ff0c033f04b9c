"""Notebooks as pages.

mkdocs-jupyter makes a page of each notebook. Its HTML brings JupyterLab's whole style
sheet (600 kB), its own headings and unchecked links, so that a notebook is executed here,
afresh for each build, and handed to MkDocs as Markdown: from there on it is a page like
any other, with the same styles, formulas, search and link checks.
"""

import ast
import hashlib
import html
import json
import re
import shutil
import sys
import types
from pathlib import Path

import nbformat
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from machinery.pages import ROOT, SNIPPETS

CACHE = ROOT / ".cache" / "notebooks"
# Besides the notebook, its modules and data: what executes it and what writes it down.
SURROUNDINGS = ROOT / "requirements.txt", ROOT / "machinery/matplotlibrc", Path(__file__)

SECONDS_PER_CELL = 60  # the slowest cell takes about two
ANSI_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
ALT_TEXT = re.compile(r"^#\| fig-alt: (.+)\n", re.MULTILINE)


def is_notebook(page):
    return page.file.src_uri.endswith(".ipynb")


def render_as_markdown(page):
    """Undo what mkdocs-jupyter set on this page: MkDocs' own method renders it."""
    page.render = types.MethodType(Page.render, page)


def execute(path, keep=False):
    """Run the notebook at path in a new kernel and return it as Markdown.

    With keep, as in `mkdocs serve`, what an earlier run gave is used again as long as
    nothing that the notebook reaches has changed.
    """
    kept = CACHE / path.stem / f"{digest(path)}.md" if keep else None
    if kept and kept.is_file():
        return kept.read_text("utf-8")
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        coalesce_streams=True,  # or else the outputs would be cut where the clock says
        extra_arguments=["--log-level=ERROR", "--InlineBackend.figure_formats=svg"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        if any(cell.cell_type == "code" for cell in notebook.cells):
            client.execute()
    except CellExecutionError as error:
        fail(path, notebook, f"{error.ename}: {error.evalue}", error.traceback)
    except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
        fail(path, notebook, str(error))
    markdown = to_markdown(notebook)
    if kept:
        shutil.rmtree(kept.parent, ignore_errors=True)
        kept.parent.mkdir(parents=True)
        kept.write_text(markdown, "utf-8")
    return markdown


def digest(path):
    """Return a digest of all that a notebook's outputs depend on."""
    cells = nbformat.read(path, as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    files = [path, *local_modules(code, set()), *sorted(path.parent.glob("data/*")), *SURROUNDINGS]
    key = hashlib.sha256(sys.version.encode())
    for file in files:
        key.update(hashlib.sha256(file.read_bytes()).digest())
    return key.hexdigest()


def local_modules(code, seen):
    """Return the files of the snippets that code imports, and of those that they import."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:  # of a notebook: %magic, for example. Then any snippet may matter.
        return sorted(SNIPPETS.glob("*.py"))
    names = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    names |= {f"{node.module}.{a.name}" for node in nodes if isinstance(node, ast.ImportFrom) for a in node.names}
    names |= {a.name for node in nodes if isinstance(node, ast.Import) for a in node.names}
    for name in sorted(names):
        file = SNIPPETS.parent / f"{name.replace('.', '/')}.py"
        if name.startswith("snippets.") and file.is_file() and file not in seen:
            seen.add(file)
            local_modules(file.read_text("utf-8"), seen)
    return sorted(seen)


def fail(path, notebook, reason, traceback=""):
    """Stop the build and name the cell: the last one that started."""
    number, cell = max(
        ((n, c) for n, c in enumerate(notebook.cells, start=1) if "execution" in c.metadata),
        default=(0, {"source": "(the kernel did not start)"}),
        key=lambda item: item[0],
    )
    traceback = ANSI_COLOUR.sub("", traceback)
    raise PluginError(f"{path.name}, cell {number}: {reason}\n\n{cell['source']}\n\n{traceback}")


def to_markdown(notebook):
    # A page's description stands in its front matter, a notebook's in its metadata.
    parts = [f"---\ndescription: {json.dumps(notebook.metadata.get('description', ''))}\n---"]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.cell_type == "code":
            code = fence("python", ALT_TEXT.sub("", cell.source))
            if "hide-input" in cell.metadata.get("tags", []):
                code = f"<details markdown><summary>The code of this output</summary>\n\n{code}\n\n</details>"
            alt = ALT_TEXT.search(cell.source)
            parts += [code, *(output_to_markdown(output, alt and alt[1]) for output in cell.outputs)]
    return "\n\n".join(parts)


def fence(kind, text):
    ticks = max((len(run) for run in re.findall("`+", text)), default=0)
    marks = "`" * max(3, ticks + 1)
    return f"{marks}{kind}\n{text.rstrip()}\n{marks}"


def output_to_markdown(output, alt):
    if output.output_type == "stream":
        return fence("text", output.text)
    data = output.data
    if "image/svg+xml" in data:
        return figure(data["image/svg+xml"], alt)
    for kind in ("text/markdown", "text/latex"):
        if kind in data:
            return data[kind]
    return fence("text", data["text/plain"])


COLOURS = {"#010203": "currentColor", "#010204": "var(--muted)", "#010205": "var(--logits)", "#010206": "var(--probabilities)",
           "#010207": "var(--labels)", "#010208": "var(--gradient)"}  # fmt: skip


def figure(svg, alt):
    """Put a plot into the page itself, where it takes the page's colours, light or dark."""
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r">\s+<", "><", svg.strip())
    for colour, own in COLOURS.items():
        svg = svg.replace(colour, own)
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{html.escape(alt or "")}" ', 1)
    return f'<figure class="plot" tabindex="0">{svg}</figure>'
