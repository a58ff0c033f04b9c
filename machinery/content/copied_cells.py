"""What a cell of a notebook needs of the cells above it, so that its copy button gives a program that runs alone.

A statement is needed if it binds or changes a name that is used further down; one that only prints is not.
Its bytecode says which names it uses and binds, because there Python has told them apart from those that are local.
"""

import ast
import dis
import functools
import inspect
from dataclasses import dataclass, field

from machinery.content.self_contained_notebooks import nodes_of_cell


@dataclass
class Statement:
    """A statement at the top of a cell: its lines, and the names that it uses, binds anew, and changes or binds perhaps.

    A file that it opens or imports is among the names that it uses, and a file that it writes among those that it binds.
    """

    first: int
    last: int
    uses: set = field(default_factory=set)
    binds: set = field(default_factory=set)
    changes: set = field(default_factory=set)
    imports: str = ""  # the statement itself, if it is an import
    is_function: bool = False


def needed_lines(cells):
    """Return for each cell the lines above it that it needs, as tuples of a cell, its first and its last line.

    A cell is given as its code, as the page shows it, and the name of the file that it writes, if it is there for that.
    """
    return needed_of(tuple(cells))


@functools.lru_cache(maxsize=64)
def needed_of(cells):
    files = {file for _, file in cells if file}
    statements = [[Statement(1, 1, binds={file})] if file else [read(node, files) for node in nodes_of_cell(code)[0].body] for code, file in cells]
    modules = {name for each in statements for statement in each if statement.imports for name in statement.binds}
    for statement in (statement for each in statements for statement in each):
        statement.changes -= modules  # plt.show()
    lines = [code.split("\n") for code, _ in cells]
    return [joined(needed_by(number, statements), lines) for number in range(len(cells))]


def needed_by(number, statements):
    called, more, imports = set(), True, set()
    while more:  # what functions use may be bound below them
        names, found = set(called), []
        for cell in range(number, -1, -1):
            for statement in reversed(statements[cell]):
                if cell == number or names & (statement.binds | statement.changes):
                    names = names - statement.binds | statement.uses
                    found += [(cell, statement)] * (cell < number)
        more = set().union(*(statement.uses for _, statement in found if statement.is_function)) - called
        called |= more
    for cell, statement in reversed(found):
        if not statement.imports or statement.imports not in imports:
            yield cell, statement.first, statement.last
        imports.add(statement.imports)


def joined(found, lines):
    """Join statements of a cell with nothing between them."""
    kept = []
    for cell, first, last in found:
        if kept and kept[-1][0] == cell and not any(lines[cell][kept[-1][2] : first - 1]):
            first = kept.pop()[1]
        kept.append((cell, first, last))
    return kept


def read(node, files):
    texts = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    uses, bound = names_in(compile(ast.unparse(node), "<cell>", "exec"))
    first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
    statement = Statement(first, node.end_lineno, uses | files & texts, is_function=isinstance(node, (ast.FunctionDef, ast.ClassDef)))
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        statement.imports = ast.unparse(node)
        statement.uses |= files & {f"{getattr(node, 'module', None) or node.names[0].name}.py"}
    elif not statement.is_function:
        statement.changes = changed(node)
    if statement.is_function or statement.imports or isinstance(node, ast.Assign):
        statement.binds = bound
    else:
        statement.changes |= bound
    return statement


def names_in(code):
    """Return the names from elsewhere that bytecode uses, also inside of functions, and the names that it binds."""
    uses, binds = set(), set()
    for each in dis.get_instructions(code):
        if each.opname == "STORE_NAME":
            binds.add(each.argval)
        elif each.opname in ("LOAD_NAME", "LOAD_GLOBAL") and each.argval not in binds:
            uses.add(each.argval)
    for inner in filter(inspect.iscode, code.co_consts):
        uses |= names_in(inner)[0]
    return uses, binds


def changed(node):
    """Return the names whose objects a statement changes: by an index, an attribute or a method."""
    places = [each.value.func for each in ast.walk(node) if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call)]
    places += [each for each in ast.walk(node) if isinstance(each, (ast.Subscript, ast.Attribute)) and isinstance(each.ctx, ast.Store)]
    return {first_name(place) for place in places}


def first_name(node):
    """Return `a` of `a.b[c].d()`, and nothing for a name alone: a function that is called changes no name."""
    name = node
    while isinstance(name, (ast.Attribute, ast.Subscript, ast.Call)):
        name = name.func if isinstance(name, ast.Call) else name.value
    return name.id if isinstance(name, ast.Name) and name is not node else None
