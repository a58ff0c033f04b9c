"""Old addresses of pages, each of which leads to a new one: to the anchor that a reader asks for, or to the one in `mkdocs.yml`."""

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from machinery.content.dropped import is_dropped
from machinery.sources import ROOT, lines

PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>This page has moved</title>
<link rel="canonical" href="{page}{anchor}">
<script>location.replace("{page}" + (location.hash || "{anchor}"))</script>
<meta http-equiv="refresh" content="0; url={page}{anchor}">
<p>This page <a href="{page}{anchor}">has moved</a>.</p>
"""


def add(files, config):
    """Add a page for each old address, and stop the build if another page has it, or if it leads nowhere."""
    pages, wrong = {file.url: file.src_uri for file in files.documentation_pages()}, []
    for old, new in (config.extra.get("old_addresses") or {}).items():
        name, mark, anchor = new.partition("#")
        here, target = File(old, "", "", config.use_directory_urls), files.get_file_from_path(name)
        if here.url in pages:
            wrong.append(f"{place_of(old)}: docs/{pages[here.url]} has this old address: delete the line, or rename the page")
        elif not target:
            wrong.append(f"{place_of(old)}: there is no docs/{name} for this old address to lead to")
        elif not is_dropped(name, config):
            content = PAGE.format(page=target.url_relative_to(here), anchor=mark + anchor)
            files.append(File.generated(config, here.dest_uri, content=content))
    if wrong:
        raise PluginError("\n".join(wrong))


def place_of(old):
    return next((place for place, line in lines(ROOT / "mkdocs.yml") if line.strip().startswith(f"{old}:")), "mkdocs.yml")
