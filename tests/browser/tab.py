"""A tab that remembers what went wrong in it, and checks of the page that it shows.

Each check returns a list of its findings, which should be empty.
"""

import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from machinery.sources import texts
from tests.built_site import RAW_MATH
from tests.conftest import SITE_URL

HEIGHTS = {1280: 800, 390: 844}  # of a laptop's window and a phone's
WINDOW = {"width": 1280, "height": HEIGHTS[1280]}
MISSING = "no/such/page/"
# The groups of axe's rules that this site follows
STANDARDS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
AXE = Axe().axe_script + 'axe.configure({ rules: [{ id: "color-contrast", selector: "[data-kind]" }] })'  # see AXE_RUN
ORIGIN = SITE_URL.removesuffix(urlsplit(SITE_URL).path)


def addresses():
    """Return the address of each page, relative to the site's, and that of a missing page."""
    names = [re.sub(r"\.(md|ipynb)$", "/", name) for name in texts()]
    return sorted(re.sub(r"(^|/)index/$", r"\1", name) for name in names) + [MISSING]


PAGES = [page for page in addresses() if page != MISSING]


def page_id(page):
    return {"": "home", MISSING: "404"}.get(page) or page.strip("/").replace("/", "-")


def source(site, page):
    """Return the HTML of a page in the folder of a built site."""
    return (site / ("404.html" if page == MISSING else f"{page}index.html")).read_text("utf-8")


