"""Whose page is it: what the desk wrote in place is no translation of a person's."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n import desk
from l10n.errors import ProjectError
from l10n.project import Project

Run = Callable[..., "subprocess.CompletedProcess[str]"]

ARTICLE = "locales/es/articles/faro.txt"
CATALOG = "locales/en/LC_MESSAGES/faro.po"
PAGE = "locales/en/articles/faro.txt"


def translations(project: Project) -> list[Path]:
    return [path for ref in project.articles() for path in ref.translations.values()]


def test_a_page_written_in_place_is_never_taken_in_until_a_person_changes_it(
    l10n: Run, newsroom: Path
) -> None:
    project = Project.load(newsroom / "l10n.toml")
    before = translations(project)
    desk.update(project)
    desk.prefill([newsroom / CATALOG], project=project)
    run = l10n("export", ARTICLE, CATALOG, "--drafts", "-o", PAGE)
    assert run.returncode == 0, run.stderr
    assert list(json.loads((newsroom / "locales/pages.json").read_text("utf-8"))) == [PAGE]
    assert translations(project) == before
    assert [ref.slug for ref in project.articles()] == ["faro", "feria"]
    # Ours may be written again; a person's, which nobody has taken in, may not.
    assert l10n("export", ARTICLE, CATALOG, "-o", PAGE).returncode == 0
    (newsroom / PAGE).write_text("The lighthouse goes dark\n\nIt closes in May.\n", "utf-8")
    assert newsroom / PAGE in translations(project)
    run = l10n("export", ARTICLE, CATALOG, "-o", PAGE)
    assert run.returncode == 1
    assert f"l10n align {ARTICLE} {PAGE}" in run.stderr
    assert (newsroom / PAGE).read_text("utf-8").startswith("The lighthouse goes dark")


def test_a_translation_is_written_over_once_it_was_taken_in(l10n: Run, newsroom: Path) -> None:
    project = Project.load(newsroom / "l10n.toml")
    desk.update(project)
    names = ("locales/es/articles/feria.html", "locales/en/LC_MESSAGES/feria.po")
    page = newsroom / "locales/en/articles/feria.html"
    before = page.read_bytes()
    assert l10n("export", *names, "-o", page).returncode == 1
    assert page.read_bytes() == before
    desk.align(desk.pairs_of(project, project.articles()), project=project)
    assert l10n("export", *names, "--drafts", "-o", page).returncode == 0
    assert page.read_bytes() != before
    assert translations(project) == []


@pytest.mark.parametrize("text", ["[]", '{"a": 1}', "{", "[" * 100_000])
def test_a_damaged_list_is_named_and_not_written_over(newsroom: Path, text: str) -> None:
    path = newsroom / "locales/pages.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ProjectError, match="no list of pages") as caught:
        Project.load(newsroom / "l10n.toml").articles()
    assert caught.value.path == path
    assert path.read_text("utf-8") == text
