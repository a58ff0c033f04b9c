"""The lock pins every extra that an older pip needs, according to the metadata of the installed packages."""

import re
import tomllib
from importlib.metadata import distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from machinery.sources import ROOT

LOCK = (ROOT / "requirements.txt").read_text("utf-8")


def extras_not_pinned(lock):
    """Return a sentence for each extra that a locked package asks for and the lock leaves out."""
    pinned = {}
    for name, extras in re.findall(r"^([\w.-]+)(?:\[([\w.,-]+)\])?==", lock, re.MULTILINE):
        pinned.setdefault(canonicalize_name(name), set()).update(filter(None, extras.split(",")))
    asked = {dist.name: dist.requires or [] for dist in distributions() if canonicalize_name(dist.name) in pinned}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked["pyproject.toml"] = project["dependency-groups"]["site"] + project["dependency-groups"]["test"]
    return {
        f"{asker} asks for {wanted.name}[{extra}], which the lock pins without it"
        for asker, requirements in asked.items()
        for wanted in map(Requirement, requirements)
        for extra in wanted.extras - pinned.get(canonicalize_name(wanted.name), set())
        # A requirement of one of the asker's own extras counts only if the lock has that extra.
        for own in {"", *pinned.get(canonicalize_name(asker), ())}
        if wanted.marker is None or wanted.marker.evaluate({"extra": own})
    }


def test_every_extra_that_a_package_asks_for_is_pinned():
    # Otherwise a pip older than 24 looks at newer releases of the package, and stops at their missing hash.
    missing = extras_not_pinned(LOCK)
    assert not missing, "compile the lock with the README's line: " + "; ".join(sorted(missing))


def test_a_lock_that_lost_its_extras_is_noticed():
    assert extras_not_pinned(re.sub(r"\[[\w,]+\]==", "==", LOCK)) >= {
        "pytest-cov asks for coverage[toml], which the lock pins without it",
        "pyproject.toml asks for fonttools[woff], which the lock pins without it",
    }