class Tab:
    def __init__(self, context, scripts=True):
        self.page = context.new_page()
        self.cdp = context.new_cdp_session(self.page)
        self.scripts = scripts
        self.problems = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", lambda request: self.problems.append(f"failed request: {request.url}"))
        self.page.on("response", self._response)

    def leave(self):
        """Leave the page, and undo what a test has set: routes, scheme, size of the window."""
        self.page.unroute_all()
        self.page.goto("about:blank")
        self.cdp.send("Storage.clearDataForOrigin", {"origin": ORIGIN, "storageTypes": "local_storage"})
        self.page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
        self.resize(WINDOW["width"])
        self.problems.clear()

    def go(self, page):
        self.page.goto(SITE_URL + page)
        self.settle()

    def resize(self, width):
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})

    def appear(self, scheme, width):
        self.page.emulate_media(media="screen")
        self.resize(width)
        name = {"light": "default", "dark": "slate"}[scheme]
        assert self.page.evaluate(TURN, name) == name
        self.settle()

    def unfold(self, everything=True):
        """Open all folds, or close them again; wait for what they fetch."""
        if self.page.evaluate(UNFOLD, everything):
            if everything and self.scripts and self.page.url.startswith(SITE_URL):
                self.page.wait_for_function("!document.querySelector('.brought:not([data-fetched]) a[download]')")
            self.settle()

    def settle(self):
        """Wait until the page has been drawn with its fonts, and end all animations."""
        if self.scripts:
            self.page.evaluate(DRAWN)
        else:  # without scripts, no promise is ever fulfilled
            while self.page.evaluate("document.body.offsetHeight && document.fonts.status") != "loaded":
                pass

    # A page that is missing on purpose is no failure.

    def _console(self, message):
        expected = message.location.get("url", "").endswith(MISSING)
        if message.type in ("error", "warning") and not expected:
            self.problems.append(f"console {message.type}: {message.text}")

    def _request(self, request):
        if not request.url.startswith((SITE_URL, "data:", "blob:", "file:")):
            self.problems.append(f"request to another host: {request.url}")

    def _response(self, response):
        if response.status >= 400 and not response.url.endswith(MISSING):
            self.problems.append(f"failed request: {response.status} {response.url}")

    # Checks

    def raw_tex(self):
        seen = self.page.evaluate(TEXTS)
        return [f"raw TeX: {text.strip()[:80]}" for text in seen if RAW_MATH.search(text)]

    def overflow(self):
        return [f"wider than the window: {element}" for element in self.page.evaluate(OVERFLOW)]

    def covered(self):
        return [f"two controls lie on each other: {both}" for both in self.page.evaluate(COVERED)]

    def violations(self):
        """Return what axe-core finds."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(AXE_RUN, {"runOnly": STANDARDS, "resultTypes": ["violations"]})
        return [
            f"axe {violation['id']}: {node['html'][:100]}: {node['failureSummary'].splitlines()[-1].strip()}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def math(self):
        """Return each glyph of a formula that is not drawn, or not in MathJax's own fonts.

        It looks at one glyph for each character and font.
        """
        expected = self.page.evaluate("document.querySelectorAll('article mjx-container').length")
        probes = self.page.evaluate(PROBES)
        if expected and not probes:
            return ["no formula is drawn"]
        self.cdp.send("DOM.enable")
        self.cdp.send("CSS.enable")
        root = self.cdp.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        nodes = self.cdp.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-probe]"})["nodeIds"]
        assert len(nodes) == len(probes)
        found = []
        for node, glyph in zip(nodes, probes):
            fonts = self.cdp.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            if not fonts or not all(font["isCustomFont"] for font in fonts):
                names = ", ".join(font["familyName"] for font in fonts) or "no font"
                found.append(f"formula: {glyph} is drawn in {names}")
        self.cdp.send("CSS.disable")
        self.cdp.send("DOM.disable")
        return found


# A task that a frame's callback starts runs after that frame has been drawn.
DRAWN = """document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
  for (const moving of document.getAnimations()) moving.finish()
  done()
}))))"""

UNFOLD = """(open) => {
  const others = [...document.querySelectorAll("details")].filter((details) => details.open !== open)
  for (const details of others) details.open = open
  return others.length
}"""

# Press the button that switches the scheme, at most twice: from the system's to light, and from light to dark.
TURN = """(name) => {
  for (const _ of [1, 2])
    if (document.body.dataset.mdColorScheme !== name)
      [...document.querySelectorAll("label.md-header__button[for^=__palette]")].find((label) => label.checkVisibility()).click()
  return document.body.dataset.mdColorScheme
}"""

TEXTS = r"""() => {
  const texts = [document.title]
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest("pre, code, script, style, textarea")) texts.push(walker.currentNode.data)
  for (const name of ["title", "alt", "aria-label", "placeholder"])
    for (const element of document.querySelectorAll(`[${name}]`)) texts.push(element.getAttribute(name))
  return texts
}"""

# Whatever reaches beyond the right edge, unless it is inside a box that scrolls.
OVERFLOW = r"""() => {
  const width = document.documentElement.clientWidth
  const scrolls = (element) => element && element !== document.body && element !== document.documentElement &&
    (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement))
  const beyond = [...document.querySelectorAll("main *")].filter((element) =>
    element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement))
  const outermost = beyond.filter((element) => !beyond.includes(element.parentElement))
  const names = outermost.map((element) => element.outerHTML.slice(0, 100))
  return names.length || document.documentElement.scrollWidth <= width ? names : ["the page"]
}"""

COVERED = r"""() => [...document.querySelectorAll("article form")].flatMap((form) => {
  const controls = [...form.querySelectorAll("label, button, input, textarea")].filter((control) => !control.parentElement.closest("label"))
  const boxes = controls.map((control) => [control, control.getBoundingClientRect()]).filter(([, box]) => box.width)
  return boxes.flatMap(([one, a], i) => boxes.slice(i + 1).flatMap(([other, b]) =>
    one.contains(other) || Math.min(a.right, b.right) - Math.max(a.left, b.left) < 1 || Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) < 1
      ? [] : [`${one.outerHTML.slice(0, 80)} and ${other.outerHTML.slice(0, 80)}`]))
})"""

# axe spends most of its time on the contrast of each text and on the many elements of each formula. Therefore the contrast
# is checked for one text of each kind: same colour, large or not, same backgrounds. All formulas without such a text are
# replaced by empty boxes of their size, and their MathML by plain text, until axe is done.
AXE_RUN = r"""async (options) => {
  const kinds = new Set(), beneath = new Map()
  for (const element of document.querySelectorAll("body, body *")) {
    const style = getComputedStyle(element)
    const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.position].join()
    const below = beneath.get(element.parentElement) ?? ""
    beneath.set(element, own === "rgba(0, 0, 0, 0),none,1,static" ? below : `${below};${own}`)
    element.removeAttribute("data-kind")
    if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue
    if (!element.checkVisibility()) continue
    const size = parseFloat(style.fontSize), large = size >= 24 || (style.fontWeight >= 700 && size >= 18.66)
    const kind = [style.color, large, beneath.get(element)].join()
    if (!kinds.has(kind)) element.setAttribute("data-kind", "")
    kinds.add(kind)
  }
  const parts = [...document.querySelectorAll("mjx-container:not(:has([data-kind])) :is(mjx-math, mjx-assistive-mml)")]
  const kept = parts.map((part) => [part, part.getAttribute("style"), [...part.childNodes], part.getBoundingClientRect()])
  for (const [part, , , { width, height }] of kept)
    if (part.localName === "mjx-math") {
      part.style = `display: inline-block; width: ${width}px; height: ${height}px`
      part.replaceChildren()
    } else part.replaceChildren(part.textContent)
  try {
    return await axe.run(options)
  } finally {
    for (const [part, style, nodes] of kept) {
      part.replaceChildren(...nodes)
      style === null ? part.removeAttribute("style") : part.setAttribute("style", style)
    }
  }
}"""

# Mark one glyph for each character and font, and return their characters.
PROBES = r"""() => {
  for (const old of document.querySelectorAll("[data-probe]")) old.removeAttribute("data-probe")
  const kinds = new Map()
  for (const glyph of document.querySelectorAll("article mjx-c")) {
    if (!glyph.textContent.trim() || !glyph.checkVisibility()) continue
    const font = getComputedStyle(glyph).fontFamily
    kinds.set(`${glyph.textContent} ${font}`, kinds.get(`${glyph.textContent} ${font}`) || glyph)
  }
  for (const glyph of kinds.values()) glyph.setAttribute("data-probe", "")
  return [...document.querySelectorAll("[data-probe]")].map((glyph) => glyph.textContent)
}"""
