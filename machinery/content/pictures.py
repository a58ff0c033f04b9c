"""Pictures that a page asks for, drawn while the site builds.

A page writes, in a paragraph of its own,

    ![What there is to see, for those who can't see it.](pictures/push.py)
    The caption, with formulas if need be.

The program draws with Matplotlib and the code of `snippets/`, in the style of the notebooks' plots. The picture becomes an
inline SVG, so that it has the page's colours, light or dark.
"""

import functools
import io
import re
import runpy
import traceback
from pathlib import Path
from urllib.parse import unquote

from mkdocs.exceptions import PluginError

from machinery.content.plots import in_page, unasked_colours
from machinery.sources import ROOT, SNIPPETS, name_of, place_of, text_of, words_of

STYLE = ROOT / "machinery/matplotlibrc"
PICTURE = re.compile(r"(?<=\n\n)!\[(?P<alt>[^\]]*)\]\((?P<program>[\w./-]+\.py)\)\n(?P<caption>(?:\S.*\n?)*)", re.MULTILINE)
FIGURE = '<figure class="picture" markdown="1">\n<!-- picture: {} {} -->\n<figcaption markdown="span">{}</figcaption>\n</figure>\n'
PLACE = re.compile(r"<!-- picture: (?P<program>\S+) (?P<alt>.*?) -->")
NOT_ASKED = re.compile(r'<img [^>]*\bsrc="(?:[^"]*/)?(?P<program>[^"/]+\.py)"')


def ask(markdown, page):
    """Replace each paragraph that asks for a picture by an empty figure with its caption."""

    def place(found):
        here = where(page, found[0].partition("\n")[0])
        if not path_of(found["program"], page).is_file():
            raise PluginError(f"{here}: the picture {found['program']} is not there")
        if not found["alt"].strip() or not found["caption"].strip():
            raise PluginError(
                f"{here}: the picture {found['program']} needs a description in its square brackets, "
                "for those who can't see it, and on the lines below a caption that says what to see"
            )
        return FIGURE.format(found["program"], *(" ".join(found[part].split()) for part in ("alt", "caption")))

    return PICTURE.sub(place, markdown)


def where(page, text):
    """Return the page and, if a text is still as the author wrote it, its line."""
    before, found, _ = page.file.content_string.partition(text)
    return f"docs/{page.file.src_uri}" + (f":{before.count(chr(10)) + 1}" if found else "")


def insert(html, page):
    """Put the pictures into their figures, and refuse a program where an image would be, which no browser can show."""
    if found := NOT_ASKED.search(html):
        name = unquote(found["program"])
        raise PluginError(
            f"{where(page, f'{name})')}: the picture {name} can't be drawn here: ask for it in a paragraph of its own, with its caption on the next line, "
            "by an address with / and without spaces"
        )
    return PLACE.sub(lambda found: picture(path_of(found["program"], page), found["alt"]), html)


def path_of(program, page):
    return (Path(page.file.abs_src_path).parent / program).resolve()


def picture(path, alt):
    try:
        svg = draw(path, state_of(path))
    except Exception as error:
        own = [f"{name_of(path)}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        last = [place for place in [place_of(error)] if place.startswith(("docs/", "snippets/"))]
        places = dict.fromkeys([*own[-1:], *last]) or [name_of(path)]
        raise PluginError(f"{', '.join(places)}: {words_of(error)}") from error
    if wrong := unasked_colours(svg, text_of(path)):
        raise PluginError(f"{name_of(path)}: {wrong[0]}")
    return in_page(svg, alt).replace("<svg ", "<svg data-search-exclude ", 1)  # the search should not find its labels


def state_of(path):
    """Return the contents of all files on which a picture may depend: its program, and the snippets that this and they name."""
    files, contents, snippets = [path], [text_of(STYLE)], {file.stem: file for file in SNIPPETS.glob("*.py")}
    for file in files:  # the loop adds to this list
        contents.append(text_of(file))
        files += [snippets.pop(word) for word in sorted({*re.findall(r"\w+", contents[-1])} & snippets.keys())]
    return tuple(contents)


@functools.lru_cache(maxsize=64)
def draw(path, _):
    """Run a program that draws one figure, and return it as SVG."""
    import matplotlib

    matplotlib.use("svg", force=True)
    import matplotlib.pyplot as plt

    with matplotlib.rc_context(fname=str(STYLE)):
        plt.close("all")
        runpy.run_path(str(path))
        (number,) = plt.get_fignums()
        svg = io.StringIO()
        plt.figure(number).savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        plt.close("all")
    return svg.getvalue()
