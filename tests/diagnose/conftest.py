"""What several test files of the diagnosis share."""

import sys

import pytest

from snippets import diagnose as module


@pytest.fixture
def homework(tmp_path, monkeypatch):
    """A function that writes a file, runs the child on it in this process, and returns the child's Answer."""
    import json

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module.sys, "path", sys.path.copy())
    monkeypatch.setattr(module, "limit_memory", lambda: None)
    monkeypatch.setattr(module, "watch", lambda path, seconds: None)
    monkeypatch.setattr(module.os, "_exit", lambda code: None)

    def judged(source, *options, name="homework.py"):
        (tmp_path / name).write_text(source, "utf-8")
        module.main([name, *options, "--child", str(tmp_path)])
        return module.Answer(**json.loads((tmp_path / "answer.json").read_text("utf-8")))

    return judged
