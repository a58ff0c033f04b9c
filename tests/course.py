"""Make a course of this repository, as the README says: another name, logo, colours and address, an announcement, ten pages fewer.

    python -m tests.course

It changes `mkdocs.yml` and adds a logo. `test_course.py` builds such a site, and a weekly job runs all tests on one.
"""

import re

from machinery.sources import ROOT

DROPPED = (
    "checked.md", "cost.ipynb", "exercises.md", "frameworks.md", "numbers.ipynb", "questions.md",
    "routes/graph.ipynb", "variants/hessian.md", "variants/neighbours.md", "variants/soft-labels.md",
)
NAME, ANNOUNCEMENT = "Deep learning 101: the softmax", 'Sheet 3 is <a href="https://example.org/sheet-3">due on Friday</a>.'
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"><path d="M0 0h9v4H0z" fill="#fff"/></svg>\n'
ADDRESS = "https://courses.example.org/dl101/softmax/"
VARIABLES = {  # the addresses, as tests and the workflow that publishes the site set them
    r"^site_url: .*": 'site_url: !ENV [SITE_URL, "http://127.0.0.1:8000/"]',
    r"^  report_url: .*": '  report_url: !ENV [REPORT_URL, ""]',
    r"^  colab_url: .*": '  colab_url: !ENV [COLAB_URL, ""]',
}
EXCLUDED = re.compile(r"^exclude_docs:.*\n(?: .*\n)*", re.MULTILINE)
CHANGES = {
    r"^site_name: .*": f"site_name: '{NAME}'",
    r"^site_url: .*": f"site_url: {ADDRESS}",
    r"^  report_url: .*": "  report_url: https://courses.example.org/forum/",
    r"announcement: .*": f"announcement: '{ANNOUNCEMENT}'",
    r"^  (favicon: .*)\n(?:  logo: .*\n)?": r"  \1\n  logo: assets/course.svg\n",
    r"primary: .*": "primary: indigo",
    r"accent: .*": "accent: pink",
    EXCLUDED: "exclude_docs: |\n" + "".join(f"  {name}\n" for name in ("pictures/", *DROPPED)),
}


def change(root, changes):
    path = root / "mkdocs.yml"
    text = path.read_text("utf-8")
    for pattern, new in changes.items():
        text, count = re.subn(pattern, new, text, flags=0 if isinstance(pattern, re.Pattern) else re.MULTILINE)
        assert count, f"mkdocs.yml has no {pattern}"
    path.write_text(text, "utf-8")


def make(root):
    """Turn the repository in a folder into such a course; it may be one already."""
    change(root, CHANGES)
    (root / "docs/assets/course.svg").write_text(LOGO, "utf-8")


def dropped(root):
    """Return the pages that the repository in a folder drops."""
    excluded = EXCLUDED.search((root / "mkdocs.yml").read_text("utf-8"))
    return re.findall(r"\S+\.(?:md|ipynb)\b", excluded[0]) if excluded else []


def is_one(root):
    """Tell whether the site of a folder has dropped pages, or always the same address."""
    return bool(dropped(root)) or "\nsite_url: !ENV [SITE_URL," not in (root / "mkdocs.yml").read_text("utf-8")


def take_back(root):
    """Let the repository in a folder drop no page, and have its addresses from variables; pages that its navigation lacks stay out of that alone."""
    change(root, VARIABLES)
    if names := dropped(root):
        change(root, {EXCLUDED: "exclude_docs: |\n  pictures/\n", r"^not_in_nav: \|\n": "not_in_nav: |\n" + "".join(f"  {name}\n" for name in names)})


if __name__ == "__main__":
    make(ROOT)
