"""`python -m tests docs/page.md` tells all that is wrong with one page."""

PAGE = r"""---
description: A page for a test, with one equation and one block, and a description of more than fifty characters.
---

# A page

The loss is the [cross-entropy](derivation.md#eq-D3), \(L := -\log s_c\), which needs no probability:

\[
L = \log \sum_j e^{z_j} - z_c
\tag{A1}
\]

```python
print(1)
```

<!--pytest-codeblocks:expected-output-->
```text
1
```
"""


def test_each_message_about_a_page_comes_once_and_causes_come_first(copy):
    copy.keep("derivation.md")
    copy.replace("mkdocs.yml", "nav:\n", "nav:\n  - A page: page.md\n")
    copy.write("docs/page.md", PAGE)
    code, output = copy.run("tests", "docs/page.md")
    assert code == 0 and "docs/page.md: all right; 1 equality on this page" in output and "; blocks: 1; minutes to read: 2\n" in output, output

    wrong = {
        "derivation.md#eq-D3": "derivation.md#eq-D99",
        r"= \log \sum_j e^{z_j} -": r"= \log \sum_j e^{z_j} +",
        "{A1}": "{D1}",
        "text\n1": "text\n2",
        "description: A page for a test, with": "description: 'Short.' #",
    }
    text = PAGE
    for old, new in wrong.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    copy.write("docs/page.md", text)
    copy.replace("mkdocs.yml", "  - A page: page.md\n", "")
    code, output = copy.run("tests", "docs/page.md")
    messages = [
        "page.md is not in `nav` in mkdocs.yml. Add: - A page: page.md",
        "docs/page.md:10:1: the number D1 is taken by docs/derivation.md:",
        "docs/page.md:10:3: this does not hold\n",
        "Doc file 'page.md' contains a link 'derivation.md#eq-D99', but the doc 'derivation.md' does not contain an anchor '#eq-D99'.",
        "docs/page.md:14: the output beneath this block is not what the block prints\n",
        "docs/page.md: its description has 6 characters.",
    ]
    assert code == 1 and all(output.count(message) == 1 for message in messages), output
    assert output.endswith("docs/page.md: 6 to mend\n") and output.index(messages[2]) < output.index(messages[4]), output

    copy.write("docs/page.md", PAGE.replace("```python\n", '```python\n;--8<-- "softmax.py:softmax"\n'))
    code, output = copy.run("tests", "docs/page.md")
    assert code == 1 and output.startswith("docs/page.md:15: "), output
