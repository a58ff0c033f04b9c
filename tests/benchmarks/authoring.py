"""How long an author waits: from saving a file to new text being served by `mkdocs serve`.

Each site is a copy of this one with N notebooks that run, each with two plots. Edits take turns: of a page, of the longest
derivation, of a snippet that a page and a notebook show, and of that notebook's text and code. Medians and the spread are printed.
"""

import json
import statistics
import tempfile
from pathlib import Path

from tests.books import notebook_of
from tests.conftest import Copy, run
from tests.serving import running

CELL = """\
#| fig-alt: A line through two points.
import matplotlib.pyplot as plt
from snippets.{module} import f
print(f(), {code})
for _ in range(2):
    plt.plot([1, 2])
    plt.show()"""


SNIPPET = """\
# --8<-- [start:f]
def f():
    return f"printed {{{number}}}"
# --8<-- [end:f]
"""


KINDS = "page", "derivation", "snippet", "its output", "notebook's text", "notebook's code"


def write_notebook(copy, name, module, text, code=1000):
    copy.write(f"docs/{name}.ipynb", notebook_of(("markdown", f"# {name}\n\nText {text}."), ("code", CELL.format(module=module, code=code)), description="A"))


def site_with(folder, count):
    """Return a copy of the site in which `count` notebooks run; its own have their text, but no code."""
    copy = Copy(folder, site=None, run=run)
    for path in (copy.root / "docs").rglob("*.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
        path.write_text(json.dumps(notebook), "utf-8")
    for name in ("edited", "other"):
        copy.write(f"snippets/{name}.py", SNIPPET.format(number=1000))
    copy.append("docs/exercises.md", '\n```python\n--8<-- "edited.py:f"\n```\n\nMark 1000.\n')
    copy.append("docs/derivation.md", "\nMark 1000.\n")
    names = [f"book{number}" for number in range(count)]
    for name in names:
        write_notebook(copy, name, "other" if name != "book0" else "edited", 0)
    copy.replace("mkdocs.yml", "nav:\n", "nav:\n" + "".join(f"  - {name}: {name}.ipynb\n" for name in names))
    # The home page stays first.
    text = (copy.root / "mkdocs.yml").read_text("utf-8")
    copy.write("mkdocs.yml", text.replace("  - Home: index.md\n", "").replace("nav:\n", "nav:\n  - Home: index.md\n", 1))
    return copy


def measure(count, rounds):
    """Return the seconds of the cold start, and lists for each kind of edit."""
    with tempfile.TemporaryDirectory() as folder:
        copy = site_with(Path(folder) / "copy", count)
        with running(copy.root, patience=300, pause=0.02) as wait_for:
            waits = {"start": [wait_for("printed 1000", "book0/")]} | {kind: [] for kind in KINDS}
            for number in range(1001, 1001 + rounds):
                for kind, page in (("page", "exercises"), ("derivation", "derivation")):
                    copy.replace(f"docs/{page}.md", f"Mark {number - 1}.", f"Mark {number}.")
                    waits[kind].append(wait_for(f"Mark {number}", f"{page}/"))
                copy.write("snippets/edited.py", SNIPPET.format(number=number))
                waits["snippet"].append(wait_for(f">{number}<", "exercises/"))
                waits["its output"].append(waits["snippet"][-1] + wait_for(f"printed {number}", "book0/"))
                write_notebook(copy, "book0", "edited", number, number - 1)
                waits["notebook's text"].append(wait_for(f"Text {number}", "book0/"))
                write_notebook(copy, "book0", "edited", number, number)
                waits["notebook's code"].append(wait_for(f"printed {number} {number}", "book0/"))
    return waits


def main(counts=(1, 3, 10, 20), rounds=5):
    print("Seconds from saving to being served: median (smallest to largest)")
    print(f"| Notebooks | start | {' | '.join(KINDS)} |\n|{'---|' * (len(KINDS) + 2)}")
    for count in counts:
        waits = measure(count, rounds)
        cells = [f"{statistics.median(of):.2f} ({min(of):.2f}–{max(of):.2f})" for of in waits.values()]
        print(f"| {count} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
