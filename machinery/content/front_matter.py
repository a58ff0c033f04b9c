"""The front matter of a page, YAML between two lines `---`. If MkDocs can't read it, it shows it as the page's first paragraph."""

import re

import yaml
from mkdocs.exceptions import PluginError

HEAD = re.compile(r"---\n(?P<yaml>.*?)^(?:---|\.\.\.)\s*$", re.DOTALL | re.MULTILINE)


def blanked(text):
    """Return text with its head replaced by empty lines, so that the others keep their numbers."""
    head = HEAD.match(text)
    return "\n" * head[0].count("\n") + text[head.end():] if head else text


def refuse_unreadable(page):
    """Stop the build if a page begins with front matter of which MkDocs has read nothing."""
    text = page.file.content_string
    if page.meta or not text.startswith("---\n"):
        return
    line, problem = 1, "it consists of lines such as 'description: ...', and ends with a line '---'"
    if head := HEAD.match(text):
        try:
            yaml.safe_load(head["yaml"])
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 2
            problem = f"{error.problem}. Put a text with signs such as : or # in quotes, or on lines of its own below 'description: >-'"
    raise PluginError(f"docs/{page.file.src_uri}:{line}: the head of this page can't be read: {problem}")
