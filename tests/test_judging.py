"""One judgement of an entry: by `l10n check`, on the screen, and in plain lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.checks.examine import examine
from l10n.checks.rulebook import RULES
from l10n.checks.run import check_project
from l10n.model import Severity
from l10n.project import Project
from l10n.project.judging import OUTSIDE, Criteria, counterpart, criteria_of
from l10n.review.decisions import Refusal
from l10n.review.opening import open_session, resolve
from l10n.review.session import Session

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: es\\n"\n"X-Source-Language: en\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
)
TEXTS = (
    ("Write <FILE> and <h2>", "Escribe <ARCHIVO> y <h2>"),
    ("Save to <head>", "Guarda en <cabeza>"),
    ("The council meets today.", "La junta se reúne hoy."),
)
AT_ONCE = pytest.mark.parametrize("at_once", [True, False], ids=["screen", "plain"])


def project_with(
    root: Path, *, slug: str, rules: str = "", texts: Sequence[tuple[str, str]] = TEXTS
) -> Path:
    """Write a project with a glossary and one catalog; gives the catalog's path."""
    (root / "l10n.toml").write_text(
        f'source = "en"\ntargets = ["es"]\n[check]\nmin_translated = 0\nrules = {{ {rules} }}\n',
        encoding="utf-8",
    )
    path = root / f"locales/es/LC_MESSAGES/{slug}.po"
    path.parent.mkdir(parents=True)
    entries = (f'\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n' for msgid, msgstr in texts)
    path.write_text(HEADER + "".join(entries), encoding="utf-8")
    (root / "locales/glossary.csv").write_text(
        "source_locale,source_term,target_locale,target_term,note,forbidden\n"
        "en,council,es,ayuntamiento,,\n",
        encoding="utf-8",
    )
    return path


def sit_down(path: Path, *, at_once: bool) -> Session:
    project, places = resolve(str(path))
    return open_session(places[0], project, "Ana", at_once=at_once)


def found_by_check(path: Path) -> set[tuple[str, str]]:
    """The rules that `l10n check` names for single texts, with their sources."""
    report = check_project(Project.load(path.parents[3] / "l10n.toml"))
    return {(one.rule, one.msgid) for one in report.findings if one.msgid}


def found_by_session(session: Session) -> set[tuple[str, str]]:
    return {
        (finding.rule, entry.msgid)
        for row, entry in enumerate(session.entries)
        for finding in session.findings(row, 0)
    }


@pytest.mark.parametrize("slug", ["l10n", "fair"])
def test_plain_lines_say_what_check_says(tmp_path: Path, slug: str) -> None:
    path = project_with(tmp_path, slug=slug)
    found = found_by_session(sit_down(path, at_once=False))
    assert found == found_by_check(path)
    assert ("glossary", TEXTS[2][0]) in found
    named = [msgid for rule, msgid in found if rule == "literal-tag"]
    assert len(named) == (0 if slug == "l10n" else 2), (
        "in other programs `<h2>` that nothing closes is theirs"
    )


@pytest.mark.parametrize("slug", ["l10n", "fair"])
def test_the_screen_leaves_out_only_slow_warnings(tmp_path: Path, slug: str) -> None:
    path = project_with(tmp_path, slug=slug)
    found = found_by_session(sit_down(path, at_once=True))
    assert found == {pair for pair in found_by_check(path) if pair[0] != "glossary"}


@AT_ONCE
def test_what_the_project_calls_an_error_is_not_approved(tmp_path: Path, at_once: bool) -> None:
    path = project_with(tmp_path, slug="fair", rules='glossary = "error"')
    session = sit_down(path, at_once=at_once)
    session.go_to(2)
    answer = session.approve()
    assert isinstance(answer, Refusal)
    assert [finding.rule for finding in answer.findings] == ["glossary"]


