"""Take the pictures at the top of the README: the home page, light and dark.

    python -m tests.browser.picture
"""

import io
import tempfile
from pathlib import Path

from PIL import Image  # comes with matplotlib

from machinery.sources import ROOT
from tests.browser.conftest import launched
from tests.browser.contact_sheet import SCHEMES, build
from tests.browser.server import serve
from tests.conftest import SITE_URL


def main():
    with tempfile.TemporaryDirectory() as folder, serve(build(Path(folder) / "site")) as server, launched(server) as browser:
        for scheme in SCHEMES:
            tab = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
            tab.goto(SITE_URL, wait_until="networkidle")
            tab.evaluate("document.fonts.ready")
            shot = Image.open(io.BytesIO(tab.screenshot()))
            shot.save(ROOT / ".github" / f"home-{scheme}.webp", quality=85, method=6)


if __name__ == "__main__":
    main()
