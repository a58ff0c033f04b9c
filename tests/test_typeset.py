"""How single formulas are typeset. test_planted_defects.py has the formulas that stop a build."""

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError

from machinery import typeset
from machinery.content.check_equations import source
from machinery.equations import Source, check_page, formulas_of
from machinery.page_data import PageData
from machinery.serve import kept_formulas
from machinery.typeset import mathjax, page_formulas, refused_formulas

CASES = {
    r"\frac{\partial s_c}{\partial z_i}": "∂s_c/∂z_i",
    r"\frac{a + b}{c}": "(a+b)/c",
    r"e^{z_i - m}": "e^(z_i−m)",
    r"L = \log \sum_{j=1}^k e^{z_j}": "L = log ∑_(j=1)^k e^(z_j)",
    r"\sqrt{x}": "√x",
    r"\mathbf s \mathbf s^\top": "ss^⊤",
    r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}": "[1 2; 3 4]",
}


@pytest.fixture(scope="module")
def answer(site):
    # The fixture `site` has installed MathJax.
    formulas = [*((tex, False) for tex in CASES), (r"\class{s}{0.2447} \class{∂z}{1}", False), (r"a_i", True), (r"\frac{1", False)]
    return mathjax.ask(formulas, {"s": "probabilities", "z": "logits"})


def test_plain_text_reads_as_one_line(answer):
    plain = [formula.get("plain") for formula in answer["formulas"]]
    assert plain[: len(CASES)] == list(CASES.values())


def test_html_has_glyphs_mathml_and_the_tex(answer):
    html = answer["formulas"][-2]["html"]
    assert '<mjx-c class="mjx-c1D44E">' in html  # 𝑎
    assert "<math " in html and "<msub><mi>a</mi><mi>i</mi></msub>" in html
    assert 'data-tex="a_i"' in html
    assert "data-latex" not in html and "data-mjx" not in html


def test_numbers_have_the_colours_of_their_letters_and_one_box_for_all_digits(answer):
    html = answer["formulas"][-3]["html"]
    assert '<mjx-mn class="probabilities"><mjx-digits>0.2447</mjx-digits></mjx-mn>' in html and '<mjx-mn class="gradient"' in html
    assert 'data-tex="{0.2447} {1}"' in html  # without \class, so that any TeX understands it


def test_a_mistake_is_an_error_and_not_a_red_text(answer):
    assert answer["formulas"][-1] == {"error": "Missing close brace"}


def test_a_tag_becomes_the_number_of_the_formula_and_is_removed_from_it():
    def read(tag):
        return formulas_of(Source("page.md", f'<div class="arithmatex">\\[\na &lt; b\n{tag}\n\\]</div>'))

    (formula,) = read("\\tag{D4a}")
    assert formula.typeset == ("a < b", True) and formula.number == "D4a"
    assert typeset.anchors([formula, *read("")]) == {"eq-D4a"}


def page_of(name, text):
    return SimpleNamespace(content="", added=PageData(check_page(source(name, text)), {}), title="", toc=[])


def test_numbers_that_can_t_be_typeset_and_a_tag_that_is_taken_are_reported():
    text = "Take \\(k = 2\\), \\(a \\in \\mathbb R\\).\n\n\\[ k^2 = 2 k \\tag{X1} \\]\n\n\\[ a^2 \\ge 0 \\tag{X2} \\]\n"
    both, one = page_of("b.md", text), page_of("a.md", text.partition("\n\n\\[ a")[0])
    results = {key: {"relations": []} for key in page_formulas.keys([both])}
    assert not refused_formulas.find_errors([both], results)
    results[r"\displaystyle 2 \cdot \class{k}{2}", False] = {"error": "Missing close brace"}
    told = refused_formulas.find_errors([one, both], results)
    assert [message.partition(";")[0].split("\n")[0] for message in told] == [
        "a.md:3:4: the number X1 is taken by b.md:3:4",  # whose page has most numbers with an X
        "a.md:3:4: the numbers of this equation: Missing close brace",
        "b.md:3:4: the numbers of this equation: Missing close brace",
    ]


