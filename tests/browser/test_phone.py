"""The table of notations on a phone: each line says what the heading of its column would."""

import pytest

LINES = """() => {
  const table = document.querySelector(".by-column table")
  const heads = [...table.querySelectorAll("th")].slice(1).map((head) => head.textContent)
  const lines = [...table.querySelectorAll("tbody tr:first-child td")].slice(1)
  return lines.map((line, i) => [heads[i], getComputedStyle(line, "::before").content.replaceAll('"', "")])
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_a_line_is_named_as_its_column_is(tab, width):
    tab.resize(width)
    tab.go("notations/")
    lines = tab.page.evaluate(LINES)
    assert len(lines) == 6
    assert [(head, name) for head, name in lines if width == 390 and not (name and head.startswith(name)) or width == 1280 and name != "none"] == []
