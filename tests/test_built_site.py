"""The built site, as a browser will find it."""

import re

import pytest

from machinery.sources import DOCS, ROOT, notebooks
from tests import built_site
from tests.conftest import SITE_URL


def test_links_and_anchors_lead_somewhere(site):
    assert built_site.dead_links(site, SITE_URL) == []


def test_nothing_is_asked_of_another_host(site):
    assert built_site.requests_to_other_hosts(site) == []


def test_no_math_is_left_raw(site):
    assert built_site.raw_math(site) == []


def test_formulas_have_numbers_and_mathml(site):
    assert built_site.formulas_without_number_or_mathml(site) == []


def test_plots_are_described(site):
    assert built_site.plots_without_description(site) == []


def test_descriptions_of_plots_say_what_they_show(site):
    assert built_site.empty_descriptions(site) == []


def test_pages_have_language_titles_descriptions_addresses_headings_in_order_and_landmarks(site):
    assert built_site.faults_of_the_document(site, SITE_URL) == []


def test_no_page_loads_a_script_for_math(site):
    scripts = [tag["src"] for _, page in built_site.html_pages(site) for tag in page.select("script[src]")]
    assert scripts and not any("mathjax" in source.lower() for source in scripts)


def test_a_script_of_few_pages_is_loaded_there_alone(site):
    home, derivation = "index.html", "derivation/index.html"
    for script, only in [("explorer.js", {home, derivation}), ("numbers.js", {derivation}), ("paste.js", {"is-mine-right/index.html"}),
                         ("cells.js", {f"{path.relative_to(DOCS).with_suffix('').as_posix()}/index.html" for path in notebooks()})]:
        assert {path.relative_to(site).as_posix() for path in site.rglob("*.html") if script in path.read_text("utf-8")} == only, script


def test_pages_with_math_have_the_style_sheet_and_its_fonts(site):
    page = built_site.page(site, "derivation")
    [link] = page.select("link[rel=stylesheet][href*='assets/math/']")
    style = site / "derivation" / link["href"]
    fonts = re.findall(r'url\("([^"]+\.woff2)"\)', style.read_text("utf-8"))
    assert fonts and all((style.parent / font).is_file() for font in fonts)
    preloaded = site / "derivation" / page.select_one('link[rel="preload"][as="font"]')["href"]
    assert preloaded.resolve() in [(style.parent / font).resolve() for font in fonts]
    assert "Apache License" in (preloaded.parent / "LICENSE").read_text("utf-8")


def test_a_formula_in_a_heading_is_typeset_in_the_contents_and_readable_in_the_search(site):
    page = built_site.page(site, "derivation")
    entry = page.select_one('.md-nav--secondary a[href="#chain-rule"]')
    assert entry.select_one("mjx-container")["data-tex"] == "s_c"
    assert "The chain rule, through s_c alone" in (site / "search/full_index.json").read_text("utf-8")


@pytest.mark.parametrize(("page", "text"), [
    ("derivation/", "Numbers at"), ("derivation/", "Symbols on this page"), ("", "A step downhill"), ("", "Back to the start"),
])
def test_what_nobody_looks_for_is_in_no_search_result(site, page, text):
    assert text in (site / page / "index.html").read_text("utf-8")
    assert text not in (site / "search/full_index.json").read_text("utf-8")


def test_the_notebook_page_is_as_light_as_the_others(site):
    page = built_site.page(site, "gradient-check")
    plots_and_formulas = page.select("figure.plot, mjx-container")
    assert len(str(page).encode()) - sum(len(str(tag).encode()) for tag in plots_and_formulas) < 60_000


def test_the_readme_links_to_what_is_there():
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", readme) if ":" not in target]
    assert targets and all((ROOT / target).exists() for target in targets), targets
