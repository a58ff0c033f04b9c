"""`mkdocs serve`: an author's changes appear, and a mistake does not end it."""

import contextlib
import json
import re
import socket

import pytest

from tests.conftest import Copy, run
from tests.serving import running


def plant_notebook(copy):
    """Let a notebook print what a snippet returns that calls another snippet, and the content of a file."""
    copy.write("snippets/inner.py", "# --8<-- [start:f]\ndef f():\n    return 'first'\n# --8<-- [end:f]\n")
    copy.write("snippets/outer.py", "from snippets.inner import f\n\n# --8<-- [start:g]\ndef g():\n    return f()\n# --8<-- [end:g]\n")
    copy.write("docs/data/values.txt", "one")
    copy.add_cell("from snippets.outer import g\nprint(g(), open('data/values.txt').read())")


@pytest.fixture(scope="module")
def served(tmp_path_factory, site, run_sooner):
    """A copy with a notebook, and a function that waits for what is to appear where it is served. A test mends what it breaks."""
    copy = Copy(tmp_path_factory.mktemp("served") / "copy", site, run_sooner)
    copy.keep("index.md", "derivation.md")
    plant_notebook(copy)
    with running(copy.root) as wait_for:
        yield copy, wait_for


DERIVATION, NOTATION = "/course/softmax/derivation/", "/course/softmax/notation/"
PROBLEMS = 'class="problems'
LAST_GOOD, OLD, UP_TO_DATE = "What you see below is its last good state", "What you see is how it was before", "The page below is up to date"

# What an author may write by mistake: the file, what is replaced by what, and what is served at a path.
MISTAKES = [
    ("docs/derivation.md", "# The derivation\n", "# The derivation\n\n\\(\\frac{1\\)\n", DERIVATION,
     LAST_GOOD, r"docs/derivation\.md:\d+:\d+:</b> Missing close brace"),
    ("docs/derivation.md", "  &= -\\log s_c", "  &= -2\\log s_c", DERIVATION, LAST_GOOD, r"docs/derivation\.md:\d+:\d+:</b> this does not hold"),
    ("docs/derivation.md", "# The derivation\n", '# The derivation\n\n--8<-- "softmax.py:sofmax"\n', DERIVATION,
     LAST_GOOD, r"docs/derivation\.md:\d+:</b> snippets/softmax\.py has no section 'sofmax'"),
    ("docs/derivation.md", "# The derivation\n", "# The derivation\n\n    ```python\n    print(1)\n    ```\n", DERIVATION,
     LAST_GOOD, r"docs/derivation\.md:\d+:</b> this fence is indented by 4 spaces"),
    ("docs/derivation.md", "description: ", "tags: [a, b\ndescription: ", DERIVATION,
     LAST_GOOD, r"docs/derivation\.md:\d+:</b> the head of this page can't be read: expected ',' or ']'"),
    ("docs/pictures/push.py", "z, c = ", "1 / 0\nz, c = ", DERIVATION, LAST_GOOD, r"docs/pictures/push\.py:\d+: ZeroDivisionError"),
    ("docs/derivation.md", "# The derivation\n", "# The derivation\n\n[Dead](nowhere.md)\n", DERIVATION,
     UP_TO_DATE, r"docs/derivation\.md:\d+:</b> contains a link 'nowhere\.md'(.|\n)*>Dead</a>"),
    ("mkdocs.yml", "      - Derivation: derivation.md\n", "", DERIVATION, UP_TO_DATE, r"not included in the \"nav\" configuration"),
    ("snippets/softmax.py", "def softmax(", "def softmax((", NOTATION, OLD, r"snippets/softmax\.py:\d+:</b> SyntaxError"),
    ("snippets/gradient_check.py", "def numerical_gradient(", "def numerical_gradient((", NOTATION,  # which nothing imports while the site builds
     OLD, r"snippets/gradient_check\.py:\d+:</b> SyntaxError"),
    ("snippets/loss_and_gradient.py", "[end:loss_and_gradient]", "[end:gradient]", NOTATION, OLD, r"snippets/loss_and_gradient\.py:\d+:</b> this section has no end"),
    ("mkdocs.yml", "site_name: ", "site_name: a: ", NOTATION, OLD, r"mapping values are not allowed here"),
]


