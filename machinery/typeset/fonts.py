"""Cut MathJax's font to the glyphs that the site uses: 300 kB become about 20."""

import base64
import html
import io
import re

from fontTools import subset
from fontTools.ttLib import TTFont

from machinery.seams import broken

MAIN = "mjx-tex-n.woff2"  # of nearly every glyph
FACE = re.compile(r'@font-face /\* (?P<family>\S+) \*/ \{[^}]*url\("\./(?P<file>[^"]+)"\)[^}]*\}\s*')
CLASS = re.compile(r'(?<=[" ])TEX-[A-Z\d]+(?=[" ])')
WITHOUT_GLYPHS = {"MJX-TEX-ZERO", "MJX-BRK"}  # they only take up space, whatever their characters are
NOT_DRAWN = re.compile(r"<mjx-assistive-mml.*?</mjx-assistive-mml>|<[^>]*>", re.DOTALL)
SMALL = 2_000  # bytes. A smaller font is put into the style sheet, because text would move when it arrives later


def cut(css, typeset_html, folder):
    """Return the style sheet with only the faces in use, and the reduced files of these faces."""
    characters = set(html.unescape(NOT_DRAWN.sub("", typeset_html)))
    files = {}
    refuse_unknown_faces(css, typeset_html)

    def face(match):
        family, file = match["family"], match["file"]
        path = folder / file
        if family in WITHOUT_GLYPHS:
            font = cut_font(path)
        elif re.search(rf'class="[^"]*\b{family.removeprefix("MJX-")}\b', typeset_html):
            font = cut_font(path, characters)
        else:
            return ""
        if len(font) <= SMALL:
            data = base64.b64encode(font).decode()
            return match[0].replace(f"./{file}", f"data:font/woff2;base64,{data}")
        files[file] = font
        return match[0]

    return FACE.sub(face, css), files


def refuse_unknown_faces(css, typeset_html):
    faces = {match["family"].removeprefix("MJX-"): match["file"] for match in FACE.finditer(css)}
    if len(faces) != css.count("@font-face") or faces.get("TEX-N") != MAIN:
        raise broken("faces of MathJax", f"its style sheet has these faces: {', '.join(faces) or 'none'}")
    if without := {*CLASS.findall(typeset_html)} - faces.keys():
        raise broken("faces of MathJax", f"glyphs have these classes, but no face: {', '.join(sorted(without))}")


def cut_font(path, characters=None):
    """Return a font with the glyphs of these characters, or with all, and without its texts."""
    font = TTFont(path, recalcTimestamp=False)  # otherwise its hash, and with it every page, would change with each build
    options = subset.Options(layout_features=[], notdef_outline=True, name_IDs=[])  # its licence lies beside it
    options.drop_tables += ["ltag"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap() if characters is None else map(ord, characters))
    subsetter.subset(font)
    font.flavor = "woff2"
    cut_file = io.BytesIO()
    font.save(cut_file)
    return cut_file.getvalue()
