"""The search answers what people ask, in their words, with the right page among the first three.

A page that has a word of the question among its tags is meant to be found with it, and takes no place away from another.
"""

import json
import re
from collections import defaultdict

import pytest

from tests.conftest import SITE_URL
from tests.site_checks import RAW_MATH

QUESTIONS = {
    "log softmax derivative": "derivation/",
    "derivative of softmax": "derivation/",
    "gradient of cross entropy": "",
    "why divide by N": "variants/weights/",
    "what is one hot": "notation/",
    "why subtract the max": "numbers/",
    "why is my loss nan": "numbers/",
    "overflow": "numbers/",
    "softmax jacobian": "routes/jacobian/",
    "binary sigmoid": "routes/two-classes/",
    "second derivative": "variants/hessian/",
    "label smoothing": "variants/soft-labels/",
    "class weights": "variants/weights/",
    "ignore index": "variants/weights/",
    "padding mask": "variants/sequences/",
    "what is temperature": "variants/soft-labels/",
    "how do I check my gradient": "gradient-check/",
    "is my gradient right": "is-mine-right/",
    "wrong sign": "mistakes/",
    "backprop weights bias": "network/",
    "cheat sheet": "summary/",
    "ignore_index": "variants/weights/",
    "binary cross entropy": "routes/two-classes/",
    "numerical stability": "numbers/",
    "logsumexp": "routes/log-sum-exp/",
    "vectorize": "code/",
    "broadcasting": "code/",
    "minibatch": "code/",
    "gradient descent": "network/",
    "regularization": "exercises/",
    "kl divergence": "why/",
    "negative log likelihood": "questions/",
    "kronecker delta": "routes/log-sum-exp/",
    "why exp": "why/",
    "squared error": "why/",
    "why is the loss negative": "questions/",
    "is it convex": "questions/",
    "gradient accumulation": "questions/",
    "dropout": "questions/",
    "relu kinks": "questions/",
    "loss starts at log k": "questions/",
    "transpose": "questions/",
    "softmax backward": "variants/neighbours/",
    "multi-label": "variants/neighbours/",
    "kldivloss batchmean": "variants/neighbours/",
    "focal loss": "variants/neighbours/",
    "policy gradient": "variants/neighbours/",
    "knowledge distillation": "variants/neighbours/",
    "perplexity": "variants/language-models/",
    "large vocabulary": "variants/language-models/",
    "next token": "variants/language-models/",
}


class Search:
    def __init__(self, tab):
        self.tab = tab
        tab.go("")
        self.field = tab.page.locator(".md-search__input")
        self.field.click()
        self.field.press_sequentially("softmax")  # the index arrives with the first search
        tab.page.wait_for_selector(".md-search-result__item")

    def ask(self, question):
        """Type a question; return the addresses of the pages found, and all the text that is shown."""
        self.field.fill("x")
        self.field.press("Backspace")  # the theme listens to keys
        self.tab.page.wait_for_selector(".md-search-result__item", state="detached")
        self.field.fill(question[:-1])
        self.field.press(question[-1])
        self.tab.page.wait_for_function(ANSWERED)
        items = self.tab.page.locator(".md-search-result__item:not(:has(a[href*='/contributing/']))")  # TeX is its topic
        urls = items.evaluate_all("(items) => items.map((item) => item.querySelector('a').href.replace(/[?#].*/, ''))")
        return [url.removeprefix(SITE_URL) for url in urls], "\n".join(items.all_inner_texts())


ANSWERED = """() => document.querySelector(".md-search-result__item")
  || document.querySelector(".md-search-result__meta").innerText.startsWith("No matching")"""


@pytest.fixture
def search(tab):
    return Search(tab)


@pytest.fixture(scope="module")
def tags(site):
    """The words in the tags of each page."""
    found = defaultdict(set)
    for doc in json.loads((site / "search/full_index.json").read_text("utf-8"))["docs"]:
        found[doc["location"].partition("#")[0]] |= words(" ".join(doc.get("tags", [])))
    return found


def words(text):
    return set(re.findall(r"\w+", text.lower()))


def wrong_answers(search, questions, tags):
    found = []
    for question, page in questions.items():
        pages, text = search.ask(question)
        before = pages[: pages.index(page)] if page in pages else pages
        untagged = [other for other in before if not words(question) & tags[other]]
        if page not in pages or len(untagged) > 2:
            found.append(f"{question!r}: /{page} is expected among the first three, but before it come {before[:5]}")
        if RAW_MATH.search(text):
            found.append(f"{question!r}: TeX in the results")
    return found


def test_the_right_page_is_among_the_first_three(search, tags):
    assert wrong_answers(search, QUESTIONS, tags) == []


def test_a_page_that_is_not_found_and_tex_are_noticed(tab, site, tags):
    index = json.loads((site / "search/full_index.json").read_text("utf-8"))
    index["docs"] = [doc for doc in index["docs"] if not doc["location"].startswith("routes/jacobian/")]
    for doc in index["docs"]:
        doc["text"] = doc["text"].replace("sigmoid", r"sigmoid \(\frac{1}{2}\)")
    tab.page.route("**/full_index.json", lambda route: route.fulfill(body=json.dumps(index)))
    found = wrong_answers(Search(tab), {"softmax jacobian": "routes/jacobian/", "binary sigmoid": "routes/two-classes/"}, tags)
    assert any(line.startswith("'softmax jacobian': /routes/jacobian/ is expected") for line in found)
    assert "'binary sigmoid': TeX in the results" in found
