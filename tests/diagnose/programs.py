"""The programs that are judged, and what is asked of an answer."""

import importlib
import json
import re

from machinery.sources import ROOT

HOMEWORK = ROOT / "tests/diagnose/homework"
REPORTS = ROOT / "tests/diagnose/reports"


def unique(pairs):
    """Return a dictionary, unless a name occurs twice: json would forget the first program, and so would the tests."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"tests/diagnose/reports/expectations.json has {max(names, key=names.count)!r} twice: give one program another name")
    return found


EXPECTATIONS = json.loads((REPORTS / "expectations.json").read_text("utf-8"), object_pairs_hook=unique)


def report(name):
    """Return the text of a program that people have: a file of reports/, or another one (`of`) in which some code is replaced."""
    expected = EXPECTATIONS[name]
    text = (REPORTS / f"{expected.get('of', name)}.py").read_text("utf-8")
    for old, new in expected.get("replace", {}).items():
        if text.count(old) != 1:
            raise ValueError(f"tests/diagnose/reports/expectations.json replaces {old!r} for {name}: it has to occur once in {expected['of']}.py")
        text = text.replace(old, new)
    return text


def programs():
    """Yield the name, the function, the mistakes and the verdict of each program in homework/."""
    for path in sorted(HOMEWORK.glob("[a-z]*.py")):
        file = importlib.import_module(f"tests.diagnose.homework.{path.stem}")
        for name, function in vars(file).items():
            own = getattr(function, "__module__", None) == file.__name__ and not isinstance(function, type)
            if own and callable(function) and not name.startswith("_"):
                mistakes = file.MISTAKES[name] if isinstance(file.MISTAKES, dict) else file.MISTAKES
                fragile = name in getattr(file, "FRAGILE", ()) or (mistakes and set(mistakes) <= LIMITS and name not in getattr(file, "WRONG", ()))
                right = path.stem == "right"
                yield f"{path.stem}.{name}", function, mistakes, "fragile" if fragile else "correct" if right else "wrong"


# What only large logits show, or the caller's array after the call, which may be just shifted
LIMITS = {"unstable softmax", "log of an underflowed probability", "the caller's logits changed"}
PROGRAMS = list(programs())


def named(answer):
    return [found["mistake"] for found in answer["findings"] if found["mistake"]]


def codes(answer):
    """Return "code" and "code=number", for each number of each finding."""
    found = answer["findings"]
    return [each["code"] for each in found] + [f"{each['code']}={value}" for each in found for value in each["numbers"].values()]


def evidence(answer):
    return [found["evidence"] for found in answer["findings"]]


def one_line(text):
    return re.sub(r"\s+", " ", str(text))
