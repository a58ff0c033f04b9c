"""Notebooks as pages.

mkdocs-jupyter makes a page of each notebook. Its HTML brings JupyterLab's whole style
sheet (600 kB), its own headings and unchecked links. Therefore each build executes the
notebooks here and hands them to MkDocs as Markdown, which makes them pages like
all others, with the same styles, formulas, search and link checks.
"""

import ast
import asyncio
import json
import logging
import os
import re
from concurrent.futures import Future, ThreadPoolExecutor
from tempfile import TemporaryDirectory

from mkdocs.exceptions import PluginError
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from machinery.content import copied_cells, self_contained_notebooks
from machinery.content.plots import in_page, unasked_colours
from machinery.seams import broken
from machinery.sources import ROOT, parse

log = logging.getLogger("mkdocs.notebooks")
logging.getLogger("mkdocs.plugins.mkdocs_jupyter").setLevel(logging.WARNING)  # otherwise it logs each copy that it makes

SCRIPT = "javascripts/cells.js"
SECONDS_PER_CELL = 60  # the slowest cell takes about two
ANSI_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CELL_OF_KERNEL = re.compile(r"Cell In\[(\d+)\], line \d+")
LINE_OF_KERNEL = re.compile(r"^(-+> | +)\d+(?= |$)", re.MULTILINE)
FILE_OF_KERNEL = re.compile(r" \(\d+\.py, line \d+\)$")
ALT_TEXT = re.compile(r"^#\| fig-alt: (.+)\n", re.MULTILINE)


def is_notebook(page):
    return page.file.src_uri.endswith(".ipynb")


def render_as_markdown(page):
    """Restore MkDocs' own method for rendering the page, which mkdocs-jupyter has replaced."""
    if vars(page).pop("render", None) is None:
        raise broken("rendering of notebooks", f"it has not replaced `render` of {page.file.src_uri}")


def start(paths, run_one=None):
    """Run notebooks, two at a time; return a dict from each path to a future of its Markdown."""
    pool = ThreadPoolExecutor(max_workers=2)
    futures = {path: pool.submit(run_one or execute, path, f"{number} of {len(paths)}") for number, path in enumerate(paths, start=1)}
    pool.shutdown(wait=False)
    return futures


def finished(markdown):
    """Return the future of a run that is over."""
    run = Future()
    run.set_result(markdown)
    return run


def execute(path, number="1 of 1"):
    """Run the notebook at path, and return it as Markdown."""
    return to_markdown(run(path, number))


def run(path, number="1 of 1"):
    """Run the notebook at path, as readers can download it, and return it with its outputs.

    A new kernel runs it in an empty folder, where it can't import or open anything from the repository.
    """
    notebook = self_contained_notebooks.read(path)
    with TemporaryDirectory() as folder, TemporaryDirectory() as connection:
        client = NotebookClient(
            notebook,
            timeout=SECONDS_PER_CELL,
            kernel_name="python3",
            coalesce_streams=True,  # otherwise an output is cut wherever the kernel happened to flush it
            extra_arguments=KERNEL_OPTIONS,
            resources={"metadata": {"path": folder}},
            shutdown_kernel="immediate",
        )
        try:
            if any(cell.cell_type == "code" for cell in notebook.cells):
                log.info(f"Running {path.name}, {number}")
                talk_through_files(client.create_kernel_manager(), connection)
                asyncio.run(client.async_execute(env=kernel_environment()))
        except CellExecutionError as error:
            fail(path, notebook, FILE_OF_KERNEL.sub("", f"{error.ename}: {error.evalue}"), error.traceback)
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            fail(path, notebook, str(error))
    refuse_outputs(path, notebook)
    return notebook


KERNEL_OPTIONS = [
    "--log-level=ERROR",
    "--InlineBackend.figure_formats=svg",
    # A newly installed Matplotlib warns that its first plot may take a moment.
    "--IPKernelApp.exec_lines=__import__('logging').getLogger('matplotlib.font_manager').setLevel('ERROR')",
]


def talk_through_files(kernel, folder):
    """Let the build and a kernel talk through files in a folder, where that is possible.

    Otherwise Jupyter looks for free ports and leaves them to the kernel, and another kernel that starts
    at this moment, in another build, may take them. Windows has nothing else than ports, and the path
    of such a file may have only about a hundred bytes.
    """
    if os.name != "nt" and len(os.fsencode(folder)) <= 80:
        kernel.transport, kernel.connection_file = "ipc", f"{folder}/kernel.json"


def kernel_environment():
    """Return the environment variables of a kernel: the style of plots, and none of those that would change what a cell does or prints.

    PYTHONPATH may lead to the repository, and with PYTHONWARNINGS or PYTHONDEVMODE, libraries write to stderr what concerns only their authors.
    """
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONWARNINGS", "PYTHONDEVMODE")}
    return kept | {"MATPLOTLIBRC": str(ROOT / "machinery/matplotlibrc")}


def fail(path, notebook, reason, traceback=""):
    """Stop the build and name the cell that failed, which is the last one that started."""
    started = [(number, cell) for number, cell in numbered(notebook) if "execution" in cell.metadata]
    number, cell = started[-1] if started else (0, {"source": "(the kernel did not start)"})
    _, _, where = ANSI_COLOUR.sub("", traceback).rpartition("\n------------------\n\n")  # what precedes this is the source of the cell
    where = as_authors_count(where.strip().removesuffix(reason).strip(), path, notebook)
    raise PluginError(message(path, number, reason, where or cell["source"]))


