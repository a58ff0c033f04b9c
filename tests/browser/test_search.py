"""The search answers what people ask, in their words, with the right page among the first three.

A page that has a word of the question among its tags is meant to be found with it, and takes no place away from another.
"""

import json
import posixpath
import re
from collections import defaultdict
from itertools import takewhile

import pytest

from machinery.sources import DOCS
from tests.built_site import RAW_MATH
from tests.conftest import SITE_URL

QUESTIONS = {
    "log softmax derivative": "derivation/",
    "derivative of softmax": "derivation/",
    "gradient of cross entropy": "",
    "why divide by N": "variants/weights/",
    "what is one hot": "notation/",
    "why subtract the max": "numbers/",
    "why is my loss nan?": "numbers/",
    "overflow": "numbers/",
    "softmax jacobian": "routes/jacobian/",
    "binary sigmoid": "routes/two-classes/",
    "second derivative": "variants/hessian/",
    "label smoothing": "variants/soft-labels/",
    "class weights": "variants/weights/",
    "ignore index": "variants/weights/",
    "padding mask": "variants/language-models/",
    "what is temperature": "variants/soft-labels/",
    "how do I check my gradient": "gradient-check/",
    "is my gradient right": "is-mine-right/",
    "wrong sign": "mistakes/",
    "backprop weights bias": "network/",
    "cheat sheet": "summary/",
    "ignore_index": "variants/weights/",
    "binary cross entropy": "routes/two-classes/",
    "numerical stability": "numbers/",
    "logsumexp()": "routes/log-sum-exp/",
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
    "staged computation": "routes/graph/",
    "vjp": "routes/jacobian/",
    "vector-Jacobian product": "routes/jacobian/",
    "gradient off by a factor of N": "questions/",
    "one hot vs integer labels": "questions/",
}

# Two other wordings of each question of the page "Questions"
WORDINGS = {
    "Why exp, and not": ("why do we need the exponential in softmax", "why not just normalize the scores"),
    "Why minus the log": ("why take the log of the probability", "why not use the softmax probability as the loss"),
    "Why cross-entropy, if": ("mse vs cross entropy for classification", "same gradient as mean squared error"),
    "Is cross-entropy the same": ("difference between nll and cross entropy", "kl divergence vs cross entropy"),
    "What does the gradient mean": ("intuition for softmax minus one hot", "what does p - y mean"),
    "Is the loss convex": ("convexity of cross entropy", "is softmax regression a convex problem"),
    "May the loss be negative": ("can cross entropy be negative", "my loss is below zero"),
    "Why are there two cases": ("why is the derivative different when i = j", "i equals j kronecker"),
    "What if a label is all": ("all zero label vectors", "labels do not sum to one"),
    "Is the gradient a row": ("numerator layout or denominator layout", "when to transpose the weights"),
    "Why is the derivative of the softmax a": ("matrix representation of softmax derivatives", "softmax derivative shaped differently than other neurons"),
    "Why does my framework not": ("do I need the full jacobian of softmax", "how does autograd avoid the jacobian"),
    "How do I backpropagate": ("gradient with respect to the weights", "backprop from logits to weights dW"),
    "One-hot labels or class": ("one hot vs integer labels", "do I have to one-hot encode the labels"),
    "Why divide by N": ("divide gradient by batch size", "mean or sum over the batch"),
    "My gradient is N times": ("gradient off by a factor of batch size", "gradient too large by a factor"),
    "Do I divide by the tokens": ("average the loss over tokens or sequences", "loss normalization with padding"),
    "What about gradient acc": ("accumulate gradients over micro-batches", "gradient accumulation gives a different loss"),
    "How do class weights": ("weighted cross entropy gradient", "imbalanced classes weights in loss"),
    "What does the error": ("RuntimeError expected scalar type Long", "multi-target not supported"),
    "Why is my loss nan": ("loss becomes nan after a few steps", "log of zero gives inf"),
    "Why does my loss start": ("initial loss 2.3 for 10 classes", "expected loss at initialization"),
    "Why is my loss not": ("loss not decreasing", "loss stuck and does not go to zero"),
    "Why does my gradient check fail at": ("relu gradient check mismatch", "kink in numerical gradient"),
    "Why does my gradient check fail with dropout": ("gradient checking and dropout", "random mask in gradient check"),
    "Why does my gradient check fail with reg": ("gradient check with l2 regularization", "weight decay in gradient check"),
    "Why does my gradient check fail in float32": ("gradient check single precision", "gradcheck fails with float"),
    "Does log_softmax before": ("should I apply softmax before CrossEntropyLoss", "log_softmax twice"),
}
LINK = re.compile(r"\]\(([^)#]+)\.(?:md|ipynb)")


