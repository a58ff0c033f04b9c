"""Pictures are drawn when a page asks for them, described, captioned and small."""

import gzip
import re
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError

import snippets
from machinery import sources
from machinery.content import pictures
from machinery.sources import DOCS, render

PROGRAMS = sorted(DOCS.glob("pictures/*.py"))
ASKED = "Before.\n\n![Bars.](../pictures/push.py)\nWhat to\nsee.\n\nAfter.\n"


def page(text):
    return SimpleNamespace(file=SimpleNamespace(src_uri="routes/page.md", abs_src_path=str(DOCS / "routes/page.md"), content_string=text))


PAGE = page(ASKED)


def test_every_picture_is_on_a_page():
    asked = re.findall(r"\(([./]*pictures/\w+\.py)\)", "".join(page.read_text("utf-8") for page in DOCS.rglob("*.md")))
    assert {program.name for program in PROGRAMS} == {path.rpartition("/")[2] for path in asked}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_a_picture_is_small_and_takes_the_page_s_colours(program):
    svg = pictures.picture(program, "Bars.")
    assert len(gzip.compress(svg.encode())) < 10_000
    assert 'role="img" aria-label="Bars."' in svg and "data-search-exclude" in svg
    assert not re.search("#0102", svg) and "<text" in svg


def test_a_page_gets_the_figure_in_place():
    markdown = pictures.ask(ASKED, PAGE)
    assert markdown.startswith("Before.") and "<figcaption markdown=\"span\">What to see.</figcaption>" in markdown
    assert pictures.insert(markdown, PAGE).count("<svg") == 1


@pytest.mark.parametrize(("old", "new", "message"), [
    ("push.py", "nowhere.py", "docs/routes/page.md:3: the picture ../pictures/nowhere.py is not there"),
    ("![Bars.]", "![ ]", "docs/routes/page.md:3: the picture ../pictures/push.py needs a description"),
    ("What to\nsee.\n", "", "docs/routes/page.md:3: the picture ../pictures/push.py needs a description"),
])
def test_a_picture_without_program_description_or_caption_stops_the_build(old, new, message):
    with pytest.raises(PluginError, match=re.escape(message)):
        pictures.ask(ASKED.replace(old, new), page(ASKED.replace(old, new)))


@pytest.mark.parametrize("asked, name", [
    ("Text ![Bars.](pictures/push.py) here.", "push.py"),
    ("![Bars.](pictures/my push.py)\nWhat to see.", "my push.py"),
    ("![Bars.](pictures/my%20push.py)\nWhat to see.", "my push.py"),
    ("Before.\n![Bars.](pictures/push.py)\nWhat to see.", "push.py"),
    ("![Bars.](pictures\\push.py)\nWhat to see.", "pictures\\push.py"),
])
def test_a_program_where_an_image_would_be_stops_the_build(asked, name):
    there = page(f"Before.\n\n{asked}\n")
    with pytest.raises(PluginError, match=re.escape(f": the picture {name} can't be drawn here: ask for it in a paragraph of its own")):
        pictures.insert(render(pictures.ask(there.file.content_string, there)), there)


def test_a_program_that_fails_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    monkeypatch.setattr(snippets, "__path__", [str(tmp_path / "snippets")])
    (tmp_path / "snippets").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "snippets/planted.py").write_text("a = 1\nb = (", "utf-8")
    (tmp_path / "snippets/raises.py").write_text("def f():\n    return 1 / 0", "utf-8")
    for program, message in [
        ("assert 1 + 1 == 3, 'planted'", ":1: AssertionError: planted"),
        ("a = 1\nb = (", ":2: SyntaxError: '(' was never closed"),
        ("a = 1\nimport snippets.planted", ":2, snippets/planted.py:2: SyntaxError: '(' was never closed"),
        ("from snippets.raises import f\n\n\nf()", ":4, snippets/raises.py:2: ZeroDivisionError: division by zero"),
        ("import matplotlib", ": ValueError: not enough values to unpack"),
        ("import matplotlib.pyplot as plt\nplt.plot([[1, 2, 3], [2, 3, 4]])", ": something is drawn in C2, the colour of logits"),
    ]:
        (tmp_path / "docs/wrong.py").write_text(program, "utf-8")
        with pytest.raises(PluginError, match=rf"\Adocs/wrong\.py{re.escape(message)}(?!.*, line )"):
            pictures.picture(tmp_path / "docs/wrong.py", "")


def test_a_picture_is_drawn_again_when_its_program_or_a_snippet_that_it_imports_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "SNIPPETS", tmp_path)
    texts = {"picture.py": "from snippets.outer import f", "outer.py": "from snippets.inner import g, h", "inner.py": "h = 1", "other.py": "h = 2"}
    states = []
    for changed in ("", *texts):
        for name, text in texts.items():
            (tmp_path / name).write_text(f"{text}\n{'# changed' if name == changed else ''}", "utf-8")
        states.append(pictures.state_of(tmp_path / "picture.py"))
    first, *others, last = states
    assert last == first and len({first, *others}) == 4
