"""The last step of a build: what is left out of the style sheets, and what has to stay."""

import json
import re

import pytest
from mkdocs.exceptions import PluginError

from machinery import slim, styles
from machinery.pages import DOCS

PAGE = """
<body data-md-color-scheme="slate" class='md-typeset wide'><p id="top" style="color: var(--of-page)">a &lt;b&gt; unused</p>
<input type="radio" disabled><script>if (1<2) don't</script></body>
"""
SCRIPT = 'h("div", {class: "md-result__item"}, `md-tag--${name}`); form.dataset.verdict = "right"; style.setProperty("--of-script", 1)'
NAMES = styles.Names([PAGE], [SCRIPT])


@pytest.mark.parametrize(
    "selector",
    [
        "*", "p", ".md-typeset.wide > p", "#top:hover", ":root", "p::before", "[disabled]", "[type=radio]", 'input[type="radio" i]',
        "[data-md-color-scheme=slate]", '[data-verdict="right"]', ".md-result__item", ".md-tag--new", "p:not(.absent)", ":is(.absent, p)",
        "p:nth-child(2n + 1)", "[class^=md]", "@media print{p", "div + p",
    ],
)  # fmt: skip
def test_a_rule_that_a_page_can_use_stays(selector):
    css = f"{selector}{{color:red;}}" + "}" * selector.count("{")
    assert styles.purge({"site.css": css}, NAMES).replace(" ", "") == css.replace(" ", "")


@pytest.mark.parametrize(
    "selector",
    [
        ".unused", "p .absent", "b", "#absent", "[absent]", "[type=checkbox]", "[data-md-color-scheme=default]", "p > table",
        ":is(.absent, table)", ":where(.absent)", "@media print{.absent", "@supports (x: y){.absent", ".absent:hover",
    ],
)  # fmt: skip
def test_a_rule_that_no_page_can_use_goes(selector):
    css = f"{selector}{{color:red;}}" + "}" * selector.count("{")
    assert styles.purge({"site.css": css}, NAMES) == ""


def test_of_several_selectors_those_in_use_stay():
    assert styles.purge({"site.css": "p, .absent, body :is(b, p) { color: red }"}, NAMES) == "p,body :is(b, p){color:red;}"


def test_custom_properties_in_use_stay():
    css = ":root{--a:var( --b);--b:1;--c:var(--d);--d:2;--of-page:3;--of-script:4;}p{top:var(--a);}"
    assert styles.purge({"site.css": css}, NAMES) == css.replace("--c:var(--d);--d:2;", "")


def test_what_is_not_a_rule_of_selectors_stays():
    css = '@charset "UTF-8";@page{margin:1cm;}@font-face{font-family:X;src:url("x.woff2");}@keyframes k{from{top:0;}}'
    assert styles.purge({"site.css": css}, NAMES) == css


def test_sheets_keep_their_order_and_important_stays_so():
    sheets = {"a.css": "p{top:0 !important}", "b.css": "p{top:1px /* a comment */}"}
    assert styles.purge(sheets, NAMES) == "p{top:0!important;}p{top:1px;}"


def test_a_mistake_in_a_style_sheet_is_named_with_its_line():
    with pytest.raises(PluginError, match=r"^stylesheets/site.css:2: "):
        styles.purge({"stylesheets/site.css": "p { top: 0 }\np { top }\n"}, NAMES)


@pytest.fixture
def built(tmp_path):
    files = {
        "index.html": '<link rel="stylesheet" href="assets/stylesheets/main.1.css">\n  <link rel="stylesheet" href="stylesheets/site.css">\n'
        "<pre>\n  a\n\n  b</pre>\n\n      <p>\n        a b</p>",
        "page/index.html": '<link rel="stylesheet" href="../assets/stylesheets/main.1.css"><link rel="stylesheet" href="../stylesheets/site.css"><i>',
        "404.html": '<link rel="stylesheet" href="/x/assets/stylesheets/main.1.css"><link rel="stylesheet" href="/x/stylesheets/site.css">',
        "assets/stylesheets/main.1.css": "p{top:0}b{top:0}",
        "stylesheets/site.css": 'p{background:url(a.png),url("data:b"),url("/c.png"),url("#d")}i{top:0}.scripted{top:0}',
        "javascripts/a.js": 'classList.add("scripted")',
        "search/search_index.json": '{"config": {"lang": ["en"]}, "docs": [1]}',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    slim.slim(tmp_path)
    return tmp_path


def test_each_page_links_one_style_sheet_made_for_all(built):
    [sheet] = (built / "assets/stylesheets").glob("site.*.css")
    assert sheet.read_text("utf-8") == (
        'p{top:0;}p{background:url("../../stylesheets/a.png"),url("data:b"),url("/c.png"),url("#d");}i{top:0;}.scripted{top:0;}'
    )
    for page, root in [("index.html", ""), ("page/index.html", "../"), ("404.html", "/x/")]:
        assert (built / page).read_text("utf-8").startswith(f'<link rel="stylesheet" href="{root}assets/stylesheets/{sheet.name}">')
        assert (built / page).read_text("utf-8").count("<link") == 1


def test_space_goes_except_where_it_is_shown(built):
    assert (built / "index.html").read_text("utf-8").endswith("<pre>\n  a\n\n  b</pre>\n<p>\na b</p>")


def test_code_that_loses_its_elements_looks_as_before():
    assert slim.PLAIN_CODE.sub(r"\1", '<span class="n">x</span> <span class="o">=</span> <span class="k">a</span>') == 'x = <span class="k">a</span>'
    css = (DOCS / "stylesheets/site.css").read_text("utf-8")
    for kind in ("name", "operator", "punctuation"):
        assert re.findall(rf"--md-code-hl-{kind}-color: (.*);", css) == re.findall(r"--md-code-fg-color: (.*);", css)
    assert not re.search(r"\.highlight[^{]*\.[nopw]\b", css)


def test_the_search_index_is_empty_until_it_is_asked_for(built):
    index = {name: json.loads((built / f"search/{name}_index.json").read_text("utf-8")) for name in ("search", "full")}
    assert index == {"search": {"config": {"lang": ["en"]}, "docs": []}, "full": {"config": {"lang": ["en"]}, "docs": [1]}}
