"""Notebooks as pages.

mkdocs-jupyter makes a page of each notebook. Its HTML brings JupyterLab's whole style
sheet (600 kB), its own headings and unchecked links, so that a notebook is executed here,
afresh for each build, and handed to MkDocs as Markdown: from there on it is a page like
any other, with the same styles, formulas, search and link checks.
"""

import ast
import asyncio
import hashlib
import html
import json
import logging
import os
import re
import sys
import types
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from machinery import reached
from machinery.pages import DOCS, ROOT, SNIPPETS

log = logging.getLogger("mkdocs.notebooks")

CACHE = ROOT / ".cache" / "notebooks"
SECONDS_PER_CELL = 60  # the slowest cell takes about two
ANSI_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
ALT_TEXT = re.compile(r"^#\| fig-alt: (.+)\n", re.MULTILINE)
FINE = re.compile(r"\d+\.\d{3,}")  # in a plot: finer than a hundredth of a point


def is_notebook(page):
    return page.file.src_uri.endswith(".ipynb")


def render_as_markdown(page):
    """Undo what mkdocs-jupyter set on this page: MkDocs' own method renders it."""
    page.render = types.MethodType(Page.render, page)


def start(paths, keep):
    """Run notebooks, two side by side; return a future of each one's Markdown, by its path.

    With keep, as in `mkdocs serve`, what an earlier run gave is used again as long as
    nothing that the notebook reaches has changed.
    """
    kept = {path: keep and kept_run(path) for path in paths}
    to_run = [path for path in paths if not kept[path]]
    pool = ThreadPoolExecutor(max_workers=2)
    futures = {path: pool.submit(lambda markdown: markdown, kept[path]) for path in paths if kept[path]}
    for number, path in enumerate(to_run, start=1):
        futures[path] = pool.submit(execute, path, f"{number} of {len(to_run)}", keep)
    pool.shutdown(wait=False)
    return futures


def execute(path, number="1 of 1", keep=False):
    """Run the notebook at path in a new kernel and return it as Markdown."""
    content, around = path.read_text("utf-8"), surroundings()
    notebook = nbformat.reads(content, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        coalesce_streams=True,  # or else the outputs would be cut where the clock says
        extra_arguments=KERNEL_OPTIONS,
        resources={"metadata": {"path": str(path.parent)}},
        shutdown_kernel="immediate",
    )
    with TemporaryDirectory() as folder:
        record = Path(folder, "reached")
        try:
            if any(cell.cell_type == "code" for cell in notebook.cells):
                log.info(f"Running {path.name}, {number}")
                asyncio.run(client.async_execute(env=kernel_environment(record)))
        except CellExecutionError as error:
            fail(path, notebook, f"{error.ename}: {error.evalue}", error.traceback)
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            fail(path, notebook, str(error))
        lines = record.read_text("utf-8").splitlines() if record.is_file() else []
    refuse_warnings(path, notebook)
    markdown = to_markdown(notebook)
    if keep:
        files = {file: digest for digest, file in (line.split(" ", 1) for line in lines)}
        kept = {"notebook": content, "around": around, "files": files, "markdown": markdown}
        CACHE.mkdir(parents=True, exist_ok=True)
        unfinished = kept_file(path).with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps(kept), "utf-8")
        unfinished.replace(kept_file(path))
    return markdown


KERNEL_OPTIONS = [
    "--log-level=ERROR",
    "--InlineBackend.figure_formats=svg",
    "--IPKernelApp.extra_extensions=machinery.reached",
    # Where Matplotlib is new, it says that its first plot may take a moment.
    "--IPKernelApp.exec_lines=__import__('logging').getLogger('matplotlib.font_manager').setLevel('ERROR')",
]


def kernel_environment(record):
    """Kernels start beside their notebooks, and find `snippets` and the plots' style by this."""
    python_path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return os.environ | {
        "PYTHONPATH": python_path,
        "MATPLOTLIBRC": str(ROOT / "machinery/matplotlibrc"),
        "REACHED": str(record),
    }


def kept_file(path):
    return CACHE / f"{path.stem}-{hashlib.sha256(str(path).encode()).hexdigest()[:8]}.json"


def kept_run(path):
    """Return the Markdown of an earlier run if a new one would give the same, otherwise None."""
    file = kept_file(path)
    if file.is_file():
        kept = json.loads(file.read_text("utf-8"))
        same = kept["notebook"] == path.read_text("utf-8") and kept["around"] == surroundings()
        if same and all(reached.digest(name) == digest for name, digest in kept["files"].items()):
            return kept["markdown"]


def surroundings():
    """Return what a run depends on besides the files that the notebook opens."""
    modules = [*DOCS.rglob("*.py"), *SNIPPETS.rglob("*.py")]  # a new one may stand before another
    packages = Path(nbformat.__file__).parents[1].stat().st_mtime_ns
    files = ROOT / "requirements.txt", ROOT / "machinery/matplotlibrc", Path(__file__)
    return [sys.version, packages, sorted(map(str, modules)), [reached.digest(file) for file in files]]


def fail(path, notebook, reason, traceback=""):
    """Stop the build and name the cell: the last one that started."""
    number, cell = max(
        ((n, c) for n, c in enumerate(notebook.cells, start=1) if "execution" in c.metadata),
        default=(0, {"source": "(the kernel did not start)"}),
        key=lambda item: item[0],
    )
    raise PluginError(message(path, number, cell, reason, ANSI_COLOUR.sub("", traceback)))


def refuse_warnings(path, notebook):
    """Stop the build if a cell wrote to stderr: its readers would get the warning, too."""
    found = [
        message(path, number, cell, "writes to stderr; mend it, or print what readers are to see", output.text)
        for number, cell in enumerate(notebook.cells, start=1)
        for output in cell.get("outputs", [])
        if output.get("name") == "stderr"
    ]
    if found:
        raise PluginError("\n".join(found))


def message(path, number, cell, reason, details):
    return f"{path.name}, cell {number}: {reason}\n\n{cell['source']}\n\n{details}"


def to_markdown(notebook):
    # What a page has in its front matter, a notebook has in its metadata.
    matter = {"description": "", "tags": [], "by_pieces": False} | notebook.metadata
    parts = ["\n".join(["---", *(f"{key}: {json.dumps(matter[key])}" for key in ("description", "tags", "by_pieces")), "---"])]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.cell_type == "code":
            code = fence("python", ALT_TEXT.sub("", cell.source))
            if "hide-input" in cell.metadata.get("tags", []):
                title = "The code of this output" if cell.outputs else f"Used below: {definitions(cell.source)}"
                code = f"<details markdown><summary>{title}</summary>\n\n{code}\n\n</details>"
            alt = ALT_TEXT.search(cell.source)
            parts += [code, *(output_to_markdown(output, alt and alt[1]) for output in cell.outputs)]
    return "\n\n".join(parts)


def definitions(source):
    """Return what a cell imports and defines, as HTML: "<code>np</code>, <code>softmax</code>"."""
    names = []
    for node in ast.parse(source).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names += [alias.asname or alias.name for alias in node.names]
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.append(node.name)
    return ", ".join(f"<code>{name}</code>" for name in names)


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
    svg = re.sub(r"<[^>]+>", lambda tag: FINE.sub(lambda number: f"{float(number[0]):.2f}", tag[0]), svg)
    for colour, own in COLOURS.items():
        svg = svg.replace(colour, own)
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{html.escape(alt or "")}" ', 1)
    return f'<figure class="plot" tabindex="0">{svg}</figure>'
