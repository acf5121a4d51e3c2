"""One vocabulary on the command line: what names mean is the same everywhere, and a hint is a next step."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from l10n.cli import cli
from l10n.cli.commands import COMMANDS, SYNONYMS
from l10n.cli.examples import EXAMPLES
from l10n.errors import UsageError
from l10n.project import Project
from l10n.project.meant import select_pages
from tests.conftest import Run


@pytest.fixture
def project(newsroom: Path, l10n: Run) -> Path:
    assert l10n("update").returncode == 0
    return newsroom


NAMES = [
    "feria",
    "locales/es/articles/feria.html",
    "locales/en/LC_MESSAGES/feria.po",
    "en/feria",
]


@pytest.mark.parametrize("name", NAMES)
def test_an_article_is_named_alike_by_every_command(
    l10n: Run, project: Path, name: str
) -> None:
    rows = json.loads(l10n("status", name, "--format", "json").stdout)
    assert [(row["article"], row["locale"]) for row in rows] == [("feria", "en")]
    done = l10n("build", name, "--engine", "none")
    assert done.returncode == 0, done.stderr
    assert not (project / "site/en/faro.html").exists()
    assert (project / "site/en/feria.html").exists()
    assert l10n("export", name, "-o", "pages").returncode == 0
    pages = {path.name for path in (project / "pages/en").glob("*.html")}
    assert pages == {"feria.html"}


@pytest.mark.parametrize(
    "command",
    [
        "check {}",
        "update {}",
        "prefill {} --engine none",
        "approve {} --by Ana --yes",
        "align {}",
        "compile {}",
        "xliff export {} -o out.xlf",
        "table export {} -o out.csv",
        "pack {} -o out.zip",
    ],
)
def test_every_command_takes_an_article_in_a_locale(
    l10n: Run, project: Path, command: str
) -> None:
    done = l10n(*command.format("en/feria").split())
    assert done.returncode in {0, 1}, done.stderr
    assert "faro" not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["locales/es/articles", "locales/en/LC_MESSAGES", *NAMES])
def test_update_takes_every_name(l10n: Run, project: Path, name: str) -> None:
    done = l10n("update", name)
    assert (done.returncode, "up to date" in done.stderr) == (0, True)


def test_an_article_in_its_own_language_is_not_meant(l10n: Run, project: Path) -> None:
    done = l10n("status", "es/feria")
    assert (done.returncode, "es/feria is no locale, article" in done.stderr) == (2, True)


def test_a_locale_brings_up_the_catalogs_of_its_articles(l10n: Run, project: Path) -> None:
    article = project / "locales/es/articles/feria.html"
    article.write_text(article.read_text().replace("</body>", "<p>Mañana, más.</p></body>"))
    assert l10n("update", "es").returncode == 0
    assert "Mañana" not in (project / "locales/en/LC_MESSAGES/feria.po").read_text()
    done = l10n("update", "en")
    assert (done.returncode, "1 new" in done.stderr) == (0, True)
    assert "Mañana" in (project / "locales/en/LC_MESSAGES/feria.po").read_text()


def test_a_folder_means_what_lies_in_it(project: Path) -> None:
    settings = Project.find(project)
    articles = select_pages([str(project / "locales/es/articles")], settings)
    assert articles.slugs == {"feria", "faro"}
    catalogs = select_pages([str(project / "locales/en/LC_MESSAGES")], settings)
    assert catalogs.pairs == {("feria", "en"), ("faro", "en")}
    assert catalogs.includes("faro", "en")
    assert not catalogs.includes("faro", "es")
    assert select_pages([], settings).includes("anything", "en")


def test_a_page_of_one_article_leaves_the_others(l10n: Run, project: Path) -> None:
    l10n("export")
    before = (project / "site/en/faro.html").read_bytes()
    catalog = project / "locales/en/LC_MESSAGES/feria.po"
    catalog.write_text(catalog.read_text().replace('msgstr ""\n\n', 'msgstr "x"\n\n', 1))
    done = l10n("export", "feria", "--prune")
    assert done.returncode == 0
    assert (project / "site/en/faro.html").read_bytes() == before


def test_no_engine_is_wanted_everywhere(l10n: Run, project: Path) -> None:
    done = l10n("prefill", "--engine", "none")
    assert (done.returncode, "engine" in done.stderr) == (0, False)
    catalog = (project / "locales/en/LC_MESSAGES/faro.po").read_text()
    assert "#, fuzzy" not in catalog


def test_a_note_is_a_finding_of_severity_info(l10n: Run, project: Path) -> None:
    by_name = [
        l10n("check", "--severity", name, "--no-cache").stdout for name in ("note", "info")
    ]
    assert by_name[0] == by_name[1]


@pytest.mark.parametrize(
    ("command", "hint"),
    [
        ("status english", "locales are es, en; articles: l10n status"),
        ("check fera", "did you mean feria?"),
        ("export ferria", "did you mean feria?"),
        ("status en/fera", "did you mean en/feria?"),
        ("check en/fera", "did you mean en/feria?"),
        ("update english", "locales are es, en; articles: l10n status"),
        ("engines install es", "l10n engines install es en"),
        ("check --explain", "l10n check --help"),
        ("translate feria", "l10n prefill"),
        ("glossary add", "l10n glossary check|export|extract|import"),
    ],
)
def test_a_hint_is_a_next_step(l10n: Run, project: Path, command: str, hint: str) -> None:
    done = l10n(*command.split())
    assert done.returncode == 2
    assert f"hint: {hint}" in done.stderr


def test_what_means_nothing_is_refused(project: Path) -> None:
    with pytest.raises(UsageError, match="no such catalog"):
        select_pages(["nowhere.po"], Project.find(project))


def test_percentages_of_our_own_messages_have_a_plain_space(l10n: Run, project: Path) -> None:
    done = l10n("check", L10N_LANG="es")
    assert "%" in done.stdout
    assert "⍽" not in done.stdout + done.stderr


def test_every_command_has_examples_that_it_takes() -> None:
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert name in EXAMPLES
        subcommands = command.commands if isinstance(command, click.Group) else {}
        assert {f"{name} {sub}" for sub in subcommands} <= set(EXAMPLES)
    for name, lines in EXAMPLES.items():
        for line in lines:
            words = shlex.split(line)[1:]
            shown = CliRunner().invoke(cli, [*name.split(), "--help"]).output
            assert line in shown, name
            for option in (word for word in words if word.startswith("--")):
                path = words[:2] if f"{words[0]} {words[1]}" in EXAMPLES else words[:1]
                assert option in CliRunner().invoke(cli, [*path, "--help"]).output, line


def test_words_of_other_tools_lead_to_commands() -> None:
    assert set(SYNONYMS.values()) <= {*COMMANDS, "review"}
    assert not set(SYNONYMS) & set(COMMANDS)
