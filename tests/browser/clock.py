"""How long a page takes on a slow phone, as a table.

    python -m tests.browser.clock
    python -m tests.browser.clock --site FOLDER --runs 5 --only derivation code

The browser's cache is empty, the processor four times slower than it is, and the network has
1.6 Mbit/s and takes 150 ms to answer. Times are in ms, medians of a few runs, and depend on the
machine and what else runs on it: no test asks for them. The site is built, unless `--site` names a build.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from tests.browser.budgets import OBSERVE, table
from tests.browser.conftest import launched
from tests.browser.contact_sheet import build, page_names
from tests.browser.server import serve
from tests.conftest import SITE_URL

HEAD = ["page", "first text", "formulas", "largest", "shift", "long tasks", "longest", "blocked"]
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
# "Formulas" is when the last glyph of the first screen is drawn or, if it has none, when the text is. A glyph that
# the theme's script moves into a box is drawn and reported a second time.
TIMES = """
observe("largest-contentful-paint", (entry) => { seen.largest = entry.startTime })
observe("longtask", (entry) => { seen.tasks.push(entry.duration) })
const told = new WeakSet()
observe("element", ({ element, intersectionRect, renderTime }) => {
  if (element && intersectionRect.width && !told.has(element)) seen.glyphs.push(renderTime)
  if (element) told.add(element)
})
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node.localName === "mjx-c") node.setAttribute("elementtiming", "glyph")
}).observe(document, { subtree: true, childList: true })
"""


def clock(browser, page, runs):
    """Return the row of a page in the table of times, in ms: medians."""
    rows = []
    for _ in range(runs):
        tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        tab.add_init_script(OBSERVE + TIMES)
        cdp = tab.context.new_cdp_session(tab)
        cdp.send("Network.enable")
        cdp.send("Network.emulateNetworkConditions", NETWORK)
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        tab.goto(SITE_URL + page, wait_until="networkidle")
        tab.wait_for_function("seen.text && seen.largest")  # a busy machine may report them late
        seen = tab.evaluate("seen")
        tasks = seen["tasks"]
        blocked = sum(task - 50 for task in tasks)  # what Lighthouse calls total blocking time
        rows.append([seen["text"], max(seen["glyphs"], default=seen["text"]), seen["largest"], seen["shift"], len(tasks), max(tasks, default=0), blocked])
        tab.context.close()
    medians = [statistics.median(column) for column in zip(*rows)]
    return [page or "home", *(round(value, 4 if name == "shift" else None) for name, value in zip(HEAD[1:], medians))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", type=Path, help="a built site; by default it is built")
    parser.add_argument("--runs", type=int, default=3, help="how many runs the medians are of")
    parser.add_argument("--only", nargs="+", metavar="PAGE", help="such as: derivation routes/graph")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = arguments.site or build(Path(folder) / "site")
        pages = [f"{page}/".lstrip("/") for page in arguments.only or page_names(site) if page != "404.html"]
        with serve(site) as server, launched(server) as browser:
            rows = [clock(browser, page, arguments.runs) for page in pages]
    print(table(HEAD, rows))


if __name__ == "__main__":
    main()
