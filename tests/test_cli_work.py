"""`init`, `update`, `status` and `build` as a newcomer meets them, and exit statuses."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.model import Origin, State

Run = Callable[..., subprocess.CompletedProcess[str]]


def texts(folder: Path) -> dict[str, bytes]:
    """Every file but those that are derived."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".l10n" not in path.parts
    }


def entries_of(data: bytes) -> list[bytes]:
    return [entry.render() for entry in Catalog.parse(data).entries]


def test_init_makes_a_project_that_builds(l10n: Run, tmp_path: Path) -> None:
    assert l10n("init", "--source", "en", "--target", "es").returncode == 0
    (tmp_path / "locales/en/articles/hello.txt").write_text(
        "Hello\n\nA first article.\n", encoding="utf-8"
    )
    assert l10n("update").returncode == 0
    assert (tmp_path / "locales/es/LC_MESSAGES/hello.po").is_file()


def test_init_never_overwrites(l10n: Run, newsroom: Path) -> None:
    before = texts(newsroom)
    run = l10n("init")
    assert run.returncode == 2
    assert "there is a project file already" in run.stderr
    assert texts(newsroom) == before


def test_init_sees_a_project_in_pyproject(l10n: Run, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.l10n]\nsource = "en"\ntargets = ["es"]\n')
    run = l10n("init")
    assert (run.returncode, "pyproject.toml: there is a project file" in run.stderr) == (
        2,
        True,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]


def test_an_empty_catalog_is_begun_anew(l10n: Run, newsroom: Path) -> None:
    l10n("update")
    path = newsroom / "locales/en/LC_MESSAGES/faro.po"
    whole = path.read_text(encoding="utf-8")
    path.write_text("", encoding="utf-8")
    assert l10n("update").returncode == 0
    assert path.read_text(encoding="utf-8").count("\n") == whole.count("\n")


def test_update_twice_is_update_once(l10n: Run, newsroom: Path) -> None:
    assert l10n("update").returncode == 0
    before = texts(newsroom)
    run = l10n("update")
    assert run.returncode == 0
    assert "2 catalogs are up to date" in run.stderr
    assert texts(newsroom) == before


def test_update_of_one_article_leaves_the_others(l10n: Run, newsroom: Path) -> None:
    assert l10n("update", "faro").returncode == 0
    assert (newsroom / "locales/en/LC_MESSAGES/faro.po").is_file()
    assert not (newsroom / "locales/en/LC_MESSAGES/feria.po").exists()


def test_a_bad_article_is_told_and_the_others_are_updated(l10n: Run, newsroom: Path) -> None:
    bad = newsroom / "locales/es/articles/mala.html"
    bad.write_bytes(b"<p>ma\xf1ana</p>")
    run = l10n("update")
    assert run.returncode == 2
    assert "mala.html:1:" in run.stderr
    assert "Traceback" not in run.stderr
    assert (newsroom / "locales/en/LC_MESSAGES/feria.po").is_file()
    assert not (newsroom / "locales/en/LC_MESSAGES/mala.po").exists()


def test_a_damaged_catalog_is_told_and_never_rewritten(l10n: Run, newsroom: Path) -> None:
    l10n("update")
    catalog = newsroom / "locales/en/LC_MESSAGES/feria.po"
    catalog.write_text(catalog.read_text(encoding="utf-8") + 'msgid "x\n', encoding="utf-8")
    before = catalog.read_bytes()
    run = l10n("update")
    assert run.returncode == 2
    last = len(before.splitlines())
    assert f"feria.po:{last}:" in run.stderr
    assert catalog.read_bytes() == before


def test_status_counts_each_article_and_locale(l10n: Run, newsroom: Path) -> None:
    l10n("update")
    rows = json.loads(l10n("status", "--format", "json").stdout)
    assert [(row["article"], row["locale"], row["untranslated"]) for row in rows] == [
        ("faro", "en", 2),
        ("feria", "en", 4),
    ]
    table = l10n("status").stdout
    assert "feria" in table
    assert "total" in table


def test_status_of_nothing_is_not_complete(l10n: Run, newsroom: Path) -> None:
    assert "100 %" not in l10n("status").stdout


