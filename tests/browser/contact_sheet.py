"""Screenshots of every page, light and dark, wide and on a phone, on one sheet to look at.

    python -m tests.browser.contact_sheet sheet.png
    python -m tests.browser.contact_sheet sheet.png --shots FOLDER --only derivation code

The site is built for it, unless `--site` names a folder that holds a build already.
"""

import argparse
import tempfile
from pathlib import Path

import pytest
from PIL import Image  # comes with matplotlib

from machinery.sources import ROOT
from tests.browser.conftest import find_chromium, launched
from tests.browser.server import serve
from tests.built_site import html_pages
from tests.conftest import SITE_URL, run

# Width and height of the window, and the scale of its screenshot on the sheet
WINDOWS = {"wide": (1280, 800, 1 / 4), "phone": (390, 844, 0.3)}
SCHEMES = "light", "dark"
COLUMNS, GAP = 6, 16


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sheet", type=Path, help="the PNG to write, outside the repository")
    parser.add_argument("--site", type=Path, help=f"a site built for {SITE_URL}; by default it is built")
    parser.add_argument("--shots", type=Path, help="a folder for each screenshot in full size")
    parser.add_argument("--only", nargs="+", metavar="PAGE", help="such as: derivation routes/graph")
    arguments = parser.parse_args()
    if arguments.sheet.resolve().is_relative_to(ROOT):
        parser.error(f"{arguments.sheet} is inside the repository: a sheet is to look at, not to keep")
    try:
        find_chromium()
    except (pytest.skip.Exception, pytest.fail.Exception) as missing:
        raise SystemExit(missing.msg) from None
    with tempfile.TemporaryDirectory() as folder:
        site = arguments.site or build(Path(folder) / "site")
        shots = arguments.shots or Path(folder) / "shots"
        pages = {page or "index": page for page in page_names(site)}
        if unknown := set(arguments.only or []) - set(pages):
            parser.error(f"no page {', '.join(sorted(unknown))} in {site}; there are {', '.join(pages)}")
        chosen = [pages[name] for name in arguments.only or pages]
        rows = take(site, chosen, shots)
        arguments.sheet.parent.mkdir(parents=True, exist_ok=True)
        paste(rows).save(arguments.sheet)
    print(f"{len(chosen)} pages, {sum(map(len, rows))} screenshots: {arguments.sheet}")


def build(folder):
    code, output = run(ROOT, "mkdocs", "build", "-d", str(folder))
    if code:
        raise SystemExit(output)
    return folder


def page_names(site):
    names = [path.parent.relative_to(site).as_posix() for path, _ in html_pages(site) if path.name == "index.html"]
    return [("" if name == "." else name) for name in names] + ["404.html"]


def take(site, pages, folder):
    """Photograph each page from top to bottom; return a row of paths for each."""
    rows = {page: [] for page in pages}
    with serve(site) as server, launched(server) as browser:
        for name, (width, height, _) in WINDOWS.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
                )
                tab = context.new_page()
                for page in pages:
                    tab.goto(SITE_URL + page, wait_until="networkidle")
                    tab.evaluate("document.fonts.ready")
                    path = folder / f"{page.replace('/', '-') or 'index'}.{name}.{scheme}.png"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    tab.screenshot(path=path, full_page=True)
                    rows[page].append((path, WINDOWS[name][2]))
                context.close()
    return list(rows.values())


def paste(rows):
    """Lay the rows out in columns, each one in the column that has most room."""
    cells = []
    for row in rows:
        images = []
        for path, part in row:
            with Image.open(path) as shot:
                size = round(shot.width * part), round(shot.height * part)
                images.append(shot.convert("RGB").resize(size, Image.Resampling.LANCZOS))
        cell = Image.new("RGB", (sum(i.width for i in images) + GAP * len(images), max(i.height for i in images)), "gray")
        left = 0
        for image in images:
            cell.paste(image, (left, 0))
            left += image.width + GAP
        cells.append(cell)
    width = max(cell.width for cell in cells) + GAP
    heights = [GAP] * min(COLUMNS, len(cells))
    places = []
    for cell in cells:
        column = heights.index(min(heights))
        places.append((GAP + column * width, heights[column]))
        heights[column] += cell.height + GAP
    sheet = Image.new("RGB", (GAP + width * len(heights), max(heights)), "gray")
    for cell, place in zip(cells, places):
        sheet.paste(cell, place)
    return sheet


if __name__ == "__main__":
    main()
