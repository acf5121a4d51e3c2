"""What others wrote: whatever a parser makes of it, a person reads one line with the file's name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n.cli import main
from l10n.engines import load_engine
from l10n.errors import EngineError
from l10n.foreign import ForeignError, load_json, load_toml
from l10n.model import Draft

from .test_engines_web import Answer, Served, serve  # noqa: F401 - a fixture

PROJECT = (
    'source = "es"\ntargets = ["en"]\narticles = "articles/{locale}"\nglossary = "terms.csv"\n'
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a project with an article and its catalog, the working folder too."""
    (tmp_path / "articles/es").mkdir(parents=True)
    (tmp_path / "l10n.toml").write_text(PROJECT)
    (tmp_path / "articles/es/feria.html").write_text("<p>Hoy abre la feria.")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("L10N_LANG", "en")
    return tmp_path


def run(*arguments: str) -> int:
    """Give the exit status of a command."""
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(left.value.code or 0)


DEEP = 100_000


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * DEEP,
        "x = " + "{a=" * DEEP,
        "x = " + "9" * 10_000,
        ".".join("a" * DEEP) + " = 1",
        '"a" . ' * DEEP + "b = 1",
        "[" + ".".join("a" * DEEP) + "]",
        "x = { " + "a." * DEEP + "b = 1 }",
    ],
    ids=["arrays", "tables", "digits", "dots", "quoted", "header", "inline"],
)
def test_project_file_of_any_shape_is_told_in_one_line(
    project: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "l10n.toml").write_text(f"{PROJECT}{text}\n")
    assert run("status") == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"l10n: {project}/l10n.toml:")
    assert len(lines) <= 2


def test_texts_with_dots_are_no_keys() -> None:
    text = ".".join("abcdefgh" * 20)
    table = load_toml(
        f'# {text}\na = "{text}"\nb = """{text}\n"""\nc = \'{text}\'\nd = [{"1.5, " * 90}]'
    )
    assert table["a"] == table["c"] == text


@pytest.mark.parametrize(
    "text", ["[" * DEEP, '{"version": ' + "9" * 5000, '{"version": 2}', "3"]
)
def test_baseline_of_any_shape_is_told_in_one_line(
    project: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("update") == 0
    (project / "known.json").write_text(text)
    capsys.readouterr()
    assert run("check", "--baseline", "known.json") == 2
    assert "l10n: known.json: no baseline\n" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["old.tmx", "terms.tbx"])
def test_exchange_file_nested_too_deeply_is_told_in_one_line(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root, inner = ("tmx", "hi") if name == "old.tmx" else ("tbx", "note")
    (project / name).write_text(
        f"<{root}>" + f"<{inner}>" * 5000 + f"</{inner}>" * 5000 + f"</{root}>"
    )
    command = ("tm", "import", name) if name == "old.tmx" else ("glossary", "import", name)
    assert run(*command) == 2
    assert f"{name}: it is nested too deeply" in capsys.readouterr().err


def test_article_nested_too_deeply_leaves_the_others_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "articles/es/a.md").write_text("---\ntitle: " + "[" * 50_000 + "\n---\nHola\n")
    assert run("update") == 2
    err = capsys.readouterr().err
    assert "a.md" in err
    assert "feria.po: 1 new" in err


def test_title_that_looks_like_an_impossible_date_is_exported(project: Path) -> None:
    (project / "articles/es/a.md").write_text("---\ntitle: El año que viene\n---\n\nHola\n")
    assert run("update") == 0
    catalog = project / "locales/en/LC_MESSAGES/a.po"
    text = catalog.read_text().replace(
        'msgid "El año que viene"\nmsgstr ""', 'msgid "El año que viene"\nmsgstr "2026-99-99"'
    )
    catalog.write_text(text)
    (project / "l10n.toml").write_text(f'{PROJECT}[export]\nformat = "same"\n')
    assert run("export") == 0
    assert '"2026-99-99"' in (project / "site/en/a.md").read_text()


@pytest.mark.parametrize("text", ["[" * DEEP, "9" * 5000, "{", "\ud800", ""])
def test_json_has_one_error(text: str) -> None:
    with pytest.raises(ForeignError):
        load_json(text)


def test_half_a_character_of_an_engine_is_debris_and_a_whole_one_stays() -> None:
    assert Draft(json.loads('"\\ud800 hola"')).text == "� hola"
    assert Draft(json.loads('"\\ud83d\\ude00 hola"')).text == "\U0001f600 hola"


@pytest.mark.parametrize(
    "damage",
    [
        b"[" * DEEP,
        b'{"translatedText": ' + b"9" * 5000,
        b"\xff\xfe",
        (500, {"error": "too odd"}),
    ],
    ids=["deep", "digits", "bytes", "status"],
)
def test_answer_that_cannot_be_read_costs_its_own_text(
    serve: Callable[[Answer], Served],  # noqa: F811
    damage: bytes | tuple[int, dict[str, str]],
) -> None:
    def answer(path: str, question: dict[str, list[str]]) -> tuple[int, object]:
        if path == "/languages":
            return 200, [{"code": "es", "targets": ["en"]}]
        if "malo" in question["q"]:
            return damage if isinstance(damage, tuple) else (200, damage)
        return 200, {"translatedText": [text.upper() for text in question["q"]]}

    service = serve(answer)
    engine = load_engine("libretranslate", {"url": service.url})
    texts = ["uno", "dos", "malo", "tres", "cuatro"]
    drafts = engine.translate(texts, "es", "en")
    assert [draft.text for draft in drafts] == ["UNO", "DOS", "", "TRES", "CUATRO"]
    assert drafts[2].notes == ("unreadable",)


def test_service_that_never_answers_readably_is_given_up(
    serve: Callable[[Answer], Served],  # noqa: F811
) -> None:
    service = serve(
        lambda path, _question: (
            200,
            [{"code": "es", "targets": ["en"]}] if path == "/languages" else b"{",
        )
    )
    engine = load_engine("libretranslate", {"url": service.url})
    with pytest.raises(EngineError):
        engine.translate([f"texto {n}" for n in range(40)], "es", "en")
    assert len(service.asked) < 20


def test_surrogates_of_a_service_lose_one_draft_and_not_the_run(
    project: Path,
    serve: Callable[[Answer], Served],  # noqa: F811
) -> None:
    def answer(path: str, question: dict[str, list[str]]) -> tuple[int, object]:
        if path == "/languages":
            return 200, [{"code": "es", "targets": ["en"]}]
        drafts = [
            '"\\ud800 house"' if "feria" in text else '"Good morning, good people."'
            for text in question["q"]
        ]
        return 200, ('{"translatedText": [' + ",".join(drafts) + "]}").encode()

    (project / "articles/es/feria.html").write_text(
        "<p>Hoy abre la feria.<p>Buenos días, buena gente."
    )
    service = serve(answer)
    (project / "l10n.toml").write_text(
        f'{PROJECT}[engine.libretranslate]\nurl = "{service.url}"\n'
    )
    assert run("update") == 0
    assert run("prefill", "--engine", "libretranslate", "--only", "mt") == 0
    text = (project / "locales/en/LC_MESSAGES/feria.po").read_text()
    assert 'msgstr "Good morning, good people."' in text
    assert "house" not in text