def test_a_mistake_is_shown_on_its_page_until_it_is_mended_and_the_rest_is_served(copy):
    copy.keep("derivation.md", "checked.md")
    files = {file: (copy.root / file).read_text("utf-8") for file, *_ in MISTAKES}
    for file, old, *_ in MISTAKES:
        assert files[file].count(old) == 1, (file, old)
    wrong = [(file, files[file].replace(old, new)) for file, old, new, *_ in MISTAKES]
    right = [(file, files[file]) for file, *_ in MISTAKES]
    copy.write(*wrong[0])  # when it starts
    another_page = "docs/notation.md", (copy.root / "docs/notation.md").read_text("utf-8") + "\nNew there.\n"
    steps = [[], right[:1], [wrong[0], another_page], *([mended, broken] for mended, broken in zip(right, wrong[1:])), right[-1:]]
    at_start, mended_at_first, *others, mended = serve_steps(copy, *steps)
    assert len(others) == len(MISTAKES)

    assert "appears here as soon as it can be built" in at_start[DERIVATION] and "Missing close brace" in at_start[DERIVATION]
    assert "Missing close brace" not in at_start[NOTATION] and ">docs/derivation.md</a> can't be built" in at_start[NOTATION]
    assert "does not contain an anchor" not in at_start["files"]
    assert not any(PROBLEMS in served[path] for served in (mended_at_first, mended) for path in (DERIVATION, NOTATION))
    for (file, _, new, path, state, message), served in zip(MISTAKES, others):
        assert state in served[path] and re.search(message, served[path]), (file, new, served[path])
        assert 'id="eq-D3"' in served[DERIVATION] and "New there." in served[NOTATION], (file, new)
        assert path == NOTATION or state not in served[NOTATION], (file, new)
        assert served[path].count("<pre>") - mended[path].count("<pre>") == 1, "a problem is still shown after it was mended"


CODE, EXERCISE = "/course/softmax/code/", "/course/softmax/Übung 1/"


def test_what_is_renamed_is_told_on_the_page_that_names_it(copy):
    copy.keep("code.md")
    textbook, softmax, numbers = ((copy.root / name).read_text("utf-8") for name in ("snippets/textbook.py", "snippets/softmax.py", "docs/javascripts/numbers.js"))
    _, broken, section, module, script, mended = serve_steps(
        copy, [], [("snippets/textbook.py", None), ("snippets/schoolbook.py", textbook)],
        [("snippets/textbook.py", textbook.replace(":vector]", ":vectors]")), ("snippets/schoolbook.py", None)],
        [("snippets/textbook.py", textbook), ("snippets/softmax.py", None), ("snippets/softmax2.py", softmax)],  # the order of all texts stays
        [("snippets/softmax.py", softmax), ("snippets/softmax2.py", None), ("docs/javascripts/numbers.js", None)],
        [("docs/javascripts/numbers.js", numbers)],
        paths=(CODE, NOTATION),
    )
    assert LAST_GOOD in broken[CODE] and re.search(r"docs/code\.md:\d+:</b> there is no snippets/textbook\.py", broken[CODE])
    assert LAST_GOOD in section[CODE] and re.search(r"docs/code\.md:\d+:</b> snippets/textbook\.py has no section 'vector'", section[CODE])
    assert not any(state in served[NOTATION] for served in (broken, section) for state in (LAST_GOOD, OLD))
    assert OLD in module[NOTATION] and re.search(r"snippets/\w+\.py:\d+:</b> ModuleNotFoundError: No module named 'snippets\.softmax'", module[NOTATION])
    assert OLD in script[NOTATION] and "docs/javascripts/numbers.js: pages load this script, and it is not there" in script[NOTATION]
    assert not any(PROBLEMS in mended[path] for path in (CODE, NOTATION))


