"""The whole suite runs on all cores, a part of it in one process, which starts sooner."""

import gc
import json
import os
import time

import pytest

gc.disable()  # what is imported until the tests are collected stays: no garbage is looked for in it, then or later


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config):
    """Return 0, for no workers, unless everything is run; None leaves the number to xdist."""
    whole = config.args_source is config.ArgsSource.TESTPATHS and not (config.option.keyword or config.option.markexpr)
    return None if whole and not config.option.write_outputs else 0


def pytest_collection_modifyitems(config, items):
    """Let one worker build the site at once and go on with what needs it, while the other does the rest.

    Tests in a browser come last of these: they are taken over by the other worker, which need not parse all pages then.
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


def once(tmp_path_factory, name, make):
    """Return the folder that make(folder) fills, and what it returned: one worker does, all get it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, answer, unfinished = base / name, base / f"{name}.json", base / f"{name}.part"
    try:
        folder.mkdir()
    except FileExistsError:  # another worker is at it, or was
        for _ in range(6000):
            if not answer.is_file():
                time.sleep(0.1)
    else:
        unfinished.write_text(json.dumps(make(folder)), "utf-8")
        unfinished.rename(answer)
    return folder, json.loads(answer.read_text("utf-8"))
