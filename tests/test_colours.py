"""The palette: text is legible, colour-blind readers can tell the colours apart, and each colour has one meaning."""

import itertools
import re

import numpy as np
import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import PluginError

from machinery.sources import DOCS
from machinery.typeset import mathjax, symbols
from tests import built_site

CSS = (DOCS / "stylesheets/site.css").read_text("utf-8")
SCHEMES = "[data-md-color-scheme]", '[data-md-color-scheme="slate"]'

# How a colour is seen by someone who lacks one kind of cone, in linear RGB: Machado, Oliveira and Fernandes,
# A Physiologically-based Model for Simulation of Color Vision Deficiency, 2009.
VISION = {
    "all cones": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
# Oklab, in which distances are about as large as they look: Ottosson, 2020.
TO_LMS = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]])
TO_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]])
# Black and white are 1 apart. Okabe and Ito's blue, vermilion, green and purple, darkened for text, are less than
# 0.05 apart for some readers: see test_a_poor_palette_is_noticed.
FAR_APART = 0.12


def palette(css, scheme):
    blocks = [re.search(rf"{re.escape(selector)} {{\s+--logits(.*?)}}", css, re.DOTALL)[0] for selector in (SCHEMES[0], scheme)]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6}|var\(--\w+\));", "".join(blocks)))
    return {name: colours.get(colour[6:-1], colour) for name, colour in colours.items()}