@AT_ONCE
def test_a_term_that_was_added_counts_at_once(tmp_path: Path, at_once: bool) -> None:
    path = project_with(tmp_path, slug="fair", rules='glossary = "error"')
    session = sit_down(path, at_once=at_once)
    session.go_to(2)
    assert isinstance(session.approve(), Refusal)
    with (tmp_path / "locales/glossary.csv").open("a", encoding="utf-8") as file:
        file.write("en,council,es,junta,,\n")
    session.forget_findings()
    assert not isinstance(session.approve(), Refusal)


def test_lengths_usual_in_a_large_catalog_count_in_plain_lines_too(tmp_path: Path) -> None:
    usual = [
        (f"A sentence of some length, number {n}.", f"Una frase larga, número {n}.")
        for n in range(120)
    ]
    odd = ("A sentence of some length, which is the last.", "Una.")
    path = project_with(tmp_path, slug="fair", texts=[*usual, odd])
    found = found_by_session(sit_down(path, at_once=False))
    assert ("length", odd[0]) in found
    assert found == found_by_check(path)


def test_slow_rules_find_no_errors_of_themselves() -> None:
    """What the screen leaves to another process must not be an error unless a project says so."""
    full = Criteria("es", glossary=Path("terms.csv"), words=Path("words.es.txt"))
    assert full.without_slow_warnings() == Criteria("es", usual_lengths=False)
    for rule in ("glossary", "forbidden-term", "spelling", "length"):
        assert RULES[rule].severity is not Severity.ERROR


def test_a_catalog_outside_a_project_is_judged_by_its_header(tmp_path: Path) -> None:
    assert criteria_of(None, tmp_path / "any.po") == OUTSIDE
    catalog = Catalog.parse(HEADER.encode(), tmp_path / "any.po")
    assert OUTSIDE.target(catalog.target_locale) == "es"
    assert OUTSIDE.source(catalog.source_locale, "es", ()) == "en"
    assert not examine(HEADER.encode(), tmp_path / "any.po", OUTSIDE).findings


def test_articles_that_cannot_be_listed_keep_nothing_from_being_judged(tmp_path: Path) -> None:
    path = project_with(tmp_path, slug="fair", rules='glossary = "error"')
    articles = tmp_path / "locales/en/articles"
    articles.mkdir(parents=True)
    (articles / "fair.md").touch()
    (articles / "fair.html").touch()
    project = Project.load(tmp_path / "l10n.toml")
    judged = criteria_of(project, path)
    assert judged.source_locale is None
    assert dict(judged.severities) == {"glossary": Severity.ERROR}


@pytest.mark.parametrize(
    ("locale", "other"),
    [("en", "es"), ("en-GB", "es"), ("es", "en"), ("es_MX", "en"), ("fr", "en")],
)
def test_the_other_language(locale: str, other: str) -> None:
    assert counterpart(locale) == other


def test_a_british_catalog_of_a_program_is_made_from_english() -> None:
    english = ("Open the file in another window", "There is not enough space left on the disk")
    spanish = ("Abrir el archivo en otra ventana", "No queda espacio suficiente en el disco")
    assert OUTSIDE.source(None, "en-GB", english) == "en"
    assert OUTSIDE.source(None, "en-GB", spanish) == "es"
    assert OUTSIDE.source("fr", "en-GB", english) == "fr"


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("en_GB.po", "en-GB"),
        ("help/es/es.po", "es"),
        ("manual.es_MX.po", "es-MX"),
        ("web-en_GB.po", "en-GB"),
        ("fair.po", ""),
        ("sign-in.po", ""),
        ("FAQ_is.po", ""),
    ],
)
def test_a_catalog_without_language_is_in_the_one_of_its_name(name: str, locale: str) -> None:
    data = (
        b'msgid ""\nmsgstr "Language: \\n"\n\nmsgid "Open the file"\nmsgstr "Open the file"\n'
    )
    assert Catalog.parse(data, Path(name)).target_locale == locale
