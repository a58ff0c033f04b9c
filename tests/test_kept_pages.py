"""What `mkdocs serve` renders again after an edit, and what it keeps. test_serve.py checks that the served pages follow the edits."""

import re
import shutil
from types import SimpleNamespace

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from machinery import includes
from machinery.content import self_contained_notebooks
from machinery.seams import broken
from machinery.serve import kept_pages, kept_runs, snippets
from machinery.sources import ROOT, notebooks


@pytest.fixture
def render(monkeypatch):
    """A function that renders a page in a new build, and tells whether that was done afresh."""
    monkeypatch.setattr(kept_pages, "rendered", {})

    def render(markdown, others=("other.md",), change=lambda config: None):
        config = load_config(str(ROOT / "mkdocs.yml"))
        config.plugins.on_config(config)
        change(config)
        names = ["page.md", *others]
        files = Files([File(name, config.docs_dir, config.site_dir, config.use_directory_urls) for name in names])
        page = Page(None, files.src_uris["page.md"], config)
        page.markdown, rendering, done = markdown, page.render, []
        page.render = lambda *arguments: (rendering(*arguments), done.append(True))
        kept_pages.render_once(page)
        page.render(config, files)
        assert all(to is files.src_uris[to.src_uri] for to in page.links_to_anchors), "links lead into this build"
        page.toc.items[0].title = "changed by what comes later in a build"
        return SimpleNamespace(page=page, afresh=bool(done))

    return render


TEXT = "# Title\n\n## Part\n\n[Link](other.md#there)\n"


def test_a_page_is_rendered_once(render):
    first, second = render(TEXT), render(TEXT)
    assert first.afresh and not second.afresh
    assert second.page.content == first.page.content and second.page.title == "Title"
    assert second.page.toc.items[0].children[0].title == "Part"
    assert second.page.present_anchor_ids == {"title", "part"}
    assert {"there": "other.md#there"} in second.page.links_to_anchors.values()
    assert render(TEXT).page.toc is not second.page.toc


def test_what_rendering_sets_is_known(render, caplog):
    caplog.set_level("INFO", "mkdocs.serve")
    render(TEXT)
    assert not caplog.messages, broken("rendered pages", f"{caplog.text} See SET_BY_RENDERING there.")


def test_a_page_on_which_rendering_sets_something_unknown_is_rendered_again(render, monkeypatch, caplog):
    def render_and_set(self, config, files, original=Page.render):
        original(self, config, files)
        self.new, self.meta = "of this rendering", {"new": True}

    caplog.set_level("INFO", "mkdocs.serve")
    monkeypatch.setattr(Page, "render", render_and_set)
    assert render(TEXT).afresh and render(TEXT).afresh
    assert caplog.messages == ["page.md is rendered again for each edit: rendering now sets meta, new too"] * 2


def test_a_page_is_rendered_again_when_something_changes_that_it_depends_on(render):
    render(TEXT)
    assert render(TEXT + "More.").afresh
    assert render(TEXT, others=["other.md", "new.md"]).afresh
    assert render(TEXT, change=lambda config: config.mdx_configs["toc"].update(permalink="#")).afresh
    assert render(TEXT, change=lambda config: config.markdown_extensions.append("footnotes")).afresh
    assert render(TEXT, change=lambda config: config.validation.links.update(anchors=20)).afresh
    assert render(TEXT).afresh, "the last change was taken back, which is a change, too"


def test_the_warnings_of_a_page_that_is_not_rendered_again_are_repeated(render, caplog):
    dead = TEXT + "[Dead](nowhere.md)"
    assert render(dead).afresh and not render(dead).afresh
    first, second = caplog.messages
    assert first == second and "nowhere.md" in first


def test_a_change_of_a_snippet_renders_the_pages_that_show_it_again(render, monkeypatch, tmp_path):
    shutil.copytree(includes.SNIPPETS, tmp_path / "snippets")
    monkeypatch.setattr(includes, "SNIPPETS", tmp_path / "snippets")
    text = 'Code:\n\n```python\n--8<-- "softmax.py:softmax"\n```\n\n# Title\n'
    assert render(text).afresh
    for file, old, new, shown in [
        ("softmax.py", "return exponentials / ", "return 1 * exponentials / ", True),
        ("checks.py", "def as_logits(", "def as_logits(*, ", True),  # which softmax calls
        ("focal.py", "return ", "return 1 * ", False),
        ("softmax.py", '    """Return', '    """Give back', True),
        ("softmax.py", "Defined on", "Found on", False),  # a page shows the first line of a docstring
    ]:
        source = (tmp_path / "snippets" / file).read_text("utf-8")
        assert old in source, old
        (tmp_path / "snippets" / file).write_text(source.replace(old, new), "utf-8")
        assert render(text).afresh == shown, file


def test_pages_wait_only_for_a_notebook_that_has_never_run(monkeypatch, tmp_path, request):
    *before, never = notebooks()[:3]
    key = ["first"]
    monkeypatch.setattr(kept_runs, "CACHE", tmp_path)
    monkeypatch.setattr(kept_runs, "started", {})
    monkeypatch.setattr(kept_runs.problems, "running", [])
    monkeypatch.setattr(kept_runs, "key_of", lambda notebook: key[0])
    monkeypatch.setattr(kept_runs.notebooks, "run", lambda path, number: self_contained_notebooks.read(path))
    kept_runs.served.clear()
    request.addfinalizer(kept_runs.served.set)
    for page in kept_runs.start(before).values():
        page.result(timeout=60)
    key[0] = "another"
    pages = kept_runs.start([*before, never])
    assert all(pages[path].done() for path in before) and pages[never].result(timeout=60)
    runs = [run for path, (_, run) in kept_runs.started.items() if path in before]
    assert not any(run.done() for run in runs) and not kept_runs.ended().exists()
    kept_runs.served.set()
    assert all(run.result(timeout=60) for run in runs)
    assert kept_runs.ended().exists() and {kept_runs.last_run(path)["key"] for path in before} == {"another"}


def test_each_module_that_imports_snippets_is_imported_again_when_they_change():
    names = {path.stem for path in (ROOT / "machinery/content").glob("*.py") if re.search(r"^from snippets\b", path.read_text("utf-8"), re.MULTILINE)}
    listed = {module.__name__.rpartition(".")[2] for module in snippets.USERS}
    assert names and names - listed == set(), "add these to USERS in machinery/serve/snippets.py"