@pytest.mark.parametrize("text", ["\\[ 1 = 1 \\label{X1} \\]\n", "By \\(\\ref{X1}\\).\n", "By \\(\\eqref{X1}\\).\n"])
def test_labels_and_references_of_latex_are_refused_with_what_to_write_instead(text):
    page = page_of("a.md", text)
    (told,) = refused_formulas.find_errors([page], {key: {"relations": []} for key in page_formulas.keys([page])})
    assert ": write \\tag{D3} in place of \\label{...}, and a link in the text, [(D3)](derivation.md#eq-D3), in place of \\eqref{...}\n" in told


def test_the_font_keeps_just_the_glyphs_in_use(site):
    fonts = list((site / "assets/math").glob("*.woff2"))
    whole = sum(path.stat().st_size for path in (mathjax.MODULES / "@mathjax/mathjax-tex-font/chtml/woff2").iterdir())
    assert fonts and sum(path.stat().st_size for path in fonts) < whole / 5
    css = next((site / "assets/math").glob("math.*.css")).read_text("utf-8")
    # Small fonts are part of the style sheet.
    assert len(re.findall("@font-face", css)) == len(fonts) + css.count("data:font/woff2;base64,")


def test_each_package_in_the_lock_has_a_hash_and_another_hash_stops_the_installation(tmp_path, monkeypatch):
    lock = json.loads((mathjax.HERE / "package-lock.json").read_text("utf-8"))
    assert all(package["integrity"].startswith("sha512-") for name, package in lock["packages"].items() if name)

    (tmp_path / "package").mkdir()
    (tmp_path / "package/package.json").write_text('{"name": "a", "version": "1.0.0"}')
    packed = Path(shutil.make_archive(str(tmp_path / "a"), "gztar", tmp_path, "package"))  # a file, so that npm needs no network
    asked, package = {"dependencies": {"a": "file:a.tar.gz"}}, {"version": "1.0.0", "resolved": "file:a.tar.gz"}
    (tmp_path / "package.json").write_text(json.dumps(asked))
    monkeypatch.setattr(mathjax, "HERE", tmp_path)
    monkeypatch.setattr(mathjax, "INSTALLED_LOCK", tmp_path / "node_modules/installed-lock.json")

    def install(digest):
        package["integrity"] = f"sha512-{base64.b64encode(digest).decode()}"
        (tmp_path / "package-lock.json").write_text(json.dumps({"lockfileVersion": 3, "packages": {"": asked, "node_modules/a": package}}))
        mathjax.install()

    install(hashlib.sha512(packed.read_bytes()).digest())
    mathjax.INSTALLED_LOCK.unlink()
    with pytest.raises(PluginError, match="(?s)npm ci .* failed in .*EINTEGRITY"):
        install(bytes(64))
    assert not mathjax.INSTALLED_LOCK.exists()


def test_what_is_installed_is_not_fetched_again(site, monkeypatch):
    monkeypatch.setattr(mathjax, "run", lambda *arguments: pytest.fail("npm was run"))
    mathjax.install()


def test_while_serving_only_new_formulas_are_typeset_and_they_look_the_same(monkeypatch, tmp_path, answer):
    asked, roles = [], {"s": "probabilities", "z": "logits"}

    def ask(formulas, roles, ask=mathjax.ask):
        asked.append(formulas)
        return ask(formulas, roles)

    first, *others = cases = [(tex, False) for tex in CASES]
    whole = mathjax.ask(cases, roles)
    monkeypatch.setattr(mathjax, "CACHE", tmp_path / "math.json")
    monkeypatch.setattr(mathjax, "ask", ask)
    monkeypatch.setattr(kept_formulas, "last", {})
    kept_formulas.typeset_new([first], roles)
    new = kept_formulas.typeset_new(cases, roles)
    assert asked == [[first], others]
    assert new["formulas"] == whole["formulas"] == answer["formulas"][: len(CASES)]
    rules = {rule for rule in kept_formulas.RULE.findall(whole["css"]) if "@font-face" not in rule}
    assert rules - {*kept_formulas.RULE.findall(new["css"])} == set(), "these rules are missing in the style sheet"
    assert new["fonts"] == mathjax.with_fonts(whole)["fonts"]
    assert kept_formulas.typeset_new([first], roles)["formulas"] == whole["formulas"][:1] and len(asked) == 2
