"""Remove white space, comments in scripts, and mark-up of code that make no visible difference."""

import re

SPACE = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)|\n\s+", re.DOTALL)
# Names, operators, punctuation and space in code have the colour of all code: see site.css.
PLAIN_CODE = re.compile(r'<span class="(?:n|o|p|w)">([^<]*)</span>')
COMMENTS = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)  # on lines of their own


def write(site):
    for path in site.rglob("*.html"):
        path.write_text(smaller(path.read_text("utf-8")), "utf-8")
    for path in site.glob("javascripts/*.js"):
        path.write_text(smaller_script(path.read_text("utf-8")), "utf-8")


def smaller(page):
    page = SPACE.sub(lambda found: found[1] or "\n", page)
    return PLAIN_CODE.sub(r"\1", page)


def smaller_script(script):
    return COMMENTS.sub("", script)
