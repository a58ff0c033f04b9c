"""The explorer of the home page: its script, run in Node.js, agrees with the snippets, and with what the page shows before it runs."""

import numpy as np
import pytest

from machinery.content import explorer
from machinery.sources import DOCS
from snippets.cross_entropy import cross_entropy
from snippets.gradient import gradient
from snippets.softmax import softmax
from tests import built_site

SOURCE = (DOCS / "javascripts/explorer.js").read_text("utf-8")
SIDES = np.arange(-5, 5.1, 2.5)  # of the sliders' range
CASES = [([a, b, c], label) for a in SIDES for b in SIDES for c in SIDES for label in range(3)]
CASES += [(z.tolist(), i % 3) for i, z in enumerate(np.random.default_rng(0).uniform(-5, 5, size=(30, 3)).round(1))]


def differences(source):
    """Return the cases in which the script and the snippets differ by more than rounding.

    Each of the four exponentials and logarithms, the sum and the quotient is within a few units in
    the last place of a number of at most 10, the range of the sliders: 32 units are enough.
    """
    bound = 32 * np.finfo(float).eps * 10
    found = []
    for (z, label), given in zip(CASES, explorer.run(source, "data.map((args) => explore(...args))", CASES)):
        expected = {"s": softmax(z), "y": np.eye(3)[label], "gradient": gradient(z, label), "loss": cross_entropy(z, label)}
        found += [(name, z, label) for name in expected if not np.allclose(given[name], expected[name], rtol=0, atol=bound)]
    return found


def test_the_script_agrees_with_the_snippets():
    assert differences(SOURCE) == []


@pytest.mark.parametrize(
    "right, wrong, names",
    [
        ("entry - y[i]", "entry + y[i]", {"gradient"}),
        ("entry - y[i]", "y[i] - entry", {"gradient"}),
        ("i === c ? 1 : 0", "i === c + 1 ? 1 : 0", {"y", "gradient"}),
        ("Math.log(total) - (z[c] - largest)", "Math.log(total) - z[c]", {"loss"}),
        ("entry / total", "entry / (total + 1e-12)", {"s", "gradient"}),
    ],
)
def test_a_wrong_script_is_noticed(right, wrong, names):
    assert SOURCE.count(right) == 1
    assert {name for name, _, _ in differences(SOURCE.replace(right, wrong))} == names


def test_the_page_shows_the_same_numbers_before_and_after_the_script_runs(site):
    page = built_site.page(site, "")
    form = page.select_one("form.explorer")
    values = {role: [bar.get_text() for bar in form.select(f".{role} .bar")] for role in ("probabilities", "labels", "gradient")}
    negative = [("negative" in bar["class"]) for bar in form.select(".gradient .bar")]
    loss = form.output.get_text()

    now = explorer.run(SOURCE, "explore(...data)", [explorer.LOGITS, explorer.LABEL])
    texts = explorer.run(
        SOURCE, "[...data.numbers.map((row) => row.map((x) => shown(x, 2))), shown(data.loss, 4)]",
        {"numbers": [now["s"], now["y"], now["gradient"]], "loss": now["loss"]},
    )
    assert [values["probabilities"], values["labels"], values["gradient"], loss] == texts
    assert values["gradient"] == ["0.09", "−0.76", "0.67"] and negative == [False, True, False]
    assert [slider["value"] for slider in form.select("[type=range]")] == ["1.0", "2.0", "3.0"]
    assert form.select_one("[type=radio][checked]")["value"] == str(explorer.LABEL)


def test_numbers_are_shown_with_a_minus_sign_and_no_minus_zero():
    assert explorer.run(SOURCE, "data.map((x) => shown(x, 2))", [-0.756, -0.001, 0, 0.5]) == ["−0.76", "0.00", "0.00", "0.50"]


def test_each_control_has_a_name(site):
    form = built_site.page(site, "").select_one("form.explorer")
    assert all(slider["aria-label"] for slider in form.select("[type=range]"))
    assert all(radio.find_parent("label").get_text(strip=True) for radio in form.select("[type=radio]"))
    assert all(group["aria-label"] for group in form.select("[role=group]"))
