"""What the site adds to the pages of MkDocs."""

from dataclasses import dataclass

from machinery.equations import PageReport


@dataclass
class PageData:
    """What the hooks find out about a page once all pages are rendered, and what they make from it.

    It is the only attribute that the hooks set on a page of MkDocs: `page.added`. Templates read it too.
    """

    report: PageReport  # of its equations
    counts: dict  # how many words, formulas and blocks there are to read, and the minutes that this takes
    legend: str = ""  # the fold that explains the symbols of the page
    content: str = ""  # the page with typeset formulas; `page.content` has them as plain text, for the search

    @property
    def formulas(self):
        """The formulas of the page, in order: those that were evaluated, and the same that are typeset."""
        return [formula for formula in self.report.page.formulas if formula.html]
