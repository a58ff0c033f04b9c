"""The places where the site depends on what libraries do, but do not promise: the table in seams.md beside this file.

When a library changes at such a seam, the build stops with a sentence that names it, or a test
fails and says so below its traceback.
"""

from dataclasses import dataclass
from pathlib import Path

from mkdocs.exceptions import PluginError

BUILD = "the build stops"


@dataclass(frozen=True)
class Seam:
    file: str
    leans_on: str
    otherwise: str  # what would happen if the change went unnoticed
    told_by: str  # BUILD, or the test that fails


def read():
    """Return the seams by their names, as the table of seams.md lists them."""
    text = (Path(__file__).parent / "seams.md").read_text("utf-8")
    rows = [row.strip("| ").split(" | ") for row in text.rpartition("| --- |\n")[2].splitlines()]
    return {name: Seam(file.strip("`"), *others) for name, file, *others in rows}


SEAMS = read()


def broken(name, found):
    """Return the error that stops a build at a seam, where something else was found than what it leans on."""
    return PluginError(f"the seam {name!r} is broken: {found}\n{described(name)}")


def described(name):
    """Return which file depends on what at a seam, and what would happen without the check."""
    seam = SEAMS[name]
    return f"{seam.file} leans on {seam.leans_on}.\nOtherwise {seam.otherwise}. All seams are listed in machinery/seams.md."


def replaced(text, name, old, new):
    """Return text with `old` replaced: a filter for templates, which stops the build if there is nothing to replace."""
    if old not in text:
        raise broken(name, f"Material's template does not contain {old!r} here")
    return text.replace(old, new)
