"""What a cell of a notebook needs of the cells above it, so that its copy button gives a program that runs alone.

A statement is needed if it binds or changes a name that is used further down; one that only prints is not.
"""

import ast
import symtable
from dataclasses import dataclass, field

from machinery.content.self_contained_notebooks import nodes_of_cell
from machinery.sources import parse


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

    Parameters
    ----------
    cells : list of tuples (code, file)
        The code of each cell as the page shows it, and the name of the file that it writes, if it is there for that.
    """
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
    statement = Statement(node.lineno, node.end_lineno, uses=used(node) | files & texts)
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        statement.first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        statement.binds, statement.is_function = {node.name}, True
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        statement.imports = ast.unparse(node)
        statement.binds = {alias.asname or alias.name for alias in node.names}
        statement.uses |= files & {f"{getattr(node, 'module', None) or node.names[0].name}.py"}
    else:
        statement.changes = changed(node)
        if isinstance(node, ast.Assign):
            statement.binds = stored(*node.targets)
        if isinstance(node, ast.AugAssign):
            statement.uses |= statement.changes
    return statement


def used(node):
    """Return the names from elsewhere that a statement uses, also inside of functions."""
    if isinstance(node, ast.For):
        return used(node.iter) | used_in(node.body) - stored(node.target)
    if isinstance(node, ast.With):
        bound = stored(*(item.optional_vars for item in node.items if item.optional_vars))
        return set().union(*(used(item.context_expr) for item in node.items)) | used_in(node.body) - bound
    if isinstance(node, ast.Try):
        caught = [used_in([handler.type] * bool(handler.type)) | used_in(handler.body) - {handler.name} for handler in node.handlers]
        return used_in([*node.body, *node.orelse, *node.finalbody]).union(*caught)
    return referenced(symtable.symtable(ast.unparse(OwnNames().visit(parse(ast.unparse(node)))), "cell", "exec"))


class OwnNames(ast.NodeTransformer):
    """Rename the variables of comprehensions: since Python 3.12, a symbol table has them among the names around them."""

    def visit_comprehension_as_a_whole(self, node):
        self.generic_visit(node)
        outside = ast.unparse(node.generators[0].iter)  # is evaluated before the variables exist
        own = stored(*(generator.target for generator in node.generators))
        for each in ast.walk(node):
            if isinstance(each, ast.Name) and each.id in own:
                each.id = f"own_{each.id}"
        node.generators[0].iter = parse(f"({outside})").body[0].value
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_as_a_whole


def used_in(body):
    names, bound = set(), set()
    for node in body:
        names |= used(node) - bound
        bound |= stored(*node.targets) if isinstance(node, ast.Assign) else set()
    return names


def referenced(table):
    top = table.get_type() == "module"
    own = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced() and (top or symbol.is_global())}
    return own.union(*map(referenced, table.get_children()))


def stored(*nodes):
    return {each.id for node in nodes for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}


def changed(node):
    """Return the names that a statement binds, and those whose objects it changes: by an index, an attribute or a method."""
    inner = [stored(each.target) for each in ast.walk(node) if isinstance(each, ast.comprehension)]
    found = stored(node).difference(*inner)
    for each in ast.walk(node):
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call):
            found.add(first_name(each.value.func))
        elif isinstance(each, (ast.Subscript, ast.Attribute)) and isinstance(each.ctx, ast.Store):
            found.add(first_name(each))
    return found


def first_name(node):
    """Return `a` of `a.b[c].d()`, and nothing for a name alone: a function that is called changes no name."""
    name = node
    while isinstance(name, (ast.Attribute, ast.Subscript, ast.Call)):
        name = name.func if isinstance(name, ast.Call) else name.value
    return name.id if isinstance(name, ast.Name) and name is not node else None