def asked(wording):
    """Return each question of the page "Questions" in one of three wordings, its own and two others, with the pages that answer it."""
    found = {}
    for number, section in enumerate((DOCS / "questions.md").read_text("utf-8").split("\n### ")[1:]):
        heading, answer = section.split("\n", 1)
        (others,) = [words for start, words in WORDINGS.items() if heading.startswith(start)]
        pages = {"questions/", *(posixpath.normpath(page) + "/" for page in LINK.findall(answer))}
        found[(heading, *others)[(number + wording) % 3]] = pages
    return found


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
        urls, text = self.field.evaluate(ASK, question)
        return [url.removeprefix(SITE_URL) for url in urls], text


# The theme listens to keys. The page for contributors is left out: TeX is its topic.
ASK = """async (field, question) => {
  const found = () => [...document.querySelectorAll(".md-search-result__item")]
  const type = async (text, isAnswered) => {
    field.value = text
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))
    for (let frame = 0; frame < 1000 && !isAnswered(); frame++) await new Promise(requestAnimationFrame)
  }
  const nothing = () => document.querySelector(".md-search-result__meta").innerText.startsWith("No matching")
  let frames = 0  // that nothing is found: the answer to the empty question may come late
  await type("", () => !found().length)
  await type(question, () => found().length || (nothing() && ++frames > 60))
  const items = found().filter((item) => !item.querySelector("a[href*='/contributing/']"))
  return [items.map((item) => item.querySelector("a").href.replace(/[?#].*/, "")), items.map((item) => item.innerText).join("\\n")]
}"""


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
    for question, expected in questions.items():
        pages, text = search.ask(question)
        before = list(takewhile(lambda page: page not in expected, pages))
        untagged = [other for other in before if not words(question) & tags[other]]
        if before == pages or len(untagged) > 2:
            names = " or ".join(f"/{page}" for page in sorted(expected))
            found.append(f"{question!r}: {names} is expected among the first three, but before it come {before[:5]}. Reword their headings, or if they answer it too, tag them with a word of it")
        if RAW_MATH.search(text):
            found.append(f"{question!r}: TeX in the results")
    return found


def test_the_right_page_is_among_the_first_three(search, tags):
    assert wrong_answers(search, {question: {page} for question, page in QUESTIONS.items()}, tags) == []


@pytest.mark.sampled(3, 0)
@pytest.mark.parametrize("wording", range(3))
def test_what_answers_a_question_is_among_the_first_three(search, tags, wording):
    assert wrong_answers(search, asked(wording), tags) == []


def test_a_page_that_is_not_found_and_tex_are_noticed(tab, site, tags):
    index = json.loads((site / "search/full_index.json").read_text("utf-8"))
    index["docs"] = [doc for doc in index["docs"] if not doc["location"].startswith("routes/jacobian/")]
    for doc in index["docs"]:
        doc["text"] = doc["text"].replace("sigmoid", r"sigmoid \(\frac{1}{2}\)")
    tab.page.route("**/full_index.json", lambda route: route.fulfill(body=json.dumps(index)))
    found = wrong_answers(Search(tab), {"softmax jacobian": {"routes/jacobian/"}, "binary sigmoid": {"routes/two-classes/"}}, tags)
    assert any(line.startswith("'softmax jacobian': /routes/jacobian/ is expected") for line in found)
    assert "'binary sigmoid': TeX in the results" in found