def test_status_tells_of_a_catalog_that_cannot_be_read(l10n: Run, newsroom: Path) -> None:
    l10n("update")
    path = newsroom / "locales/en/LC_MESSAGES/faro.po"
    path.unlink()
    path.mkdir()
    run = l10n("status")
    assert run.returncode == 2
    assert run.stderr == f"l10n: {path}: cannot be read: Is a directory\n"


def test_status_speaks_spanish(l10n: Run, newsroom: Path) -> None:
    assert newsroom
    l10n("update")
    assert "artículo" in l10n("status", L10N_LANG="es").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("status",), "no l10n.toml here or in a folder above"),
        (("check", "nowhere.po"), "no such catalog"),
        (("frobnicate",), "No such command"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    l10n: Run, arguments: tuple[str, ...], message: str
) -> None:
    run = l10n(*arguments)
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_an_unknown_locale_names_what_the_project_has(l10n: Run, newsroom: Path) -> None:
    assert newsroom
    run = l10n("status", "fr")
    assert run.returncode == 2
    assert "fr is no locale, article, catalog or folder of this project" in run.stderr
    assert "locales are es, en" in run.stderr


def test_build_takes_articles_through_the_whole_road(l10n: Run, newsroom: Path) -> None:
    run = l10n("build")
    assert run.returncode == 0, run.stderr
    catalog = (newsroom / "locales/en/LC_MESSAGES/feria.po").read_text(encoding="utf-8")
    assert "There are 42 stalls." in catalog
    assert "aligned=" in catalog
    assert "mt=pseudo" in (newsroom / "locales/en/LC_MESSAGES/faro.po").read_text(
        encoding="utf-8"
    )
    assert (newsroom / ".l10n/align/feria.en.html").is_file()
    for page in ("es/feria.html", "en/feria.html", "es/faro.html", "en/faro.html"):
        assert (newsroom / "site" / page).stat().st_size > 100


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_align_fills_an_empty_catalog_as_if_there_were_none(
    l10n: Run, newsroom: Path, tmp_path: Path, content: bytes
) -> None:
    catalog = newsroom / "locales/en/LC_MESSAGES/feria.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_bytes(content)
    assert l10n("align", "--engine", "none").returncode == 0
    aligned = Catalog.load(catalog)
    if shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "--check", "-o", tmp_path / "x.mo", catalog], check=True)
    catalog.write_bytes(content)
    l10n("update")
    assert aligned.header.keys() == {*Catalog.load(catalog).header, "X-Aligned-With"}
    assert aligned.header["Language"] == "en"
    assert aligned.entries[0].msgstr


def test_building_again_changes_nothing(l10n: Run, newsroom: Path) -> None:
    l10n("build")
    before = texts(newsroom / "locales") | texts(newsroom / "site")
    run = l10n("build")
    assert run.returncode == 0
    assert texts(newsroom / "locales") | texts(newsroom / "site") == before


def test_a_build_after_an_update_takes_existing_translations_in_all_the_same(
    l10n: Run, newsroom: Path
) -> None:
    catalog = newsroom / "locales/en/LC_MESSAGES/feria.po"
    l10n("build")
    undisturbed = [(e.msgstr, e.origin) for e in Catalog.load(catalog).entries]
    shutil.rmtree(newsroom / "locales/en/LC_MESSAGES")
    # The side-by-side pages of the first build stay: they do not say that a catalog has the text.
    assert l10n("update").returncode == 0
    assert l10n("build").returncode == 0
    assert [(e.msgstr, e.origin) for e in Catalog.load(catalog).entries] == undisturbed


def test_build_aligns_no_catalog_that_a_translator_began(l10n: Run, newsroom: Path) -> None:
    l10n("update")
    path = newsroom / "locales/en/LC_MESSAGES/feria.po"
    catalog = Catalog.load(path)
    catalog.entries[0].translate("Mine.")
    catalog.save()
    assert l10n("build").returncode == 0
    mine, *others = Catalog.load(path).entries
    assert (mine.msgstr, mine.state) == ("Mine.", State.TRANSLATED)
    assert {entry.origin for entry in others} == {Origin.ALIGNED}


