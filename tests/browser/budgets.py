"""What a page costs its readers: bytes, requests, and what moves while it loads, the same on every machine.

test_budgets.py has the pages; clock.py measures times.
"""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Error

from tests.browser.server import packed
from tests.browser.tab import DRAWN, page_id
from tests.conftest import SITE_URL

PLOT = re.compile(r'<figure class="(?:plot|picture).*?</figure>', re.DOTALL)
NUMBERS = re.compile(r'<details class="numbers.*?</details>', re.DOTALL)
NAVIGATION = re.compile(r'<div class="md-sidebar md-sidebar--primary".*?(?=<div class="md-sidebar md-sidebar--secondary")', re.DOTALL)
LATE = re.compile(r"\.(?:js|woff2|png|jpg|svg|webp)(?:\?|$)")
PATIENCE = 5_000  # ms for what takes 200

# Bytes as they are sent, compressed, without the plots, the numbers below equations, and the navigation: in all, the page alone
# (what instant navigation fetches), and what every page loads. The numbers and the navigation have budgets of their own:
# a new page costs each of the others a line in it, and may need glyphs that no page had; room for both is left.
BUDGET = {"all": 130_200, "page": 19_200, "shared": 111_000, "numbers": 9_500, "navigation": 2_000}
SHIFT = 0.02

OBSERVE = """
window.seen = { shift: 0, moved: [], tasks: [], glyphs: [] }
function observe(type, note) {
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true })
}
observe("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.text = entry.startTime })
observe("layout-shift", (entry) => {
  seen.shift += entry.value
  for (const { node } of entry.sources) if (node) seen.moved.push((node.outerHTML || node.data).trim().slice(0, 80))
})
"""


@dataclass
class Weight:
    """What was sent for a page: bytes by address, and how many requests before the text and the formulas were drawn."""

    page: str
    plots: int  # bytes of the page that are plots
    numbers: int  # bytes of the page that are numbers below equations
    navigation: int  # and those that lead to all pages
    sent: dict = field(default_factory=dict)
    at_text: int = 0
    at_math: int = 0
    shift: float = 0.0
    moved: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    def bytes(self, requests=None):
        return sum(list(self.sent.values())[:requests])

    def row(self):
        """Return the table's row: requests and bytes until the text, the formulas, in all; the page alone; shift."""
        counts = [(self.at_text, self.bytes(self.at_text)), (self.at_math, self.bytes(self.at_math)), (len(self.sent), self.bytes())]
        own = [self.sent[self.page], self.plots, self.numbers, self.navigation]
        return [page_id(self.page), *(number for pair in counts for number in pair), *own, round(self.shift, 4)]

    def over_budget(self):
        aside = self.plots + self.numbers + self.navigation
        whole, own = self.bytes() - aside, self.sent[self.page] - aside
        parts = ", ".join(f"{name or 'the page'} {size}" for name, size in sorted(self.sent.items(), key=lambda sent: -sent[1]))
        found = [
            f"{name}: {size} bytes, {BUDGET[name]} are allowed: {parts}"
            for name, size in {"all": whole, "page": own, "shared": whole - own, "numbers": self.numbers, "navigation": self.navigation}.items()
            if size > BUDGET[name]
        ]
        if self.shift > SHIFT:
            found.append(f"shift: {self.shift:.4f}, {SHIFT} is allowed; moved: {'; '.join(self.moved)}")
        return found + self.problems


def weigh(tab, page, html):
    """Load a page without a cache, with fonts, pictures and scripts as late as possible.

    They are held back until the text is drawn; then the fonts follow, then the rest. Therefore
    bytes, requests and shift do not depend on the machine. `html` is the page's source.
    """
    weight = Weight(page, *(compressed(html) - compressed(part.sub("", html)) for part in (PLOT, NUMBERS, NAVIGATION)))
    waiting = set()

    def asked(request):
        waiting.add(request)

    def ended(request):
        waiting.discard(request)

    def answered(response):
        ended(response.request)
        weight.sent[response.url.removeprefix(SITE_URL)] = int(response.headers["content-length"])

    tab.on("request", asked)
    tab.on("response", answered)
    tab.on("requestfailed", ended)
    late = {"font": Gate(), "other": Gate()}
    tab.route(LATE, lambda route: late["font" if route.request.resource_type == "font" else "other"].arrive(route))
    try:
        tab.goto(SITE_URL + page, wait_until="commit")
        try:
            tab.wait_for_function("window.seen?.text", timeout=PATIENCE)
        except Error:
            weight.problems.append(f"no text is drawn without {late['other'].names()}")
            late["other"].open()
        weight.at_text = len(weight.sent)
        late["font"].open()
        tab.evaluate(DRAWN)
        weight.at_math = len(weight.sent)
        late["other"].open()
        tab.wait_for_load_state("load")
        while waiting:
            tab.wait_for_timeout(10)
        tab.evaluate(DRAWN)
        weight.shift, weight.moved = tab.evaluate("[seen.shift, seen.moved]")
    finally:
        tab.unroute_all()
        tab.remove_listener("request", asked)
        tab.remove_listener("response", answered)
        tab.remove_listener("requestfailed", ended)
    return weight


def compressed(text):
    return len(packed(text.encode()))


class Gate:
    """Holds requests back until it is opened."""

    def __init__(self):
        self.waiting = []

    def arrive(self, route):
        if self.waiting is None:
            route.continue_()
        else:
            self.waiting.append(route)

    def open(self):
        waiting, self.waiting = self.waiting, None
        for route in waiting or []:
            route.continue_()

    def names(self):
        return ", ".join(route.request.url.removeprefix(SITE_URL) for route in self.waiting)


HEAD = ["page", "requests, text", "bytes", "formulas", "bytes", "in all", "bytes", "page alone", "of it plots", "numbers", "navigation", "shift"]


def table(head, rows):
    widths = [max(len(f"{cell}") for cell in column) for column in zip(head, *rows)]
    return "\n".join("  ".join(f"{cell!s:{'<' if at == 0 else '>'}{width}}" for at, (cell, width) in enumerate(zip(row, widths))) for row in [head, *rows])
