"""The equations of all pages, evaluated at the end of a build: a wrong one stops it."""

from pathlib import Path

from mkdocs.exceptions import PluginError

from machinery import equations


def find(pages):
    """Give each page the line at its foot that says what was evaluated; return what is wrong."""
    sources = {page.file.src_uri: Path(page.file.abs_src_path).read_text("utf-8") for page in pages}
    reports = equations.check_site(sources)
    for page in pages:
        report = reports[page.file.src_uri]
        page.meta |= {"equations": report.summary, "equalities": len(report.claims)}
    return [f"docs/{message}" for report in reports.values() for message in report.messages]


def refuse(wrong):
    if wrong:
        raise PluginError("\n".join(["these equations can't be published", *wrong]))
