"""The whole suite runs on all cores, a part of it in one process, which starts sooner."""

import gc
import json
import os
import time

import pytest

gc.disable()  # until the tests are collected: what is imported before that stays, so searching it for garbage is a waste of time


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config):
    """Return 0, for no workers, unless everything is run; None leaves the number to xdist."""
    whole = config.args_source is config.ArgsSource.TESTPATHS and not (config.option.keyword or config.option.markexpr)
    return None if whole and not config.option.write_outputs else 0


def pytest_collection_modifyitems(config, items):
    """Sort the tests, so that one worker builds the site at once and runs the tests that need it, while the other runs the rest.

    Among the tests that need the site, those in a browser come last. If the other worker takes over some of these, it need not parse all pages.
    """
    def place(item):
        needs = getattr(item, "fixturenames", ())
        return "site" not in needs, "server" in needs, "copy" not in needs

    if hasattr(config, "workerinput"):
        items.sort(key=place)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection():
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish():
    """Look for garbage once more, since a file that it holds open is an error, and never again in what remains.

    With all pages parsed, pytest and Python would look through it for seconds more before they end.
    """
    gc.collect()
    gc.freeze()


def once(tmp_path_factory, name, make):
    """Return the folder that make(folder) fills, and what this call returns: one worker makes it, all use it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, answer, unfinished = base / name, base / f"{name}.json", base / f"{name}.part"
    try:
        folder.mkdir()
    except FileExistsError:  # another worker makes it, or has made it
        for _ in range(6000):
            if not answer.is_file():
                time.sleep(0.1)
    else:
        unfinished.write_text(json.dumps(make(folder)), "utf-8")
        unfinished.rename(answer)
    return folder, json.loads(answer.read_text("utf-8"))
