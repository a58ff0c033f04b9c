"""What the site adds to the pages of MkDocs."""

from dataclasses import dataclass

from machinery.equations import PageReport


@dataclass
class Additions:
    """What is found out about a page when all pages are rendered, and what is made of that.

    It is the only attribute of ours on a page of MkDocs: `page.added`, for templates too.
    """

    report: PageReport  # of its equations
    counts: dict  # what there is to read, and the minutes that it takes
    legend: str = ""  # the fold with the symbols of the page
    content: str = ""  # the page with typeset formulas, where `page.content` has plain text for the search

    @property
    def formulas(self):
        """The formulas of the page, in order: those that were evaluated, and the same that are typeset."""
        return [formula for formula in self.report.page.formulas if formula.html]