@pytest.mark.parametrize(
    "before", [("update", "prefill"), ("update", "prefill", "build", "align")]
)
def test_translations_of_people_come_before_drafts_whatever_the_order(
    l10n: Run, newsroom: Path, before: tuple[str, ...]
) -> None:
    catalogs = newsroom / "locales/en/LC_MESSAGES"
    l10n("build")
    undisturbed = {name: entries_of(data) for name, data in texts(catalogs).items()}
    shutil.rmtree(catalogs)
    shutil.rmtree(newsroom / ".l10n")
    for command in before:
        assert l10n(command).returncode == 0
    run = l10n("build")
    assert run.returncode == 0
    assert {name: entries_of(data) for name, data in texts(catalogs).items()} == undisturbed


def test_a_translation_named_after_the_first_build_is_taken_in(
    l10n: Run, newsroom: Path
) -> None:
    articles = newsroom / "locales/en/articles"
    (articles / "feria.html").rename(newsroom / "the-fair.html")
    l10n("build")
    path = newsroom / "locales/en/LC_MESSAGES/feria.po"
    catalog = Catalog.load(path)
    assert {entry.origin for entry in catalog.entries} == {Origin.MT}
    _title, heading, _text, last = catalog.entries
    heading.save_draft("What a person began")
    last.translate("What a person wrote")
    catalog.save()
    (newsroom / "the-fair.html").rename(articles / "the-fair.html")
    with (newsroom / "l10n.toml").open("a", encoding="utf-8") as stream:
        stream.write(
            '[[article]]\npath = "es/feria.html"\ntranslations = { en = "en/the-fair.html" }\n'
        )
    status = l10n("status")
    assert "locales/en/articles/the-fair.html: this translation has not been taken in" in (
        status.stdout
    )
    assert "l10n align feria" in status.stdout
    assert "not been taken in" in l10n("prefill").stderr
    build = l10n("build")
    assert "2 untouched drafts of the machine gave way" in build.stderr
    after = Catalog.load(path).entries
    assert [entry.origin for entry in after] == [
        Origin.ALIGNED,
        Origin.MT,
        Origin.ALIGNED,
        None,
    ]
    assert [entry.msgstr for entry in after[1::2]] == [
        "What a person began",
        "What a person wrote",
    ]
    assert "not been taken in" not in l10n("status").stdout
    again = l10n("align", "feria")
    assert "nothing to fill" in again.stderr


def test_a_translation_that_was_changed_is_taken_in_where_no_person_has_been(
    l10n: Run, newsroom: Path
) -> None:
    original = newsroom / "locales/es/articles/feria.html"
    translation = newsroom / "locales/en/articles/feria.html"
    l10n("build")
    new = "<p>Cierra el domingo a las 22.</p>\n</body>"
    original.write_text(original.read_text("utf-8").replace("</body>", new), "utf-8")
    l10n("build")
    path = newsroom / "locales/en/LC_MESSAGES/feria.po"
    assert Catalog.load(path).entries[-1].origin is Origin.MT
    new = "<p>It closes on Sunday at 22.</p>\n</body>"
    translation.write_text(translation.read_text("utf-8").replace("</body>", new), "utf-8")
    l10n("build")
    entry = Catalog.load(path).entries[-1]
    assert (entry.origin, entry.msgstr) == (Origin.ALIGNED, "It closes on Sunday at 22.")


def test_build_without_an_engine_says_how_to_get_one(l10n: Run, newsroom: Path) -> None:
    (newsroom / "l10n.toml").write_text("engines = []\n", encoding="utf-8")
    run = l10n("build")
    assert run.returncode == 0
    assert "l10n engines install" in run.stderr
    assert "mt=" not in (newsroom / "locales/en/LC_MESSAGES/faro.po").read_text(
        encoding="utf-8"
    )


def test_status_says_where_an_article_has_changed_since(l10n: Run, newsroom: Path) -> None:
    l10n("update")
    article = newsroom / "locales/es/articles/feria.html"
    article.write_text(article.read_text("utf-8").replace("</body>", "<p>Cierra el lunes.</p></body>"), "utf-8")  # fmt: skip
    assert (
        "feria (en): the article has changed since; type: l10n update" in l10n("status").stdout
    )
    l10n("update")
    assert "has changed since" not in l10n("status").stdout
