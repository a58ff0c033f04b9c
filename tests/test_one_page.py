"""`python -m tests docs/page.md` reports all that is wrong with one page. The page that Contributing offers for copying is right."""

import re

import pytest

from machinery.sources import DOCS, ROOT

[PAGE] = re.findall(r"^````markdown\n(.*?)^````$", (DOCS / "contributing.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)

LOOSE = """def loose(logits, labels):
    return sum(float(row[label]) for row, label in zip(logits, labels))
"""


def test_each_message_about_a_page_comes_once_and_causes_come_first(copy):
    copy.keep("derivation.md")
    copy.replace("mkdocs.yml", "nav:\n", "nav:\n  - A page: page.md\n")
    copy.write("docs/page.md", PAGE)
    code, output = copy.run("tests", "docs/page.md")
    assert code == 0 and "docs/page.md: all right; 2 relations on this page" in output and "; blocks: 1; minutes to read: 2\n" in output, output

    wrong = {
        "derivation.md#eq-D1": "derivation.md#eq-D99",
        r"= s_i - \mathbb": r"= s_i + \mathbb",
        "A1": "D1",
        "[0.09 ": "[0.10 ",
        "description: >-\n": "description: Short.\nother: >-\n",
    }
    text = PAGE + "[gone]: gone.md\n\n[Gone]\n" + "word " * 2000
    for old, new in wrong.items():
        assert old in text, old
        text = text.replace(old, new)

    def line_of(words):
        return text[: text.index(words)].count("\n") + 1

    copy.write("docs/page.md", text)
    copy.replace("mkdocs.yml", "  - A page: page.md\n", "")
    code, output = copy.run("tests", "docs/page.md")
    messages = [
        "page.md is not in `nav` in mkdocs.yml. Add: - Softmax of your course: page.md",
        ": the number D1 is taken by docs/derivation.md:",
        ": this does not hold\n",
        f"docs/page.md:{line_of('eq-D99')}: contains a link 'derivation.md#eq-D99', but the doc 'derivation.md' does not contain an anchor '#eq-D99'. Nearest there: #eq-D9, ",
        ": the output beneath this block is not what the block prints\n",
        "docs/page.md: it takes 12 minutes to read, and a page takes at most 10: ",
        "docs/page.md: its description has 6 characters.",
        f"docs/page.md:{line_of('[gone]')}: contains a link 'gone.md', but the target is not found among documentation files.",
    ]
    assert code == 1 and all(output.count(message) == 1 for message in messages), output
    assert output.endswith("docs/page.md: 8 to mend\n") and output.index(messages[2]) < output.index(messages[4]), output

    copy.write("snippets/loose.py", f"# --8<-- [start:loose]\n{LOOSE}# --8<-- [end:loose]\n")
    unused = "\nLet \\(M := 2 \\log s_c + 3 L\\).\n"
    copy.write("docs/page.md", PAGE.replace("softmax.py:softmax", "loose.py:loose").replace("softmax([1.0", "softmax([[1.0") + unused)
    code, output = copy.run("tests", "docs/page.md")
    assert code == 1 and output.count("these planted errors are not found") == 1 and "| digit: M := 2 \\log" in output and output.count("SyntaxError") == 1, output
    assert output.count("snippets/loose.py: loose: name the equations that it computes") == 1, output
    for wrong in ("what is no real number", "what is no label", "rows without a class"):
        assert output.count(f"snippets/loose.py: loose does not refuse {wrong} with a ValueError. It should begin with one of the checks") == 1, output

    copy.write("docs/page.md", PAGE.replace("softmax.py:softmax", "softmax.py"))
    code, output = copy.run("tests", "docs/page.md")
    place = f"docs/page.md:{PAGE[:PAGE.index('--8<--')].count(chr(10)) + 1}: "
    assert code == 1 and output.startswith(f"""{place}can't read '--8<-- "softmax.py"': an include is"""), output

    copy.replace("mkdocs.yml", "nav:\n", "nav:\n  - A page: page.md\n")
    broken = {
        LOOSE + "# --8<-- [end:lose]\n": "1: this section has no end: write # --8<-- [end:loose] on a line below it",
        LOOSE.replace("):", ")") + "# --8<-- [end:loose]\n": "2: SyntaxError: expected ':'",
        LOOSE + "# --8<-- [end:loose]\nlose(1)\n": "5: NameError: name 'lose' is not defined",
    }
    copy.write("docs/page.md", PAGE.replace("softmax.py:softmax", "loose.py:loose"))
    for code_of_snippet, message in broken.items():
        copy.write("snippets/loose.py", "# --8<-- [start:loose]\n" + code_of_snippet)
        code, output = copy.run("tests", "docs/page.md")
        assert code == 1 and output == f"snippets/loose.py:{message}\n\ndocs/page.md: 1 to mend\n", output


@pytest.mark.parametrize(("file", "message"), [
    ("snippets/focal.py", "is no page. Run instead:\n    .venv/bin/pytest tests/test_focal.py\n    .venv/bin/python -m tests docs/variants/neighbours.md\n"),
    ("snippets/diagnose.py", "is no page. Run instead:\n    .venv/bin/pytest tests/diagnose\n    .venv/bin/python -m tests docs/mistakes.ipynb\n"),
    ("docs/pictures/mask.py", "is no page. Run instead:\n    .venv/bin/python -m tests docs/variants/language-models.md\n"),
    ("README.md", "is no page. Give the path of a file .md or .ipynb in docs/\n"),
    ("docs/nowhere.md", "does not exist: give the path of a page, such as docs/derivation.md\n"),
])
def test_a_file_that_is_no_page_is_refused_with_what_to_run_instead(run_sooner, file, message):
    code, output = run_sooner(ROOT, "tests", file)
    assert code == 2 and output.endswith(f" error: {file} {message}"), output
