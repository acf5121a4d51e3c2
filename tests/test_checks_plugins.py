"""Rules of other distributions and languages of one more file, as the guide shows them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n import languages
from l10n.checks.context import CheckContext
from l10n.checks.entries import check_pair
from l10n.checks.reading import Pair
from l10n.languages import language_of
from l10n.text.sentences import split_sentences
from tests.conftest import Run, guide, install_plugin, on_path
from tests.test_checks_languages import EVERY_RULE, clean_pairs

CATALOG = """msgid ""
msgstr ""
"Language: es\\n"
"X-Source-Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "The fair – it is free – opens today."
msgstr "La feria - es gratis - abre hoy."
"""


def install_dashes(folder: Path, code: str, *, version: str = "1.0") -> str:
    """Install the guide's rule, with this code; gives the `PYTHONPATH` that finds it."""
    install_plugin(
        folder, "l10n-dashes", "[l10n.rules]\ndashes = l10n_dashes\n", version=version
    )
    (folder / "l10n_dashes.py").write_text(code, encoding="utf-8")
    return on_path(folder)


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    path = tmp_path / "desk/es.po"
    path.parent.mkdir()
    path.write_text(CATALOG, encoding="utf-8")
    return path


def test_the_rule_of_the_guide_is_found_explained_and_mended(
    l10n: Run, tmp_path: Path, catalog: Path
) -> None:
    path = install_dashes(tmp_path / "site-packages", guide("l10n_dashes.py"))

    def run(*arguments: str | Path) -> str:
        done = l10n(*arguments, cwd=catalog.parent, PYTHONPATH=path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    findings = json.loads(run("check", catalog, "--format", "json"))["findings"]
    assert [finding["rule"] for finding in findings] == ["spaced-hyphen"] * 2
    assert "a hyphen stands for a dash" in run("check", "--explain", "spaced-hyphen")
    run("check", catalog, "--fix", "--yes")
    assert "La feria – es gratis – abre hoy." in catalog.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('"A hyphen between', '"" and "A hyphen between'), "it has no description"),
        (("Severity.WARNING", '"fatal"'), "no such severity: fatal"),
        (('"spaced-hyphen"', '"brackets"'), "another rule has this id"),
        (('"spaced-hyphen"', '"Spaced hyphen"'), "an id is small letters"),
        (("    Example(", "    *() and Example("), "it has no example"),
        (("@rule(", "@(lambda *_, **__: lambda find: find)("), "it registers no rule"),
        (("import Severity", "import Gravity"), "cannot import name 'Gravity'"),
    ],
)
def test_a_half_done_rule_stops_the_check_with_one_line(
    l10n: Run, tmp_path: Path, catalog: Path, change: tuple[str, str], reason: str
) -> None:
    code = guide("l10n_dashes.py")
    assert change[0] in code
    path = install_dashes(tmp_path / "site-packages", code.replace(*change))
    done = l10n("check", catalog, cwd=catalog.parent, PYTHONPATH=path)
    assert done.returncode == 2
    message = done.stderr.splitlines()[0]
    assert reason in message
    assert "l10n-dashes 1.0" in message
    assert "Traceback" not in done.stderr


def test_a_new_version_of_a_rule_is_asked_again(
    l10n: Run, tmp_path: Path, catalog: Path
) -> None:
    (catalog.parent / "l10n.toml").write_text('source = "en"\ntargets = ["es"]\n', "utf-8")
    code, answers = guide("l10n_dashes.py"), []
    for version in ("1.0", "1.1"):
        folder = tmp_path / version
        path = install_dashes(
            folder, code.replace('"write a dash"', f'"{version}"'), version=version
        )
        done = l10n("check", catalog, "--format", "json", cwd=catalog.parent, PYTHONPATH=path)
        answers.append({finding["message"] for finding in json.loads(done.stdout)["findings"]})
    without = l10n("check", catalog, "--format", "json", cwd=catalog.parent)
    assert answers == [{"1.0"}, {"1.1"}]
    assert json.loads(without.stdout)["findings"] == []


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the language of the guide beside those of the desk."""
    (tmp_path / "fr.py").write_text(guide("l10n/languages/fr.py"), encoding="utf-8")
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])
    forget_languages()
    yield
    forget_languages()
    sys.modules.pop("l10n.languages.fr", None)


def forget_languages() -> None:
    """Empty what modules remember of a language: a process meets all of its languages at its start."""
    for name, module in list(sys.modules.items()):
        if name.startswith("l10n."):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if clear is not None:
                    clear()


@pytest.mark.usefixtures("french")
def test_the_language_of_the_guide_is_one_file() -> None:
    assert language_of("fr-CA").months[1] == "février"
    assert split_sentences("Mme Durand habite av. Foch. Il pleut.", "fr") == (
        "Mme Durand habite av. Foch. ",
        "Il pleut.",
    )


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(
    ("source", "target", "rule"),
    [
        ("It opens on 5 March.", "Ouverture le 5 mai.", "calendar"),
        ("Sales rose 12% in May.", "Les ventes ont augmenté de 12 en mai.", "percent"),
        ("Tickets cost €15.", "L’entrée coûte 15 dollars.", "currency"),
        ("First, look.", "D’abord , regardez.", "space-before-mark"),
        ("She said “no” twice.", "Elle a dit «\u202fnon deux fois.", "quotes"),
        ("The end of the fair.", "La fin de de la foire.", "doubled-word"),
    ],
)
def test_a_language_lets_rules_speak(source: str, target: str, rule: str) -> None:
    findings = check_pair(Pair(source, target), CheckContext("en", "fr"))
    assert [finding.rule for finding in findings] == [rule]


@pytest.mark.usefixtures("french")
def test_a_known_language_written_well_has_no_finding() -> None:
    pairs = [pair for pair in clean_pairs() if "fr" in (pair[0], pair[2])]
    assert len(pairs) > 60
    for source_locale, source, target_locale, target in pairs:
        context = CheckContext(source_locale, target_locale, severities=EVERY_RULE)
        findings = check_pair(Pair(source, target), context)
        assert [(finding.rule, finding.message, target) for finding in findings] == []
