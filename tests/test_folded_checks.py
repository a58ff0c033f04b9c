"""The checks of the input are folded in what a page shows, and nothing else is."""

from bs4 import BeautifulSoup

from machinery.content.folded_checks import fold
from machinery.sources import renderer

BLOCK = """```python
import numpy as np


--8<-- "loss_and_gradient.py:loss_and_gradient"


print(loss_and_gradient([[1.0, 2.0]], [0]))
```"""


def test_the_fold_has_all_checks_and_only_these():
    plain = renderer().reset().convert(BLOCK)
    page = BeautifulSoup(fold(plain), "html.parser")
    (door,), (checks,) = page.select(".checks-door"), page.select(".checks")
    assert [line.split("(")[0] for line in checks.get_text().split("\n") if line.startswith(("def", "print"))] == [
        "def checked", "def as_labels", "def as_floats",
    ]
    door.decompose()
    assert page.get_text() == BeautifulSoup(plain, "html.parser").get_text()


def test_other_code_is_not_folded():
    plain = renderer().reset().convert("```python\ndef unchecked(z):\n    return checked(z)\n```")
    assert fold(plain) == plain
