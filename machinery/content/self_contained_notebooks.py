"""Notebooks that run anywhere, because the code and the data that they use are inside.

An author writes `from snippets.softmax import softmax` and `open("data/record.json")`. In the notebook that the
build executes, shows and offers as a download, cells above the first use contain what it needs: the code of the
function, or a program that writes the file. A snippet without sections, such as `diagnose.py`, becomes a file.
"""

import ast
import functools
import posixpath
import re
import sys
from dataclasses import dataclass

import nbformat
from mkdocs.exceptions import PluginError

from machinery import sources
from machinery.includes import SECTION, callees, problem_of, section
from machinery.sources import ROOT, SNIPPETS, read_notebook, text_of

PACKAGES = {"IPython": "ipython", "sklearn": "scikit-learn"}  # where module and package differ in name
FROM_SNIPPETS = re.compile(r"import .*\bsnippets\b|from snippets(?:\.(?P<module>\w+) import |\b)")


@dataclass(frozen=True)
class Piece:
    """Something that a cell uses: code with the imports that belong above it, or the text of a file."""

    name: str
    text: str
    imports: tuple = ()
    is_file: bool = False


def read(path):
    """Return the notebook at path with added cells, which contain the pieces that the cells below them use.

    Its metadata list the `packages` that it imports. A piece that does not exist, or can't replace its import, is a PluginError.
    """
    notebook = read_notebook(path)
    cells, brought = [], set()
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            place = f"{path.relative_to(ROOT).as_posix()}, cell {number}"
            imports = snippet_imports(nodes_of_cell(cell.source), place)
            used = [*data_files(nodes_of_cell(cell.source), path.parent), *(piece for found in imports for piece in imported(*found, place))]
            new = list({piece.name: piece for piece in used if piece.name not in brought}.values())
            brought |= {piece.name for piece in new}
            cells += [file_cell(piece) for piece in new if piece.is_file]
            if code := [piece for piece in new if not piece.is_file]:
                cells.append(code_cell(code))
            cell.source = without_imports(cell.source, imports)
        cells.append(cell)
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number:02}"
    notebook.cells = cells
    notebook.metadata["packages"] = packages(cells)
    return notebook


def is_brought(cell):
    return "brought" in cell.metadata.get("tags", [])


@functools.lru_cache(maxsize=1024)
def nodes_of(source, file=None):
    """Return all nodes of the syntax tree of a program; the first is the module."""
    return tuple(ast.walk(sources.parse(source, file)))


def nodes_of_cell(source):
    """Return the nodes of a cell: a module without statements if the cell is not plain Python."""
    try:
        return nodes_of(source)
    except SyntaxError:
        return (ast.Module([], []),)


def snippet_imports(nodes, place):
    """Return each import from `snippets` with the module that it names."""
    found = []
    for node in nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)) and (match := FROM_SNIPPETS.match(ast.unparse(node))):
            if not match["module"] or node not in nodes[0].body:
                raise PluginError(f"{place}: write {ast.unparse(node)!r} as 'from snippets.softmax import softmax', at the top of the cell")
            found.append((node, match["module"]))
    return found


def data_files(nodes, folder):
    """Yield the files in `data/` whose names occur as strings in a cell."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"data/[\w./-]+", node.value):
            if (folder / node.value).is_file():
                yield Piece(node.value, text_of(folder / node.value), is_file=True)


def imported(node, module, place):
    """Yield the pieces that replace an import."""
    if has_no_sections(module):
        yield Piece(f"{module}.py", text_of(SNIPPETS / f"{module}.py"), is_file=True)
        return
    for alias in node.names:
        yield from functions(module, alias.name, place)
        if alias.asname:
            yield Piece(alias.asname, f"{alias.asname} = {alias.name}")


def has_no_sections(module):
    file = SNIPPETS / f"{module}.py"
    return file.is_file() and not SECTION.search(text_of(file))


def functions(module, name, place):
    """Yield a function, then those of `snippets/` that it calls."""
    if problem := problem_of(f'--8<-- "{module}.py:{name}"'):
        raise PluginError(f"{place}: {problem}")
    file = SNIPPETS / f"{module}.py"
    imports = [node for node in nodes_of(text_of(file), file)[0].body if isinstance(node, ast.Import)]
    code = section(file.name, name)
    used = {node.id for node in nodes_of(code) if isinstance(node, ast.Name)}
    yield Piece(name, code, tuple(ast.unparse(node) for node in imports if used & {alias.asname or alias.name for alias in node.names}))
    for file, callee in callees(f"{module}.py", name):
        yield from functions(file.removesuffix(".py"), callee, place)


def without_imports(source, imports):
    """Return the code of a cell without the imports that added cells have replaced; a snippet that became a file is imported by the file's name."""
    lines = source.split("\n")
    for node, module in reversed(imports):
        first = node.lineno - 1
        if has_no_sections(module):
            lines[first] = lines[first].replace(f"snippets.{module}", module)
            continue
        while first and not lines[first - 1].strip():
            first -= 1
        del lines[first : node.end_lineno]
    return "\n".join(lines).lstrip("\n")


def code_cell(pieces):
    imports = dict.fromkeys(line for piece in pieces for line in piece.imports)
    code = "\n\n\n".join(filter(None, ["\n".join(imports), *(piece.text for piece in pieces)]))
    return nbformat.v4.new_code_cell(code, metadata={"tags": ["brought", "hide-input"]})


def file_cell(piece, title=""):
    """Return a cell that writes a file; Colab and JupyterLab fold it away."""
    folder = posixpath.dirname(piece.name)
    lines = [f"# @title {title or f'The file {piece.name}'}", "from pathlib import Path", ""]
    lines += [f'Path("{folder}").mkdir(exist_ok=True)'] if folder else []
    lines += [f'written = Path("{piece.name}").write_text({literal(piece.text)}, encoding="utf-8")']
    metadata = {"tags": ["brought", "hide-input"], "file": piece.name, "cellView": "form", "jupyter": {"source_hidden": True}}
    return nbformat.v4.new_code_cell("\n".join(lines), metadata=metadata)


def literal(text):
    """Return a text as a Python literal, over several lines if possible."""
    return f"r'''{text}'''" if "'''" not in text and not text.endswith(("'", "\\")) and "\r" not in text else repr(text)


def script_of(cell):
    """Return the name of the program that writes a file, beside the page that needs it."""
    return f"bring-{posixpath.splitext(posixpath.basename(cell.metadata['file']))[0]}.py"


def packages(cells):
    """Return the names of the packages that cells import."""
    own = {cell.metadata["file"].removesuffix(".py") for cell in cells if "file" in cell.metadata}
    nodes = [node for cell in cells if cell.cell_type == "code" for node in nodes_of_cell(cell.source)]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names = {module.split(".")[0] for module in modules} - {"", *own, *sys.stdlib_module_names}
    return sorted(PACKAGES.get(name, name) for name in names)
