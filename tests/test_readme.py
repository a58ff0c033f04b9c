"""The README's two commands are what it promises, and what CI runs."""

import re
import tomllib

import pytest
import yaml

from machinery.sources import ROOT
from tests.wheels import supported_pythons

README = (ROOT / "README.md").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.txt").read_text("utf-8")


def command(heading):
    section = re.search(rf"^## {heading}\n\n```console\n(.*?)```", README, re.MULTILINE | re.DOTALL)[1]
    lines = section.splitlines()
    assert len(lines) == 1, f"{heading}: one line to paste"
    return lines[0]


@pytest.mark.parametrize("heading, end", [("See it", "mkdocs serve"), ("Test it", "pytest --cov")])
def test_each_command_makes_its_environment_from_the_lock(heading, end):
    make, install, run = command(heading).split(" && ")
    assert make == "python3 -m venv .venv"
    assert install.startswith(".venv/bin/pip install") and install.endswith("-r requirements.txt")
    assert run == f".venv/bin/{end}"


def test_ci_takes_the_test_command_from_the_readme():
    # `.ci/run` reads it with the same pattern of lines: a heading, an empty line, a fence.
    assert "## Test it" in (ROOT / ".ci/run").read_text("utf-8")


def test_the_workflow_pins_its_actions_and_requires_every_job():
    workflow = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))
    jobs = workflow["jobs"]
    actions = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
    assert actions and all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action) for action in actions)
    assert set(jobs["all-green"]["needs"]) == jobs.keys() - {"all-green", "deploy"}
    assert workflow["permissions"] == {"contents": "read"}


def test_the_readme_and_the_workflow_name_the_pythons_that_pyproject_supports():
    workflow = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))
    pythons = supported_pythons()
    assert PYPROJECT["project"]["requires-python"] == f">={pythons[0]}"
    assert f"Python {pythons[0]} to {pythons[-1]}" in README
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == pythons


def test_the_lock_pins_every_dependency_with_hashes_and_names_no_index():
    groups = PYPROJECT["dependency-groups"]
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", requirement) for requirement in groups["benchmark"])  # beside the lock
    wanted = PYPROJECT["project"]["dependencies"] + groups["site"] + groups["test"]
    for requirement in wanted:
        name = re.match(r"[\w-]+", requirement)[0]
        assert re.search(rf"^{name}(\[\w+\])?==\S+.*\\\n    --hash=sha256:", LOCK, re.MULTILINE), name
    assert not re.search(r"index|://", LOCK)


def test_the_readme_gives_a_reason_for_every_dependency():
    wanted = PYPROJECT["project"]["dependencies"] + sum(PYPROJECT["dependency-groups"].values(), [])
    table = README[README.index("**Dependencies**") :]
    for requirement in wanted:
        name = re.match(r"[\w-]+", requirement)[0]
        assert re.search(rf"^\|[^|]*\b{name}\b[^|]*\| \S", table, re.MULTILINE), f"no reason for {name}"


def test_the_lock_is_compiled_by_the_command_that_the_readme_gives():
    assert LOCK.splitlines()[1].strip("# ") in README
