"""The checks of a program's input, folded away below the mathematics that a page shows.

A block runs alone, so it has to contain the functions of `snippets/checks.py`, but readers come for the function above them.
A checkbox unfolds the checks without a script, and copying takes them along: Material sets `data-md-copying` while its
button copies, and `copy.js` does the same for what is selected by hand.
"""

import re

from machinery.includes import SECTION
from machinery.sources import SNIPPETS

NAMES = "|".join(SECTION.findall((SNIPPETS / "checks.py").read_text("utf-8")))
HEAD = rf'<span class="k">def</span>(?:<span class="w">)? (?:</span>)?<span class="nf">(?:{NAMES})</span>'
# From the first of these functions to the next unindented line that does not begin another one.
CHECKS = re.compile(rf'^{HEAD}.*?(?=^(?!{HEAD}|<span class="w">)\S)', re.MULTILINE | re.DOTALL)
DEFINED = re.compile(r'<span class="nf">(\w+)</span>')
FOLD = '<label class="checks-door"><input type="checkbox">{}: the checks of the input</label><span class="checks">{}</span>'


def fold(html):
    return CHECKS.sub(folded, html) if re.search(HEAD, html) else html


def folded(checks):
    code = checks[0].rstrip("\n")
    return FOLD.format(", ".join(DEFINED.findall(code)), code) + checks[0][len(code) :]  # the empty lines stay outside, between the parts that are shown
