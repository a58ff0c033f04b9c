"""The pages of the site as their authors wrote them, and the code that they show."""

import functools
import json
from pathlib import Path

import markdown
from mkdocs.config import load_config

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SNIPPETS = ROOT / "snippets"


@functools.cache
def renderer():
    """Return Python-Markdown with the extensions and options of mkdocs.yml."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.plugins.on_config(config)
    return markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def expand_includes(text):
    """Return text with its `--8<--` lines replaced, by the same code as in the build."""
    return "\n".join(renderer().preprocessors["snippet"].run(text.split("\n")))


def markdown_pages():
    return [*sorted(DOCS.rglob("*.md")), ROOT / "README.md"]


def notebooks():
    return sorted(path for path in DOCS.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)


def texts():
    """Return the text of each page of the site, by its path in `docs/`."""
    pages = [*sorted(DOCS.rglob("*.md")), *notebooks()]
    return {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in pages}


def locate(path, text):
    """Return where a text stands, as `docs/page.md:12` or `docs/book.ipynb, cell 3`.

    Only the text's first line is looked for: inside a list or a note, the others are
    indented in the file.
    """
    path = Path(path)
    first_line = text.strip().partition("\n")[0]
    name = path.relative_to(ROOT).as_posix()
    if path.suffix == ".ipynb":
        cells = json.loads(path.read_text("utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
        found = next((n for n, source in enumerate(sources, start=1) if first_line in source), None)
        return f"{name}, cell {found}" if found else name
    source = path.read_text("utf-8")
    position = source.find(first_line)
    return f"{name}:{source.count(chr(10), 0, position) + 1}" if position >= 0 else name