def linear(colour):
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    low, high = sorted(linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def seen(colour, vision):
    return TO_LAB @ np.cbrt(TO_LMS @ np.clip(VISION[vision] @ linear(colour), 0, 1))


def too_close(colours):
    """Return the pairs of colours that some readers can't tell apart."""
    return [
        (vision, one, other)
        for vision in VISION
        for one, other in itertools.combinations(colours, 2)
        if np.linalg.norm(seen(colours[one], vision) - seen(colours[other], vision)) < FAR_APART
    ]


def hard_to_read(colours):
    """Return the pairs of text and background below the contrast that WCAG asks of text, 4.5 : 1."""
    pairs = itertools.product([*symbols.ROLES, "ink", "muted"], ["paper", "surface"])
    pairs = [*pairs, ("ink", "mark"), ("ink", "added"), ("ink", "removed"), ("on-header", "header"), ("accent", "paper")]
    return [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_legible(scheme):
    assert hard_to_read(palette(CSS, scheme)) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_four_colours_and_the_ink_are_told_apart_by_everyone(scheme):
    colours = palette(CSS, scheme)
    assert too_close({name: colours[name] for name in (*symbols.ROLES, "ink")}) == []


def test_contrast_and_colour_vision_agree_with_known_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # just fails, as is well known
    np.testing.assert_allclose(seen("#ffffff", "all cones"), [1, 0, 0], atol=1e-6)
    for matrix in VISION.values():
        np.testing.assert_allclose(np.sum(matrix, axis=1), 1, atol=2e-6)  # grey is seen as grey


def test_a_poor_palette_is_noticed():
    darkened = {"blue": "#0068a5", "vermilion": "#b04c00", "green": "#00795a", "purple": "#9c4a7d"}
    assert ("deuteranopia", "green", "purple") in too_close(darkened)
    assert ("tritanopia", "blue", "green") in too_close(darkened)
    pale = palette(CSS, SCHEMES[0]) | {"labels": "#b76ee0"}
    assert hard_to_read(pale) == [("labels", "paper"), ("labels", "surface")]


def test_the_dark_scheme_is_not_printed():
    assert re.search(r"@media screen {[^{]*" + re.escape(SCHEMES[1]) + r" {\s+--logits", CSS)


def test_formulas_have_the_height_of_the_text():
    adjust = float(re.search(r"\.md-content__inner {[^}]*font-size-adjust: ([\d.]+)", CSS)[1])
    size = float(re.search(r'mjx-container\[jax="CHTML"\] {[^}]*font-size: ([\d.]+)em', CSS)[1])
    assert size * 0.431 == pytest.approx(adjust, abs=5e-4)  # 0.431 em: the x of Computer Modern


@pytest.fixture(scope="module")
def notation(site):
    return built_site.page(site, "notation")


def test_each_symbol_has_the_colour_of_its_row_in_the_notation(notation):
    cells = notation.select("td[class]")
    assert {cell["class"][0] for cell in cells} == set(symbols.ROLES)
    for cell in cells:
        symbol = cell.select_one("mjx-math [class]:not(mjx-c)")
        assert symbol and symbol["class"] == cell["class"], cell.select_one("mjx-container")["data-tex"]


TYPESET = {
    r"z_i - m": ["logits"],
    r"\mathbf s^\top Z_{ni}": ["probabilities", "logits"],
    r"e^{z_i} S(\mathbf z)": ["logits", "logits"],
    r"\frac{\partial L}{\partial z_i} = s_i - y_i": ["gradient", "probabilities", "labels"],
    r"\frac{\partial \bar L}{\partial Z}": ["gradient"],
    r"\frac{\partial L}{\partial \mathbf s} \frac{\partial \mathbf s}{\partial \mathbf z}": ["probabilities", "probabilities", "logits"],
    r"\hat{\mathbf y} - y_i": ["labels"],
    r"\frac{\partial \bar L}{\partial W} = X^\top A + \text{size}": [],
}


def test_letters_with_a_role_are_typeset_in_its_colour(site):
    roles = {"z": "logits", "Z": "logits", "s": "probabilities", "y": "labels"}
    formulas = [(tex, True) for tex in TYPESET]
    for formula, expected in zip(mathjax.ask(formulas, roles)["formulas"], TYPESET.values()):
        typeset = BeautifulSoup(formula["html"], "html.parser").select_one("mjx-math")
        assert [tag["class"][0] for tag in typeset.select("[class]:not(mjx-c)")] == expected, formula["html"]


def test_letters_that_mean_something_else_have_no_colour(site):
    page = built_site.page(site, "notation")
    coloured = "mjx-container :is({})".format(", ".join(f".{role}" for role in symbols.ROLES))
    assert page.select(".other-symbols mjx-container") and page.select(coloured)
    assert not page.select(f".other-symbols {coloured}")


def test_plots_have_the_colours_of_the_page(site):
    plots = [plot for _, page in built_site.html_pages(site) for plot in page.select("figure.plot svg")]
    used = set().union(*(re.findall(r"var\(--\w+\)|currentColor|#0102\w+", str(plot)) for plot in plots))
    assert {"currentColor", "var(--gradient)"} <= used
    assert used <= {"currentColor", "var(--muted)", *(f"var(--{role})" for role in symbols.ROLES)}


def test_a_page_has_a_legend_of_the_symbols_that_it_uses(site):
    def legend(page):
        html = built_site.page(site, page)
        fold = html.select_one("details.symbols")
        return fold and ([row.select_one("[data-tex]")["data-tex"] for row in fold.select("tbody tr")], [key.get_text() for key in fold.select(".key")])

    names, key = legend("derivation")
    assert key == list(symbols.ROLES)
    assert {r"\mathbf z \in \mathbb R^k", r"\mathbf y", "k", r"\frac{\partial \mathbf s}{\partial \mathbf z}"} <= set(names)
    assert not {"Z", "W", "N", "T", r"\bar L"} & set(names)
    names, _ = legend("network")
    assert {"W", "X", r"\mathbf b", r"\frac{\partial \bar L}{\partial Z}"} <= set(names)
    assert legend("") is None and legend("exercises") is None


def test_a_role_without_a_colour_stops_the_build():
    row = '<tr>\n<td style="text-align: left;"{}><span class="arithmatex">\\(\\mathbf z\\)</span></td>\n<td>scores</td>\n<td>a row</td>\n</tr>'
    assert symbols.roles(symbols.read(row.format(' class="logits"'))) == {"z": "logits"}
    assert symbols.roles(symbols.read(row.format(""))) == {}
    with pytest.raises(PluginError, match=r"docs/notation\.md: {: \.logit } is not one of logits, "):
        symbols.read(row.format(' class="logit"'))


SYMBOL_IN = [
    (r"\mathbf z", r"e^{z_i}", True), (r"\mathbf z", r"\mathbf{z}", True), (r"\mathbf z", r"\mathbf s", False),
    (r"\bar L", r"\bar L", True), ("L", r"\bar L", False), ("L", r"-L + 1", True), ("L", r"\log x", False),
    ("d", r"\mathrm d x", False), ("d", r"X_{nd}", True), ("i", r"\mathbf e_i", True), (r"\log", r"\log s_c", True),
    ("w_n", r"w_n L_n", True), ("w_n", r"w", False), ("s", r"\operatorname{softmax}", False),
    (r"\frac{\partial L}{\partial \mathbf z}", r"\frac{\partial L}{\partial z_i}", True),
    (r"\frac{\partial L}{\partial \mathbf z}", r"\frac{\partial s_c}{\partial z_i}", False),
]


@pytest.mark.parametrize("name, tex, found", SYMBOL_IN)
def test_a_symbol_is_found_where_it_occurs(name, tex, found):
    assert symbols.Symbol((name,), None, ()).is_in(symbols.spaced(tex)) == found
