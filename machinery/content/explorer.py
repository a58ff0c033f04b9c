"""The explorer of the home page as it looks before its script runs, with numbers from the snippets."""

from snippets.cross_entropy import cross_entropy
from snippets.gradient import gradient
from snippets.softmax import softmax

PLACE = "<!-- the explorer -->"
SCRIPT = "javascripts/explorer.js"
LOGITS, LABEL = [1.0, 2.0, 3.0], 1  # the example of the derivation

SLIDER = """\
<div><label for="z{n}">{z}</label>
<input type="range" id="z{n}" aria-label="Logit z {n}" min="-5" max="5" step="0.1" value="{value}" disabled>
<span class="value">{shown}</span>
<label><input type="radio" name="class" value="{i}"{checked} disabled> class {n}</label></div>"""
BARS = '<div class="bars {role}" role="group" aria-label="{name}">{bars}<span class="name">{symbol}</span></div>'
BAR = '<span class="bar{negative}" style="--value: {value:.4f}"><span>{shown}</span></span>'

WHOLE = """\
<form class="explorer" data-search-exclude autocomplete="off" aria-label="Explorer">
<fieldset><legend>The logits, and the true class</legend>
{sliders}
</fieldset>
<div class="difference">{s}<span>−</span>{y}<span>=</span>{gradient}</div>
<p><!-- not a claim: the number follows the sliders -->{loss_symbol} = <output>{loss}</output><span class="loss" style="--value: {loss}"></span></p>
<p class="buttons"><button type="button" disabled>A step downhill</button> <button type="reset" disabled>Back to the start</button>
<noscript>Without JavaScript, nothing moves here.</noscript></p>
</form>"""


def insert(html, script):
    """Put the explorer, and the address of its script, into a page that has a place for it."""
    return html.replace(PLACE, f'{explorer()}\n<script src="{script}" defer></script>') if PLACE in html else html


def explorer():
    s = softmax(LOGITS)
    y = [float(i == LABEL) for i in range(len(LOGITS))]
    sliders = [
        SLIDER.format(n=i + 1, i=i, z=math(f"z_{i + 1}"), value=z, shown=f"{z:.1f}", checked=" checked" * (i == LABEL))
        for i, z in enumerate(LOGITS)
    ]
    return WHOLE.format(
        sliders="\n".join(sliders),
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
