"""The last step of a build: what it removes from pages, what it delays, and what it keeps."""

import json
import re

import pytest
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from machinery.publish import publish, smaller, smaller_script
from machinery.seams import broken
from machinery.sources import DOCS


def test_white_space_goes_except_where_it_is_shown():
    page = "<body>\n<pre>\n  a\n\n  b</pre>\n\n      <p>\n        a b</p>"
    assert smaller(page) == "<body>\n<pre>\n  a\n\n  b</pre>\n<p>\na b</p>"


def test_code_that_loses_its_elements_looks_as_before():
    code = highlight("x = f(x) if x", PythonLexer(), HtmlFormatter(nowrap=True))
    assert smaller(code) == 'x = f(x) <span class="k">if</span> x\n', broken("classes of code", code)
    css = (DOCS / "stylesheets/site.css").read_text("utf-8")
    for kind in ("name", "operator", "punctuation"):
        assert re.findall(rf"--md-code-hl-{kind}-color: (.*);", css) == re.findall(r"--md-code-fg-color: (.*);", css)
    assert not re.search(r"\.highlight[^{]*\.[nopw]\b", css)


def test_a_script_loses_its_comments_and_no_text():
    assert smaller_script("// why\n\nif (a) {\n  // how\n  b = 'https://c' // d's\n}\n") == "if (a) {\nb = 'https://c'\n}\n"
    code = "\n".join(smaller_script(path.read_text("utf-8")) for path in DOCS.glob("javascripts/*.js"))
    assert [line for line in code.splitlines() if line.count("`") % 2] == [], "a text over several lines would lose its indentation"
    assert [line for line in code.splitlines() if re.sub(r"\\.", "", line).count('"') % 2] == [], "a text with // in it would be cut"


@pytest.mark.parametrize("serving", [False, True])
def test_the_search_index_is_empty_until_it_is_asked_for(tmp_path, serving):
    (tmp_path / "search").mkdir()
    (tmp_path / "search/search_index.json").write_text('{"config": {"lang": ["en"]}, "docs": [1]}', "utf-8")
    publish(tmp_path, serving)
    index = {name: json.loads((tmp_path / f"search/{name}_index.json").read_text("utf-8")) for name in ("search", "full")}
    assert index == {"search": {"config": {"lang": ["en"]}, "docs": []}, "full": {"config": {"lang": ["en"]}, "docs": [1]}}


def test_an_old_address_that_a_page_has_or_that_leads_nowhere_stops_the_build(copy):
    copy.replace("mkdocs.yml", "training.md: network.ipynb", "network.md: cost.ipynb\n    gone.md: nowhere.md")
    line = (copy.root / "mkdocs.yml").read_text("utf-8").splitlines().index("    network.md: cost.ipynb") + 1
    code, output = copy.build()
    assert code != 0 and f"mkdocs.yml:{line}: docs/network.ipynb has this old address" in output, output
    assert f"mkdocs.yml:{line + 1}: there is no docs/nowhere.md for this old address" in output, output
    assert not (copy.root / "site").exists()


# Anchors of old pages that are now parts of others
CITED = {
    "notations": ["symbols", "where-the-weights-stand"], "training": ["the-data-and-the-loop", "the-same-steps-in-pytorch"],
    "network": ["the-batch-once-more", "one-layer-in-front", "in-code", *(f"eq-W{n}" for n in range(1, 5))],
    "routes/differentials": ["eq-F2", "eq-F4"], "variants/reductions": ["eq-R1", "eq-R2"], "variants/temperature": ["eq-T1", "eq-T2", "eq-T3"],
}


@pytest.mark.parametrize("address", CITED)
def test_an_anchor_of_an_old_page_is_on_the_page_that_has_its_text(site, address):
    page = site / address / "index.html"
    if found := re.search(r'rel="canonical" href="([^"#]*)', page.read_text("utf-8")):
        page = page.parent / found[1] / "index.html" if ":" not in found[1] else page
    ids = set(re.findall(r'\bid="([^"]+)"', page.read_text("utf-8")))
    assert set(CITED[address]) <= ids, page
