"""What must hold in the built site. Each check returns a list of its findings, which should be empty."""

import functools
import re
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Comment

RAW_MATH = re.compile(r"\\\(|\\\[|\\begin\{|\\frac|\\mathbf|\$\$")
# Elements whose address the browser fetches at once, unlike that of a link.
LOADED = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
    "embed": "src", "object": "data", "link": "href", "use": "href", "image": "href",
}
NOT_LOADED = {"canonical", "prev", "next", "alternate"}  # kinds of <link> that the browser does not fetch
NOT_PROSE = ["pre", "code", "script", "style"]


def html_pages(site, redirects=False):
    """Return each page's path and its parsed HTML, which is shared, so don't change it.

    Old addresses that only redirect are not pages for readers, but their links are checked, too.
    """
    pages = [(path, parse(path.read_text("utf-8"))) for path in sorted(site.rglob("*.html"))]
    return [(path, page) for path, page in pages if redirects or not page.select_one("meta[http-equiv=refresh]")]


def page(site, address):
    """Return the parsed HTML of the page at an address relative to the site's. It is shared, too, so don't change it."""
    return parse((site / address / "index.html").read_text("utf-8"))


@functools.cache
def parse(html):
    return BeautifulSoup(html, "html.parser")


def once_a_page(find):
    """Remember what is found in a page. `parse` returns the same object for a page that several sites contain."""
    known = {}

    @functools.wraps(find)
    def found(page):
        if id(page) not in known:
            known[id(page)] = find(page), page  # keep the page, so that no other gets its id
        return known[id(page)][0]

    return found


def dead_links(site, site_url):
    """Return each link to a file or an anchor that is not in the site."""
    pages = dict(html_pages(site, redirects=True))
    found = []
    for path, page in pages.items():
        own_url = site_url if path.name == "404.html" else urljoin(site_url, path.relative_to(site).as_posix())
        for address in links(page):
            url = urlsplit(urljoin(own_url, address))
            if not url.geturl().startswith(site_url):
                continue
            target = site / unquote(url.path.removeprefix(urlsplit(site_url).path))
            target = target / "index.html" if target.is_dir() else target
            fragment = unquote(url.fragment)
            if not target.is_file():
                found.append(f"{path.relative_to(site)}: {address} is not there")
            elif fragment and not fragment.startswith("__") and (target not in pages or fragment not in anchors(pages[target])):
                found.append(f"{path.relative_to(site)}: {address} has no such anchor")
    return found


@once_a_page
def links(page):
    tags = page.find_all(["a", *LOADED])
    return [address for tag in tags if (address := tag.get("href" if tag.name == "a" else LOADED[tag.name]))]


@once_a_page
def anchors(page):
    return {tag["id"] for tag in page.find_all(id=True)}


def requests_to_other_hosts(site):
    """Return what a browser would request from another host: scripts, styles, fonts, images."""
    found = []
    for path, page in html_pages(site):
        found += [f"{path.relative_to(site)}: {url}" for url in asked(page) if is_other_host(url)]
    for path in sorted(site.rglob("*.css")) + sorted(site.rglob("*.svg")):
        urls = css_requests(path.read_text("utf-8"))
        found += [f"{path.relative_to(site)}: {url}" for url in urls if is_other_host(url)]
    return found


@once_a_page
def asked(page):
    urls = [tag.get(LOADED[tag.name], "") for tag in page.find_all(list(LOADED)) if not NOT_LOADED.intersection(tag.get("rel", []))]
    urls += [part.split()[0] for tag in page.find_all(srcset=True) for part in tag["srcset"].split(",")]
    urls += [url for tag in page.find_all("style") for url in css_requests(tag.get_text())]
    urls += [url for tag in page.find_all(style=True) for url in css_requests(tag["style"])]
    urls += [tag["xlink:href"] for tag in page.find_all(attrs={"xlink:href": True})]
    if page.select(".mermaid"):
        urls.append("//unpkg.com, by the theme, for a Mermaid diagram")
    return urls


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
        found += [f"{path.relative_to(site)}: {text[:80]}" for text in raw_math_of(page)]
    index = re.sub(r"<code>.*?</code>", "", (site / "search/full_index.json").read_text("utf-8"))
    found += [f"search index: {match[0]}" for match in RAW_MATH.finditer(index.replace("\\\\", "\\"))]
    return found


@once_a_page
def raw_math_of(page):
    texts = [(text, text) for text in page.find_all(string=RAW_MATH) if not isinstance(text, Comment)]
    for name in ("content", "title", "aria-label", "alt"):
        texts += [(tag, tag[name]) for tag in page.find_all(attrs={name: RAW_MATH})]
    return [text for place, text in texts if not place.find_parent(NOT_PROSE)]


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
        f"{path.relative_to(site).as_posix()}: the description of a plot has fewer than 40 characters: {text!r}"
        for path, page in html_pages(site)
        for image in page.select("figure.plot svg, article img")
        if len(text := image.get("aria-label") or image.get("alt") or "") < 40
    ]


def faults_of_the_document(site, site_url):
    """Return what search engines and screen readers would miss: language, titles, order of headings, landmarks."""
    found, titles = [], {}
    for path, page in html_pages(site):
        name = path.relative_to(site).as_posix()
        title, description, canonical, levels, landmarks = head_and_outline(page)
        steps = [f"h{low} is followed by h{high}" for low, high in zip(levels, levels[1:]) if high > low + 1]
        own_url = urljoin(site_url, name.removesuffix("index.html"))
        faults = {
            "no language": page.html.get("lang") != "en",
            "no title": not title,
            f"the title of {titles.get(title)}": title in titles,
            "no description of its own": not 50 <= len(description) <= 300,
            "no canonical address, or another's": path.name != "404.html" and canonical != own_url,
            f"{levels.count(1)} headings of the first level": levels.count(1) != 1,
            **dict.fromkeys(steps, True),
            **{f"{count} of {selector}": count != 1 for selector, count in landmarks.items()},
        }
        titles[title] = name
        found += [f"{name}: {fault}" for fault, there in faults.items() if there]
    return found


@once_a_page
def head_and_outline(page):
    """Return title, description, canonical address, the levels of the headings, and how many landmarks of each kind."""
    description, canonical = page.select_one('meta[name="description"]'), page.select_one('link[rel="canonical"]')
    return (
        page.title.get_text(strip=True) if page.title else "",
        description["content"] if description else "",
        canonical["href"] if canonical else "",
        [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))],
        {selector: len(page.select(selector)) for selector in ("header.md-header", "main", "footer", "article")},
    )


# A description that begins like this, or consists of a file's name, says nothing.
EMPTY_WORDS = re.compile(r"(?:an? )?(?:image|picture|plot|figure|graph|chart)(?: of)?\b|.*\.(?:png|svg)$", re.IGNORECASE)


def empty_descriptions(site):
    """Return the descriptions of plots that name the picture instead of saying what it shows, and those that two plots share."""
    found, seen = [], set()
    for path, page in html_pages(site):
        for image in page.select("figure.plot svg, article img"):
            text = image.get("aria-label") or image.get("alt") or ""
            if EMPTY_WORDS.match(text) or len(text.split()) < 8 or text in seen:
                found.append(f"{path.relative_to(site).as_posix()}: a description says what a plot shows, in eight words or more, and no two share it: {text!r}")
            seen.add(text)
    return found
