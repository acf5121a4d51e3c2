"""Articles that are renamed, moved or deleted: catalogs, reviews, pages and their addresses."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n import desk
from l10n.catalog import Catalog
from l10n.errors import UsageError
from l10n.export import ExportReport
from l10n.model import State
from l10n.project import Project

Run = Callable[..., "subprocess.CompletedProcess[str]"]

LETTER = "# Carta al director\n\nSeñor director: el banco de la plaza sigue roto.\n\nGracias.\n"
OTHER = "# El faro se apaga\n\nEl faro de Punta Seca cierra en mayo.\n"


@pytest.fixture
def letters(tmp_path: Path) -> Project:
    """A project of two articles, one of them reviewed to its end and published."""
    (tmp_path / "l10n.toml").write_text(
        'source = "es"\ntargets = ["en"]\nengines = []\n', "utf-8"
    )
    for name, text in (("carta.md", LETTER), ("faro.md", OTHER)):
        path = tmp_path / "locales/es/articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    project = Project.load(tmp_path / "l10n.toml")
    desk.update(project)
    catalog = Catalog.load(project.catalog_path("carta", "en"))
    for entry in catalog.entries:
        entry.translate(f"In English: {entry.msgid}")
        entry.approve(by="Ana")
    catalog.save()
    desk.publish(project)
    return project


def article(project: Project, name: str) -> Path:
    return project.root / "locales/es/articles" / name


def reviewed(project: Project, slug: str) -> int:
    path = project.catalog_path(slug, "en")
    entries = Catalog.load(path).entries if path.exists() else ()
    return sum(entry.state is State.REVIEWED for entry in entries)


def names_of(report: ExportReport, paths: list[Path]) -> list[str]:
    return [path.relative_to(report.out).as_posix() for path in paths]


@pytest.mark.parametrize("new", ["carta-director.md", "cartas/2026/carta.md"])
def test_a_renamed_article_keeps_reviews_and_leads_on_from_its_old_page(
    letters: Project, new: str
) -> None:
    article(letters, new).parent.mkdir(parents=True, exist_ok=True)
    article(letters, "carta.md").rename(article(letters, new))
    (move,) = desk.update(letters).moves
    slug = new.removesuffix(".md")
    assert (move.before, move.after) == (
        letters.catalog_path("carta", "en"),
        letters.catalog_path(slug, "en"),
    )
    assert not move.before.exists()
    assert reviewed(letters, slug) == 3
    catalog = Catalog.load(move.after)
    assert catalog.article == f"locales/es/articles/{new}"
    report = desk.publish(letters)
    page = (report.out / f"en/{slug}.html").read_text("utf-8")
    assert "In English: Gracias." in page
    for locale in ("es", "en"):
        old = (report.out / f"{locale}/carta.html").read_text("utf-8")
        assert f'content="0; url={slug}.html"' in old
    assert report.stale == []
    # Again, under a third name: both former addresses lead there.
    article(letters, new).rename(article(letters, "tercera.md"))
    desk.update(letters)
    report = desk.publish(letters)
    assert reviewed(letters, "tercera") == 3
    assert 'url=tercera.html"' in (report.out / "en/carta.html").read_text("utf-8")
    assert "tercera.html" in (report.out / f"en/{slug}.html").read_text("utf-8")


def test_a_page_of_today_is_no_redirect(letters: Project) -> None:
    article(letters, "carta.md").rename(article(letters, "vieja.md"))
    desk.update(letters)
    article(letters, "carta.md").write_text("# Otra carta\n\nDe otra persona.\n", "utf-8")
    desk.update(letters)
    report = desk.publish(letters)
    assert reviewed(letters, "vieja") == 3
    assert "http-equiv" not in (report.out / "es/carta.html").read_text("utf-8")


def test_a_copy_is_no_rename(letters: Project) -> None:
    shutil.copy(article(letters, "carta.md"), article(letters, "copia.md"))
    assert desk.update(letters).moves == ()
    assert (reviewed(letters, "carta"), reviewed(letters, "copia")) == (3, 0)


def test_another_text_under_another_name_is_no_rename(letters: Project) -> None:
    article(letters, "carta.md").unlink()
    article(letters, "nueva.md").write_text("# Nada que ver\n\nGracias.\n", "utf-8")
    assert desk.update(letters).moves == ()
    assert reviewed(letters, "carta") == 3


def test_git_tells_a_rename_that_the_text_does_not(letters: Project) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
        subprocess.run(["git", "-C", letters.root, *who, *arguments], check=True, timeout=60)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "Before")
    git("mv", "locales/es/articles/carta.md", "locales/es/articles/nota.md")
    git("commit", "-qm", "Rename")
    article(letters, "nota.md").write_text("# Nota\n\nTodo nuevo.\n", "utf-8")
    (move,) = desk.update(letters).moves
    assert move.after == letters.catalog_path("nota", "en")


def test_rename_moves_article_translation_and_catalog(letters: Project) -> None:
    translation = letters.root / "locales/en/articles/carta.md"
    translation.parent.mkdir(parents=True)
    translation.write_text("# Letter\n", "utf-8")
    moves, renamed = desk.rename(letters, "carta", "cartas/banco")
    assert len(moves) == 3
    assert renamed.path == article(letters, "cartas/banco.md")
    assert renamed.translations["en"].read_text("utf-8") == "# Letter\n"
    desk.update(letters)
    assert reviewed(letters, "cartas/banco") == 3


TABLES = {
    "a table": (
        '# Cartas\n[[article]]\npath = "es/carta.md"  # la primera\ntranslations = { en = "en/letter.md" }\n',
        '# Cartas\n[[article]]\npath = "es/cartas/banco.md"  # la primera\ntranslations = { en = "en/letter.md" }\n',
    ),
    "single quotes, no blanks": (
        "[[article]]\ntranslations={en='en/letter.md'}\npath='es/carta.md'\n",
        "[[article]]\ntranslations={en='en/letter.md'}\npath='es/cartas/banco.md'\n",
    ),
    "the second of two": (
        '[[article]]\npath = "es/faro.md"\n\n[[article]]\npath = "es/carta.md"\nslug = "carta"\n',
        '[[article]]\npath = "es/faro.md"\n\n[[article]]\npath = "es/cartas/banco.md"\nslug = "carta"\n',
    ),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rename_changes_the_table_that_names_the_article_and_nothing_else(
    letters: Project, name: str, end: str
) -> None:
    head = letters.file.read_text("utf-8")
    before, after = TABLES[name]
    letters.file.write_bytes((head + before).replace("\n", end).encode())
    letter = letters.root / "locales/en/articles/letter.md"
    letter.parent.mkdir(parents=True)
    letter.write_text("# Letter\n", "utf-8")
    project = Project.load(letters.file)
    _moves, renamed = desk.rename(project, "carta", "cartas/banco")
    assert letters.file.read_bytes() == (head + after).replace("\n", end).encode()
    assert renamed.path == article(letters, "cartas/banco.md")
    assert letter.exists()
    project = Project.load(letters.file)
    desk.update(project)
    assert reviewed(project, renamed.slug) == 3


def test_a_table_that_cannot_be_changed_is_named_and_no_file_is_moved(letters: Project) -> None:
    text = letters.file.read_text("utf-8") + '[[article]]\npath = """\\\n  es/carta.md"""\n'
    letters.file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="change it there"):
        desk.rename(Project.load(letters.file), "carta", "otra")
    assert article(letters, "carta.md").exists()
    assert letters.file.read_text("utf-8") == text


def test_rename_refuses_what_is_there_and_what_is_not(letters: Project) -> None:
    with pytest.raises(UsageError, match="there already"):
        desk.rename(letters, "carta", "faro")
    with pytest.raises(UsageError, match="no such article"):
        desk.rename(letters, "nada", "tampoco")
    with pytest.raises(UsageError, match="not below"):
        desk.rename(letters, "carta", "../../../fuera.md")
    assert reviewed(letters, "carta") == 3


def test_rename_finds_the_catalog_of_an_article_that_was_rewritten(letters: Project) -> None:
    article(letters, "carta.md").unlink()
    article(letters, "nueva.md").write_text("# Nada que ver\n\nGracias.\n", "utf-8")
    desk.update(letters)
    # It has a catalog of its own by now, with nothing in it.
    letters.catalog_path("nueva", "en").unlink()
    desk.rename(letters, "carta", "nueva")
    desk.update(letters)
    assert reviewed(letters, "nueva") == 1


def test_retired_catalogs_are_out_of_the_way_and_come_back(letters: Project) -> None:
    with pytest.raises(UsageError, match="still there"):
        desk.retire(letters, ["carta"])
    article(letters, "carta.md").unlink()
    (move,) = desk.retire(letters)
    assert move.after.exists()
    assert letters.catalogs("en") == (letters.catalog_path("faro", "en"),)
    assert desk.retire(letters) == ()
    article(letters, "vuelta.md").write_text(LETTER, "utf-8")
    desk.update(letters)
    assert reviewed(letters, "vuelta") == 3


def test_prune_removes_pages_of_ours_and_nothing_else(letters: Project) -> None:
    out = letters.export.out
    article(letters, "carta.md").unlink()
    (out / "en/persona.html").write_text("A page of a person", "utf-8")
    (out / "es/carta.html").write_text("Changed by a person", "utf-8")
    report = desk.publish(letters)
    stale = ["en/carta.html", "en/persona.html", "es/carta.html"]
    assert names_of(report, report.stale) == stale
    report = desk.publish(letters, prune=True)
    assert names_of(report, report.removed) == stale[:1]
    assert names_of(report, report.stale) == stale[1:]
    assert not (out / "en/carta.html").exists()


def test_the_command_line_says_what_follows(l10n: Run, letters: Project) -> None:
    article(letters, "carta.md").rename(article(letters, "carta-director.md"))
    build = l10n("build")
    assert build.returncode == 0
    assert "carta.po: moved to locales/en/LC_MESSAGES/carta-director.po" in build.stderr
    assert l10n("rename", "carta-director", "fin").returncode == 0
    assert reviewed(letters, "fin") == 3
    article(letters, "fin.md").unlink()
    retire = l10n("retire")
    assert retire.returncode == 0
    assert ".retired/fin.po" in retire.stderr
    assert "removed: site/en/carta-director.html" in l10n("export", "--prune").stderr


def exchange(project: Project, one: str, other: str) -> None:
    first, second = article(project, one), article(project, other)
    kept = first.read_text("utf-8")
    first.write_text(second.read_text("utf-8"), "utf-8")
    second.write_text(kept, "utf-8")


def test_two_articles_that_exchange_names_keep_their_reviews(letters: Project) -> None:
    catalog = Catalog.load(letters.catalog_path("faro", "en"))
    catalog.entries[0].translate("The lighthouse goes dark")
    catalog.entries[0].approve(by="Eva")
    catalog.save()
    exchange(letters, "carta.md", "faro.md")
    report = desk.update(letters)
    assert {(move.before.stem, move.after.stem) for move in report.moves} == {
        ("carta", "faro"),
        ("faro", "carta"),
    }
    assert (reviewed(letters, "faro"), reviewed(letters, "carta")) == (3, 1)
    assert [result.path.stem for result in report.catalogs] == ["carta", "faro"]
    assert not list(letters.root.rglob(".retired/*.po"))
    # Each name is an address of a page still: nothing leads on.
    assert not desk.publish(letters).redirects
    exchange(letters, "carta.md", "faro.md")
    desk.update(letters)
    assert (reviewed(letters, "carta"), reviewed(letters, "faro")) == (3, 1)


def test_a_text_that_got_another_name_keeps_its_reviews_though_a_new_one_took_its_own(
    letters: Project,
) -> None:
    article(letters, "archivo.md").write_text(LETTER, "utf-8")
    article(letters, "carta.md").write_text(
        "# Otra carta\n\nFaltan árboles en la plaza.\n", "utf-8"
    )
    desk.update(letters)
    assert (reviewed(letters, "archivo"), reviewed(letters, "carta")) == (3, 0)
    assert len(Catalog.load(letters.catalog_path("carta", "en")).entries) == 2


def test_an_article_written_anew_keeps_its_catalog(letters: Project) -> None:
    article(letters, "carta.md").write_text(
        "# Otra carta\n\nFaltan árboles en la plaza.\n", "utf-8"
    )
    report = desk.update(letters)
    assert not report.moves
    assert len(Catalog.load(letters.catalog_path("carta", "en")).obsolete) == 3


def test_an_exchange_that_was_stopped_half_way_is_finished(letters: Project) -> None:
    exchange(letters, "carta.md", "faro.md")
    catalog = letters.catalog_path("carta", "en")
    aside = catalog.parent / ".retired/carta.po"
    aside.parent.mkdir()
    catalog.rename(aside)
    desk.update(letters)
    assert reviewed(letters, "faro") == 3
    assert not aside.exists()
