"""The equations of all pages, evaluated in each build: a wrong one stops it."""

from mkdocs.exceptions import PluginError

from machinery import equations


def evaluate(files):
    """Return the report of each page, by its path in `docs/`."""
    return equations.check_site({file.src_uri: file.content_string for file in files})


def tell(pages, reports):
    """Give each page the line at its foot that says what was evaluated."""
    for page in pages:
        report = reports[page.file.src_uri]
        page.meta |= {"equations": report.summary, "equalities": len(report.claims)}


def refuse(reports):
    if wrong := [f"docs/{message}" for report in reports.values() for message in report.messages]:
        raise PluginError("\n".join(["these equations can't be published", *wrong]))
