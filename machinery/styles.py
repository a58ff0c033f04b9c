"""One style sheet for the site, with just the rules that its pages can use.

Material's has rules for all that it offers, and comes with three others. A rule stays if each
name in its selector occurs in a page, or in a script, which may bring it into a page.
"""

import re

import tinycss2
from mkdocs.exceptions import PluginError

SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
TAG = re.compile(r"""<([a-zA-Z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
ATTRIBUTE = re.compile(r"""([^\s=>"']+)(?:=(["'])(.*?)\2)?""", re.DOTALL)
WORD = re.compile(r"[\w-]+")
USE = re.compile(r"var\(\s*(--[\w-]+)")


class Names:
    """What selectors can find: tags, attributes, classes and ids of pages, any word of scripts."""

    def __init__(self, pages, scripts):
        scripts = {*scripts, *(script for page in pages for script in SCRIPT.findall(page))}
        self.scripted = {word for script in scripts for word in WORD.findall(script)}
        self.beginnings = tuple(word for word in self.scripted if re.fullmatch(r"\w[\w-]+-", word))  # `md-tag--${name}`
        self.names = set(self.scripted)
        self.values = set()
        self.properties = set(self.scripted)  # custom ones
        for tag, attributes in {tag for page in pages for tag in TAG.findall(SCRIPT.sub("", page))}:
            self.names.add(tag.lower())
            for name, _, value in ATTRIBUTE.findall(attributes):
                self.names.add(name)
                self.values.update((name, part) for part in value.split())
                if name in ("class", "id"):
                    self.names.update(value.split())
                elif name == "style":
                    self.properties.update(USE.findall(value))

    def known(self, name):
        data = re.sub(r"-(\w)", lambda letter: letter[1].upper(), name.removeprefix("data-"))  # as in `dataset.theName`
        return name in self.names or data in self.scripted or name.startswith(self.beginnings)

    def match(self, selector):
        return all(self.match_token(token, before) for before, token in zip([None, *selector], selector))

    def match_token(self, token, before):
        match token.type:
            case "ident" | "hash":
                return before == ":" or self.known(token.value)
            case "[] block":
                name, *value = [part.value for part in token.content if part.type in ("ident", "string")]
                exact = any(part == "=" for part in token.content)
                return self.known(name) and (not exact or (name, value[0]) in self.values or value[0] in self.scripted)
            case "function" if token.lower_name in ("is", "where"):
                return any(map(self.match, split(token.arguments)))
        return True  # a combinator, or `:not(...)`, which may hold


def purge(sheets, names):
    """Return one style sheet, without the rules and the custom properties that no page can use.

    Parameters
    ----------
    sheets : dict
        The text of each style sheet, by its name, in the order in which they apply.
    names : Names
    """
    rules = [rule for name, css in sheets.items() for rule in usable(parse(tinycss2.parse_stylesheet, css, name), names, name)]
    text = write(rules)
    while (shorter := write(rules, names.properties.union(USE.findall(text)))) != text:
        text = shorter  # what only unused properties used goes next
    return text


def parse(kind, css, name):
    nodes = kind(css, skip_comments=True, skip_whitespace=True)
    for node in nodes:
        if node.type == "error":
            raise PluginError(f"{name}:{node.source_line}: {node.message}")
    return nodes


def usable(rules, names, sheet):
    """Yield the rules that a page can use: (what stands before the braces, what stands between)."""
    for rule in rules:
        if rule.type == "qualified-rule":
            if selectors := [selector for selector in split(rule.prelude) if names.match(selector)]:
                head = ",".join(tinycss2.serialize(selector).strip() for selector in selectors)
                yield head, parse(tinycss2.parse_blocks_contents, rule.content, sheet)
        elif rule.lower_at_keyword in ("media", "supports"):
            inner = parse(tinycss2.parse_rule_list, rule.content, sheet)
            yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}", list(usable(inner, names, sheet))
        else:
            yield rule


def split(selectors):
    """Split a list of tokens at its commas."""
    parts = [[]]
    for token in selectors:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def write(rules, properties=None):
    """Return rules as text, with the custom properties named, or all."""
    text = ""
    for rule in rules:
        if isinstance(rule, tuple):
            head, content = rule
            if inside := write(content, properties):
                text += f"{head}{{{inside}}}"
        elif rule.type != "declaration":
            text += rule.serialize()
        elif properties is None or not rule.name.startswith("--") or rule.name in properties:
            important = "!important" if rule.important else ""
            text += f"{rule.name}:{tinycss2.serialize(rule.value).strip()}{important};"
    return text
