"""The project file: settings, places, pairing of articles, and complaints that name the line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from l10n.errors import ProjectError, UsageError
from l10n.model import Severity
from l10n.project import Project, matches_glob, select_catalogs, validate_locale
from tests.conftest import Run


def write_project(root: Path, toml: str, *files: str) -> Project:
    (root / "l10n.toml").write_text(toml, encoding="utf-8")
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Hola.\n", encoding="utf-8")
    return Project.load(root / "l10n.toml")


def test_an_empty_file_gives_the_defaults_of_a_spanish_newsroom(tmp_path: Path) -> None:
    project = write_project(tmp_path, "")
    assert (project.source, project.targets) == ("es", ("en",))
    assert project.engines == ("ctranslate2", "argos", "apertium")
    assert project.catalog_path("feria", "en") == tmp_path / "locales/en/LC_MESSAGES/feria.po"
    assert project.thresholds("en", "feria").min_translated == 100


def test_files_with_one_relative_path_are_one_article_whose_original_is_in_the_source_locale(
    tmp_path: Path,
) -> None:
    project = write_project(
        tmp_path,
        "",
        "locales/es/articles/feria.html",
        "locales/en/articles/feria.html",
        "locales/en/articles/guides/bikes.txt",
    )
    bikes, fair = sorted(project.articles(), key=lambda ref: ref.locale)
    assert (fair.slug, fair.locale, list(fair.translations)) == ("feria", "es", ["en"])
    assert (bikes.slug, bikes.locale, bikes.translations) == ("guides/bikes", "en", {})
    assert project.targets_of(bikes) == ("es",)


def test_an_article_table_names_a_translation_and_an_exported_path(tmp_path: Path) -> None:
    toml = """
    [[article]]
    path = "en/housing.html"
    translations = { es = "es/vivienda.html" }
    out = { es = "vivienda.html" }
    """
    project = write_project(
        tmp_path, toml, "locales/en/articles/housing.html", "locales/es/articles/vivienda.html"
    )
    (ref,) = project.articles()
    assert ref.slug == "housing"
    assert ref.translations["es"] == tmp_path / "locales/es/articles/vivienda.html"
    assert ref.out == {"es": "vivienda.html"}
    assert (
        project.article(
            "locales/es/articles/vivienda.html".replace("locales", str(tmp_path / "locales"))
        )
        == ref
    )


def test_thresholds_go_from_general_to_locale_to_article(tmp_path: Path) -> None:
    toml = """
    [check]
    min_translated = 90
    [check.en]
    min_reviewed = 80
    rules = { doubled-word = "off" }
    [[check.article]]
    path = "guides/**"
    min_reviewed = 100
    """
    project = write_project(tmp_path, toml)
    assert project.thresholds("en", "feria").min_reviewed == 80
    assert project.thresholds("en", "guides/a/b").min_reviewed == 100
    assert project.thresholds("es", "feria").min_reviewed == 0
    assert project.severities("en", "feria") == {"doubled-word": None}


@pytest.mark.parametrize(
    ("toml", "line", "message"),
    [
        ("source = 'es'\ntarget = ['en']", 2, "unknown key target"),
        ("[check]\nmin_tranlated = 3", 2, "unknown key check.min_tranlated"),
        (
            "[export]\nmissing = 'nothing'",
            2,
            "export.missing: wanted source, hide-page, keep, fail",
        ),
        ("targets = ['xx-nowhere']", 1, "targets: unknown locale: xx-nowhere"),
        ("articles = 'texts'", 1, "articles: wanted a path with {locale} in it"),
        ("glossary = '../../terms.csv'", 1, "glossary: ../../terms.csv leaves the project"),
        ("[export]\nout = '/tmp'", 2, "export.out: /tmp leaves the project"),
        (
            "[export]\nout = ''",
            2,
            "export.out: wanted a path below the project’s folder",
        ),
        ("glossary = '.'", 1, "glossary: wanted a path below the project’s folder"),
        (
            "[[article]]\npath = 'es/a.txt'\nout = { en = 'b' }\n[export]\nout = '/tmp'",
            5,
            "export.out: /tmp leaves the project",
        ),
        (
            "[export]\nout = 'x'\n[[article]]\npath = 'es/a.txt'\nout = { fr = 'b.html' }",
            5,
            "article.out: fr is no locale of this project",
        ),
        (
            "[[article]]\npath = 'es/a.txt'\ntranslations = { fr = 'fr/b.txt' }",
            3,
            "article.translations: fr is no locale of this project",
        ),
        (
            "[[article]]\npath = 'es/a.txt'\n\n[[article]]\nout = { en = 'b' }",
            4,
            "article.path is missing",
        ),
        ("[[check.article]]\nmin_reviewed = 3", 1, "check.article.path is missing"),
        ("[check]\nmin_reviewed = 101", 2, "check.min_reviewed: wanted a number from 0 to 100"),
        ("source = 'es'\nsource = 'en'", 2, "Cannot overwrite a value"),
        (
            "source = 'es'\ntargets = ['es']",
            2,
            "targets: wanted a locale other than the source",
        ),
        (
            "[[article]]\npath = 'es/a.txt'\ntranslations = { es = 'es/b.txt' }",
            3,
            "article.translations: wanted",
        ),
    ],
)
def test_a_wrong_file_is_told_by_line(
    tmp_path: Path, toml: str, line: int, message: str
) -> None:
    with pytest.raises(ProjectError) as caught:
        write_project(tmp_path, toml)
    assert str(caught.value).startswith(f"{tmp_path / 'l10n.toml'}:{line}: {message}")


@pytest.mark.parametrize(
    ("address", "wanted", "better"),
    [
        ("https://example.org/?x=1", "an address without ? and #", "https://example.org/"),
        ("https://example.org#top", "an address without ? and #", "https://example.org"),
        ("https://example.org/a b/", "an address without spaces", "https://example.org/a%20b/"),
        (" https://example.org", "an address without spaces", "https://example.org"),
        ("https://ana:1@example.org", "an address without user name", "https://example.org"),
        (
            "https://example.org/5%",
            "an address with two hexadecimal digits",
            "https://example.org/5%25",
        ),
        ("https://exa mple.org", "an address without spaces", ""),
        ("https://a..b", "an address such as", ""),
        ("https://", "an address such as", ""),
        ("https://example.org:https", "an address such as", ""),
        ("ftp://example.org", "an address such as", ""),
        ("example.org", "an address such as", ""),
    ],
)
def test_an_address_no_page_can_have_is_refused_with_a_better_one(
    tmp_path: Path, address: str, wanted: str, better: str
) -> None:
    with pytest.raises(ProjectError) as caught:
        write_project(tmp_path, f"[export]\nbase_url = '{address}'")
    place = f"{tmp_path / 'l10n.toml'}:2"
    assert str(caught.value).startswith(f"{place}: export.base_url: wanted {wanted}")
    assert caught.value.hint == (f'base_url = "{better}"' if better else "")
    if better:
        assert write_project(tmp_path, f"[export]\n{caught.value.hint}").export.base_url


def test_a_folder_as_exported_path_is_its_index_page(tmp_path: Path) -> None:
    toml = '[[article]]\npath = "es/a.txt"\nout = { en = "fair/", es = "./" }\n'
    (ref,) = write_project(tmp_path, toml, "locales/es/articles/a.txt").articles()
    assert ref.out == {"en": "fair/index.html", "es": "index.html"}


def test_an_unknown_key_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        write_project(tmp_path, "[check]\nmin_tranlated = 3")
    assert caught.value.hint == "did you mean min_translated?"


def test_two_articles_with_one_slug_are_both_named(tmp_path: Path) -> None:
    project = write_project(
        tmp_path, "", "locales/es/articles/feria.html", "locales/es/articles/feria.txt"
    )
    with pytest.raises(ProjectError, match=r"feria.html and .*feria.txt would share"):
        project.articles()


def test_the_slug_of_the_interface_is_reserved(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="l10n is kept"):
        write_project(tmp_path, "", "locales/es/articles/l10n.txt").articles()


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("x", encoding="utf-8")
    root = tmp_path / "project"
    root.mkdir()
    project = write_project(root, "", "locales/es/articles/a.txt")
    (root / "locales/es/articles/b.txt").symlink_to(outside)
    with pytest.raises(ProjectError, match="outside the project"):
        project.articles()


def test_a_linked_folder_is_read_and_one_that_leads_out_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    project = write_project(root, "", "content/a.txt", "locales/en/LC_MESSAGES/x.txt")
    (root / "locales/es").mkdir()
    (root / "locales/es/articles").symlink_to(root / "content")
    assert [ref.slug for ref in project.articles()] == ["a"]
    (root / "locales/en/LC_MESSAGES/a.po").symlink_to(tmp_path / "a.po")
    with pytest.raises(ProjectError, match="outside the project"):
        project.catalogs()


def test_a_catalog_behind_a_linked_folder_belongs_to_its_project(tmp_path: Path) -> None:
    project = write_project(tmp_path, "", "po/en/feria.po")
    (tmp_path / "locales/en").mkdir(parents=True)
    (tmp_path / "locales/en/LC_MESSAGES").symlink_to(tmp_path / "po/en")
    (path,) = project.catalogs()
    assert (project.target_of_catalog(path), project.slug_of_catalog(path)) == ("en", "feria")
    assert project.target_of_catalog(tmp_path / "po/en/feria.po") == "en"


def test_a_link_to_itself_is_a_catalog_that_cannot_be_read(tmp_path: Path) -> None:
    project = write_project(tmp_path, "", "locales/en/LC_MESSAGES/a.po")
    loop = tmp_path / "locales/en/LC_MESSAGES/b.po"
    loop.symlink_to(loop)
    assert [project.slug_of_catalog(path) for path in project.catalogs()] == ["a", "b"]


def test_hidden_files_and_folders_named_like_catalogs_are_no_catalogs(tmp_path: Path) -> None:
    project = write_project(
        tmp_path,
        "",
        "locales/en/LC_MESSAGES/a.po",
        "locales/en/LC_MESSAGES/.a.po",
        "locales/en/LC_MESSAGES/.old/a.po",
        "locales/en/LC_MESSAGES/b.po/c.po",
    )
    (tmp_path / "locales/en/LC_MESSAGES/.#a.po").symlink_to("editor@host.17")
    assert [project.slug_of_catalog(path) for path in project.catalogs()] == ["a", "b.po/c"]


@pytest.mark.parametrize("name", [b"ma\xf1ana.txt", b"two\nlines.txt"])
def test_an_article_that_no_catalog_can_name_is_refused(tmp_path: Path, name: bytes) -> None:
    project = write_project(tmp_path, "", "locales/es/articles/a.txt")
    folder = os.fsencode(tmp_path / "locales/es/articles")
    with open(os.path.join(folder, name), "wb") as stream:  # noqa: PTH118, PTH123 - bytes
        stream.write(b"Hola.\n")
    with pytest.raises(ProjectError, match="the file name") as caught:
        project.articles()
    assert str(caught.value).isprintable()


def test_two_tables_for_one_article_are_told_by_line(tmp_path: Path) -> None:
    toml = '[[article]]\npath = "es/a.txt"\n[[article]]\npath = "es/a.txt"\n'
    project = write_project(tmp_path, toml, "locales/es/articles/a.txt")
    with pytest.raises(ProjectError, match=r"l10n.toml:2: two .*es/a.txt"):
        project.articles()


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert write_project(tmp_path, '\ufeffsource = "en"\ntargets = ["es"]').source == "en"


def test_the_table_may_stand_in_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.l10n]\nsource = 'en'\ntargets = ['es']\n", encoding="utf-8"
    )
    (tmp_path / "deep/er").mkdir(parents=True)
    project = Project.find(tmp_path / "deep/er")
    assert (project.root, project.source) == (tmp_path, "en")


def test_no_project_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        Project.find(tmp_path)
    assert caught.value.hint == "l10n init"


def test_an_unknown_article_is_answered_with_the_nearest(tmp_path: Path) -> None:
    project = write_project(tmp_path, "", "locales/es/articles/feria.html")
    with pytest.raises(UsageError) as caught:
        project.article("ferai")
    assert caught.value.hint == "did you mean feria?"


@pytest.mark.parametrize("tag", ["es", "es-MX", "en-GB", "pt-BR", "fr"])
def test_locales_babel_knows_are_accepted(tag: str) -> None:
    assert validate_locale(tag) == tag


@pytest.mark.parametrize("tag", ["", "spanish", "../en", "es_MX", "en;rm", "xx"])
def test_other_locales_are_refused(tag: str) -> None:
    with pytest.raises(UsageError, match="unknown locale"):
        validate_locale(tag)


def test_globs_know_folders() -> None:
    assert matches_glob("guides/a/b", "guides/**")
    assert matches_glob("guides/a", "guides/*")
    assert not matches_glob("guides/a/b", "guides/*")
    assert matches_glob("a/b/bikes", "**/bikes")
    assert not matches_glob("news/a", "guides/**")


def test_severities_read_the_three_levels_and_off(tmp_path: Path) -> None:
    project = write_project(tmp_path, "[check]\nrules = { numbers = 'error', quotes = 'off' }")
    assert project.severities("en", "x") == {"numbers": Severity.ERROR, "quotes": None}


@pytest.mark.parametrize(
    ("toml", "said", "hint"),
    [
        ("[engine.argos]\nbeam_size = 2\n", "unknown key engine.argos.beam_size", "beam"),
        (
            '[engine.ollama]\nurl = "x"\nmodell = "m"\n',
            "unknown key engine.ollama.modell",
            "model",
        ),
        ("[engine.pseudo]\nloud = true\n", "unknown key engine.pseudo.loud", ""),
        ('[engine.apertum]\ndata = "x"\n', "unknown key engine.apertum", "apertium"),
    ],
)
def test_an_engine_has_no_settings_but_its_own(
    tmp_path: Path, toml: str, said: str, hint: str
) -> None:
    with pytest.raises(ProjectError) as caught:
        write_project(tmp_path, toml)
    assert caught.value.message == said
    assert caught.value.line is not None
    assert hint in caught.value.hint


def test_the_table_of_a_plug_in_is_its_own_affair(tmp_path: Path) -> None:
    toml = 'engines = ["argus"]\n[engine.argus]\neyes = 100\n[engine.zeta]\nx = 1\n'
    project = write_project(tmp_path, toml)
    assert project.engine_settings("argus") == {"eyes": 100}


def test_a_folder_of_articles_means_their_catalogs(newsroom: Path, l10n: Run) -> None:
    assert l10n("update").returncode == 0
    project = Project.load(newsroom / "l10n.toml")
    feria, faro = (project.catalog_path(slug, "en") for slug in ("feria", "faro"))
    assert set(select_catalogs([str(newsroom / "locales/es/articles")], project)) == {
        feria,
        faro,
    }
    assert select_catalogs([str(newsroom / "locales/en/articles")], project) == (feria,)
    assert select_catalogs([str(newsroom / "locales/en/LC_MESSAGES")], None) == (faro, feria)
    (newsroom / "notes").mkdir()
    with pytest.raises(UsageError, match="no catalog in this folder"):
        select_catalogs([str(newsroom / "notes")], project)
