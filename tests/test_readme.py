"""The README's two commands are what it promises, and what CI runs."""

import re
import shutil
import subprocess
import tomllib

import pytest
import yaml

from machinery.sources import ROOT
from tests.wheels import supported_pythons

README = (ROOT / "README.md").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))
LOCK = (ROOT / "requirements.txt").read_text("utf-8")


def command(heading):
    section = re.search(rf"^## {heading}\n\n```console\n(.*?)```", README, re.MULTILINE | re.DOTALL)[1]
    lines = section.splitlines()
    assert len(lines) == 1, f"{heading}: one line to paste"
    return lines[0]


@pytest.mark.parametrize("heading, end", [("See it", "NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs serve"), ("Test it", ".venv/bin/pytest --cov")])
def test_each_command_makes_its_environment_from_the_lock(heading, end):
    make, announce, install, run = command(heading).split(" && ")
    assert announce.startswith("echo ")
    assert make == "python3 -m venv .venv"
    assert install.startswith(".venv/bin/pip install") and install.endswith("-r requirements.txt")
    assert run == end


@pytest.mark.parametrize("heading", ["See it", "Test it"])
def test_ci_runs_the_line_that_the_readme_prints(heading, tmp_path):
    for name in (".ci/readme-line", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    readme = tmp_path / "README.md"
    readme.write_text(readme.read_text("utf-8").replace(command(heading), "echo this line"), "utf-8")
    line = [tmp_path / ".ci/readme-line", heading]
    assert subprocess.run(line, capture_output=True, text=True).stdout == "this line\n"
    readme.write_text("")
    assert subprocess.run(line).returncode != 0


def test_a_version_that_the_workflow_does_not_find_stops_the_job(tmp_path):
    found = [
        step["run"].splitlines()[0]
        for job in WORKFLOW["jobs"].values()
        for step in job["steps"]
        if "sed " in step.get("run", "")
    ]
    assert len(found) == 2, "the workflow looks up two versions with sed"
    for line in found:
        assert line.endswith("| grep .)")
        name, file = re.match(r"(\w+)=.* (\S+) \|", line).groups()
        printed = subprocess.run(["bash", "-ec", f"{line}\necho ${name}"], cwd=ROOT, capture_output=True, text=True).stdout
        assert re.fullmatch(r"\d+(\.\d+)+\n", printed), line
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
        assert subprocess.run(["bash", "-ec", line], cwd=tmp_path).returncode != 0, line


def test_the_workflow_pins_its_actions_and_requires_every_job():
    jobs = WORKFLOW["jobs"]
    actions = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
    assert actions and all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action) for action in actions)
    assert set(jobs["all-green"]["needs"]) == jobs.keys() - {"all-green", "deploy", "notebooks", "newest", "course", "whole", "mutants"}
    assert WORKFLOW["permissions"] == {"contents": "read"}


def test_the_readme_and_the_workflow_name_the_pythons_that_pyproject_supports():
    pythons = supported_pythons()
    assert PYPROJECT["project"]["requires-python"] == f">={pythons[0]}"
    assert f"Python {pythons[0]} to {pythons[-1]}" in README
    assert WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["python"] == pythons


def test_the_lock_pins_every_dependency_with_hashes_and_names_no_index():
    groups = PYPROJECT["dependency-groups"]
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", requirement) for requirement in groups["benchmark"] + groups["frameworks"])  # beside the lock
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


def test_the_readme_begins_with_a_picture_for_light_and_dark():
    pictures = re.findall(r'src(?:set)?="(\S+)"', README[: README.index("## See it")])
    assert pictures == [".github/home-dark.webp", ".github/home-light.webp"]
    assert all((ROOT / picture).is_file() for picture in pictures)
