"""What must hold in the built site. Each check returns its findings, an empty list at best."""

import functools
import re
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Comment

RAW_MATH = re.compile(r"\\\(|\\\[|\\begin\{|\\frac|\\mathbf|\$\$")
# Elements whose address the browser asks for by itself, unlike that of a link.
LOADED = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
    "embed": "src", "object": "data", "link": "href", "use": "href", "image": "href",
}  # fmt: skip
NOT_LOADED = {"canonical", "prev", "next", "alternate"}  # kinds of <link> that only tell
NOT_PROSE = ["pre", "code", "script", "style"]


def html_pages(site):
    """Return each page's path and its parsed HTML, which is shared: leave it as it is."""
    return [(path, parse(path.read_text("utf-8"))) for path in sorted(site.rglob("*.html"))]


@functools.cache
def parse(html):
    return BeautifulSoup(html, "html.parser")


def dead_links(site, site_url):
    """Return each link to a file or an anchor that is not in the site."""
    pages = dict(html_pages(site))
    anchors = {path: {tag["id"] for tag in page.find_all(id=True)} for path, page in pages.items()}
    found = []
    for path, page in pages.items():
        own_url = site_url if path.name == "404.html" else urljoin(site_url, path.relative_to(site).as_posix())
        for tag, address in links(page):
            url = urlsplit(urljoin(own_url, address))
            if not url.geturl().startswith(site_url):
                continue
            target = site / unquote(url.path.removeprefix(urlsplit(site_url).path))
            target = target / "index.html" if target.is_dir() else target
            fragment = unquote(url.fragment)
            if not target.is_file():
                found.append(f"{path.relative_to(site)}: {address} is not there")
            elif fragment and not fragment.startswith("__") and fragment not in anchors.get(target, ()):
                found.append(f"{path.relative_to(site)}: {address} has no such anchor")
    return found


def links(page):
    for tag in page.find_all(["a", *LOADED]):
        if address := tag.get("href" if tag.name == "a" else LOADED[tag.name]):
            yield tag, address


def requests_to_other_hosts(site):
    """Return whatever a browser would ask another host for: scripts, styles, fonts, images."""
    found = []
    for path, page in html_pages(site):
        asked = [
            tag.get(LOADED[tag.name], "")
            for tag in page.find_all(list(LOADED))
            if not NOT_LOADED.intersection(tag.get("rel", []))
        ]
        asked += [part.split()[0] for tag in page.find_all(srcset=True) for part in tag["srcset"].split(",")]
        asked += [url for tag in page.find_all("style") for url in css_requests(tag.get_text())]
        asked += [url for tag in page.find_all(style=True) for url in css_requests(tag["style"])]
        asked += [tag["xlink:href"] for tag in page.find_all(attrs={"xlink:href": True})]
        if page.select(".mermaid"):
            asked.append("//unpkg.com, by the theme, for a Mermaid diagram")
        found += [f"{path.relative_to(site)}: {url}" for url in asked if is_other_host(url)]
    for path in sorted(site.rglob("*.css")) + sorted(site.rglob("*.svg")):
        urls = css_requests(path.read_text("utf-8"))
        found += [f"{path.relative_to(site)}: {url}" for url in urls if is_other_host(url)]
    return found


def css_requests(css):
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return [
        url
        for found in re.findall(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", css)
        for url in found
        if url
    ]


def is_other_host(url):
    return bool(re.match(r"(?:\w+:)?//", url.strip()))


def raw_math(site):
    """Return each piece of text that shows TeX, titles and the search index included."""
    found = []
    for path, page in html_pages(site):
        texts = [(text, text) for text in page.find_all(string=RAW_MATH) if not isinstance(text, Comment)]
        texts += [
            (tag, tag[name])
            for name in ("content", "title", "aria-label", "alt")
            for tag in page.find_all(attrs={name: RAW_MATH})
        ]
        found += [f"{path.relative_to(site)}: {text[:80]}" for place, text in texts if not place.find_parent(NOT_PROSE)]
    index = re.sub(r"<code>.*?</code>", "", (site / "search/full_index.json").read_text("utf-8"))
    found += [f"search index: {match[0]}" for match in RAW_MATH.finditer(index.replace("\\\\", "\\"))]
    return found


def formulas_without_number_or_mathml(site):
    found = []
    for path, page in html_pages(site):
        for formula in page.find_all("mjx-container"):
            if not formula.find("math"):
                found.append(f"{path.relative_to(site)}: no MathML in {formula['data-tex']}")
            if formula.has_attr("display") and not formula.find_parent(class_="equation"):
                found.append(f"{path.relative_to(site)}: no number at {formula['data-tex']}")
    return found


def plots_without_description(site):
    return [
        str(path.relative_to(site))
        for path, page in html_pages(site)
        for image in page.select("figure.plot svg, article img")
        if len(image.get("aria-label") or image.get("alt") or "") < 40
    ]


def faults_of_the_document(site, site_url):
    """Return what search engines and screen readers would miss: language, titles, order of headings, landmarks."""
    found, titles = [], {}
    for path, page in html_pages(site):
        name = path.relative_to(site).as_posix()
        title = page.title.get_text(strip=True) if page.title else ""
        description = page.select_one('meta[name="description"]')
        canonical = page.select_one('link[rel="canonical"]')
        levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
        steps = [f"h{low} is followed by h{high}" for low, high in zip(levels, levels[1:]) if high > low + 1]
        landmarks = {selector: len(page.select(selector)) for selector in ("header.md-header", "main", "footer", "article")}
        own_url = urljoin(site_url, name.removesuffix("index.html"))
        faults = {
            "no language": page.html.get("lang") != "en",
            "no title": not title,
            f"the title of {titles.get(title)}": title in titles,
            "no description of its own": not 50 <= len(description["content"] if description else "") <= 300,
            "no canonical address, or another's": path.name != "404.html" and (not canonical or canonical["href"] != own_url),
            f"{levels.count(1)} headings of the first level": levels.count(1) != 1,
            **dict.fromkeys(steps, True),
            **{f"{count} of {selector}": count != 1 for selector, count in landmarks.items()},
        }
        titles[title] = name
        found += [f"{name}: {fault}" for fault, there in faults.items() if there]
    return found


# What a description that says nothing begins with, or is all of.
EMPTY_WORDS = re.compile(r"(?:an? )?(?:image|picture|plot|figure|graph|chart)(?: of)?\b|.*\.(?:png|svg)$", re.IGNORECASE)


def empty_descriptions(site):
    """Return the descriptions of plots that name the picture, not what it shows, or that two plots share."""
    found, seen = [], set()
    for path, page in html_pages(site):
        for image in page.select("figure.plot svg, article img"):
            text = image.get("aria-label") or image.get("alt") or ""
            if EMPTY_WORDS.match(text) or len(text.split()) < 8 or text in seen:
                found.append(f"{path.relative_to(site)}: {text}")
            seen.add(text)
    return found