def test_a_page_whose_name_has_a_space_and_an_umlaut_is_served_with_its_problem(copy):
    copy.keep()
    copy.replace("mkdocs.yml", ": index.md\n", ": index.md\n  - Übung: Übung 1.md\n")
    copy.write("docs/Übung 1.md", "# Übung\n")
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # it is taken already
            stack.enter_context(socket.create_server(("127.0.0.1", 8000)))  # as if the author's own server ran
        good, wrong = serve_steps(copy, [], [("docs/Übung 1.md", "# Übung\n\n\\(1 + 1 = 3\\)\n")], paths=(EXERCISE, NOTATION))
    assert "<h1" in good[EXERCISE] and PROBLEMS not in good[EXERCISE] + good[NOTATION]
    assert LAST_GOOD in wrong[EXERCISE] and re.search(r"docs/Übung 1\.md:3:\d+:</b> this does not hold", wrong[EXERCISE])
    assert LAST_GOOD not in wrong[NOTATION] and f'<a href="{EXERCISE}">docs/Übung 1.md</a> can\'t be built' in wrong[NOTATION]


def test_an_address_that_can_t_be_served_is_told_before_the_site_is_built(copy, monkeypatch):
    monkeypatch.delenv("NO_MKDOCS_2_WARNING", raising=False)  # as if no other test had run
    code, output = run(copy.root, "mkdocs", "serve", "-a", "192.0.2.1:8000")  # for documentation: no machine has it
    assert code != 0 and re.fullmatch(r"http://192\.0\.2\.1:8000/ can't be served: .+\. Choose another address: mkdocs serve -a 127\.0\.0\.1:8001", output.strip()), output


def serve_steps(copy, *steps, paths=(DERIVATION, NOTATION)):
    """Return what is served after each list of edits at some pages, and all files."""
    code, output = copy.run("tests.serving", json.dumps([{"edits": edits, "paths": paths} for edits in steps]))
    assert code == 0, output
    served = json.loads(output.splitlines()[-1])
    assert not any(PROBLEMS in step["files"] for step in served), "a problem is in a file of the site, and not only in what is sent"
    return served


def test_a_block_that_fails_is_shown_above_its_page_until_it_is_mended(served):
    copy, wait_for = served
    wait_for("</html>", "")
    copy.replace("docs/index.md", "print(gradient.round(4))", "print(gradient.rund(4))")
    wait_for(r"will refuse this(.|\n)*docs/index\.md:\d+:</b> print\(gradient\.rund\(4\)\)\nAttributeError", "")
    wait_for(r"docs/index\.md:\d+: print\(gradient\.rund")
    copy.replace("docs/index.md", "print(gradient.rund(4))", "print(gradient.round(4))")
    wait_for(r"\A(?!(.|\n)*will refuse this)(.|\n)*</html>", "")


def test_a_page_follows_every_file_that_it_depends_on(served):
    copy, wait_for = served

    def runs():
        return (copy.root / "log").read_text("utf-8").count("Running gradient-check.ipynb")

    def bytecode():
        return {path: path.stat().st_mtime_ns for path in (copy.root / "snippets").rglob("*.pyc")}

    wait_for("first one", "gradient-check/")
    assert runs() == 1
    at_first = bytecode()
    copy.replace("docs/derivation.md", "# The derivation\n", "# The derivation, edited\n")
    wait_for("The derivation, edited", "derivation/")
    copy.replace("snippets/softmax.py", "return exponentials / ", "return 0.25 + 0 * exponentials / ")
    wait_for("--value: 0.2500", "")  # on the home page, by a module that imports the snippet
    assert runs() == 1, "the notebook ran again after an edit of something that it does not use"

    copy.replace("snippets/inner.py", "first", "second")
    wait_for("second one", "gradient-check/")
    copy.write("docs/data/values.txt", "two")
    wait_for("second two", "gradient-check/")
    copy.append("requirements.txt", "# another lock\n")
    wait_for("(Running gradient-check.ipynb(.|\n)*){4}")
    copy.replace("mkdocs.yml", "toc: {permalink: true}", "toc: {permalink: permanent}")
    wait_for("permanent</a>", "notation/")
    assert bytecode() == at_first, "bytecode was written into a watched folder, which starts another build"