def as_authors_count(traceback, path, notebook):
    """Return a traceback that counts cells as authors do. It numbers no lines, because the kernel's cells lack the imports from `snippets`."""
    places = {
        str(cell.get("execution_count")): f"{'what is imported in ' * self_contained_notebooks.is_brought(cell)}{place_of_cell(path, number)}"
        for number, cell in numbered(notebook)
    }
    without_lines = LINE_OF_KERNEL.sub(lambda found: found[1] + " " * (len(found[0]) - len(found[1])), traceback)
    return CELL_OF_KERNEL.sub(lambda found: places.get(found[1], found[0]), without_lines)


def result(run, runs):
    """Return the Markdown of a run. If it failed, wait for all runs and stop the build with the errors of all that failed."""
    if isinstance(run.exception(), PluginError):
        raise PluginError("\n\n".join(str(error) for each in runs if (error := each.exception())))
    return run.result()


def numbered(notebook):
    """Return each cell with its number in the author's notebook; a cell that the build has inserted has the number of the cell below."""
    number, found = 1, []
    for cell in notebook.cells:
        found.append((number, cell))
        number += not self_contained_notebooks.is_brought(cell)
    return found


def refuse_outputs(path, notebook):
    """Stop the build if a cell wrote to stderr, as readers would see the warning, too, or if a plot is wrong."""
    found = []
    for number, cell in numbered(notebook):
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                found.append(message(path, number, "writes to stderr; mend it, or print what readers are to see", cell.source, output.text))
            if svg := output.get("data", {}).get("image/svg+xml"):
                found += [message(path, number, problem) for problem in problems_of_plot(svg, cell.source)]
    if found:
        raise PluginError("\n".join(found))


def problems_of_plot(svg, code):
    yield from unasked_colours(svg, code)
    if not ALT_TEXT.search(code):
        yield "this plot needs a description for those who can't see it, in the first line of its cell: #| fig-alt: What there is to see."


def message(path, number, reason, *details):
    return "\n\n".join([f"{place_of_cell(path, number)}: {reason}", *details])


def place_of_cell(path, number):
    return f"{path.relative_to(ROOT).as_posix()}, cell {number}"


def to_markdown(notebook):
    # What a page has in its front matter, a notebook has in its metadata.
    matter = {"description": "", "tags": [], "by_pieces": False, "packages": []} | notebook.metadata
    parts = ["\n".join(["---", *(f"{key}: {json.dumps(matter[key])}" for key in ("description", "tags", "by_pieces", "packages")), "---"])]
    coded = [cell for cell in notebook.cells if cell.cell_type == "code"]
    needed = iter(copied_cells.needed_lines([(shown(cell), cell.metadata.get("file")) for cell in coded]))
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.cell_type == "code":
            alt = ALT_TEXT.search(cell.source)
            parts += [code_to_markdown(cell, next(needed)), *(output_to_markdown(output, alt and alt[1]) for output in cell.outputs)]
    return "\n\n".join(parts)


def with_script(markdown, script):
    """Return the Markdown with the address of the script that makes copy buttons give programs that run alone."""
    return f'{markdown}\n\n<script src="{script}" defer></script>'


def shown(cell):
    """Return the code of a cell as its page shows it.

    A program that writes a file is long: cells.js fetches it when the fold is opened.
    """
    file = cell.metadata.get("file")
    return f"# first run {self_contained_notebooks.script_of(cell)}: it writes {file}" if file else ALT_TEXT.sub("", cell.source)


def code_to_markdown(cell, needed=()):
    """Return a block of code, folded if a tag of the cell asks for it, with the lines that cells.js is to copy along."""
    needs = " ".join("-".join(map(str, lines)) for lines in needed)
    code, kind = fence(f'{{.python data-needs="{needs}"}}' if needs else "python", shown(cell)), ""
    if "hide-input" not in cell.metadata.get("tags", []):
        return code
    if self_contained_notebooks.is_brought(cell):
        kind = ' class="brought" data-search-exclude'
    if file := cell.metadata.get("file"):
        script, title = self_contained_notebooks.script_of(cell), f"Used below: the file <code>{file}</code>"
        link = f'<p>The same as a file: <a href="{script}" download>{script}</a></p>'
        code += f"\n\n{link}"
    elif cell.outputs:
        title = "The code of this output"
    else:
        title = f"Used below: {definitions(cell.source)}"
    return f"<details{kind} markdown><summary>{title}</summary>\n\n{code}\n\n</details>"


def definitions(source):
    """Return what a cell imports and defines, as HTML: "<code>np</code>, <code>softmax</code>"."""
    names = []
    for node in parse(source).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names += [alias.asname or alias.name for alias in node.names]
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.append(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):  # another name for a function
            names += [target.id for target in node.targets]
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
        return f'<figure class="plot" tabindex="0">{in_page(data["image/svg+xml"], alt)}</figure>'
    for kind in ("text/markdown", "text/latex"):
        if kind in data:
            return data[kind]
    return fence("text", data["text/plain"])
