"""The README and the pages of docs/: what they tell people to type exists."""

import gettext
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from l10n import desk
from l10n.catalog import Catalog
from l10n.cli import COMMANDS, cli
from l10n.engines import Engine
from l10n.model import Draft, State, Unit

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")],
    key=lambda path: path.relative_to(ROOT).parts,
)

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_OPTION = re.compile(r"--[a-z][a-z-]*")


def page_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def typed(page: Path, program: str) -> Iterator[str]:
    """Give what a page tells people to type that starts with a program, comments cut off."""
    text = page.read_text(encoding="utf-8")
    fenced = (line for _language, block in _FENCE.findall(text) for line in block.splitlines())
    inline = _CODE.findall(_FENCE.sub("", text))
    for line in (*fenced, *inline):
        command = re.sub(r"^\s*(?:[$#] |- run: |run: )?(?:\.venv/bin/)?", "", line)
        if command.startswith(f"{program} "):
            yield re.split(r"\s+[#→|>]", command)[0].strip()


@cache
def help_of(command: tuple[str, ...]) -> str:
    result = CliRunner().invoke(cli, [*command, "--help"])
    assert result.exit_code == 0, f"l10n {' '.join(command)} --help: {result.output}"
    return result.output


def command_in(words: list[str]) -> tuple[str, ...]:
    """Give the command, and subcommand where there is one, that a line starts with."""
    context = click.Context(cli)
    known = cli.get_command(context, words[0])
    if isinstance(known, click.Group) and len(words) > 1 and words[1] in known.commands:
        return (words[0], words[1])
    return (words[0],)


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_command_exists_with_its_options(page: Path) -> None:
    for line in typed(page, "l10n"):
        words = shlex.split(line.replace("…", ""))[1:]
        if not words or words[0].startswith("-"):
            continue
        if re.fullmatch(r"[A-Z]+", words[0]):
            continue  # a stand-in: `l10n COMMAND --help`
        assert words[0] in cli.list_commands(click.Context(cli)), f"{page_name(page)}: {line}"
        text = help_of(command_in(words))
        for option in _OPTION.findall(line):
            assert option in text, f"{page_name(page)}: {line}"


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_make_target_exists(page: Path) -> None:
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    for line in typed(page, "make"):
        wanted = {word for word in line.split()[1:] if re.fullmatch(r"[a-z]+", word)}
        assert wanted <= targets, f"{page_name(page)}: {line}"


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in _LINK.findall(_CODE.sub("", text)):
        if "://" not in target and not target.startswith(("#", "mailto:")):
            file = page.parent / target.partition("#")[0]
            assert file.exists(), f"{page_name(page)}: {target}"


def test_engine_of_the_guide_is_an_engine() -> None:
    (block,) = (
        block
        for language, block in _FENCE.findall((ROOT / "docs/extending.md").read_text("utf-8"))
        if language == "python" and "MyEngine" in block
    )
    names: dict[str, Any] = {}
    exec(block, names)
    engine: Engine = names["MyEngine"]()
    (pair,) = engine.pairs()
    assert engine.translate(["uno", "dos"], *pair) == [Draft("UNO"), Draft("DOS")]
    assert engine.version(*pair)
    for member in Engine.__annotations__:
        assert hasattr(engine, member)


def test_script_of_the_catalog_page_changes_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (block,) = (
        block
        for language, block in _FENCE.findall((ROOT / "docs/catalogs.md").read_text("utf-8"))
        if language == "python"
    )
    path = tmp_path / "locales/en/LC_MESSAGES/feria.po"
    catalog = Catalog.new(path, source="es", target="en", article="es/feria.html")
    catalog.merge([Unit("El teatro abre."), Unit("La feria vuelve.")], article="es/feria.html")
    for entry, msgstr in zip(
        catalog.entries, ("The theatre opens.", "The fair is back."), strict=True
    ):
        entry.translate(msgstr)
        entry.approve(by="Ana")
    catalog.save()
    monkeypatch.chdir(tmp_path)
    exec(block, {})
    theater, fair = Catalog.load(path).entries
    assert (theater.msgstr, theater.state) == ("The theater opens.", State.TRANSLATED)
    assert fair.state is State.REVIEWED
    with path.with_suffix(".mo").open("rb") as stream:
        messages = gettext.GNUTranslations(stream)
    assert messages.gettext("El teatro abre.") == "The theater opens."


def scripts_of_the_python_page() -> tuple[str, ...]:
    page = (ROOT / "docs/python.md").read_text("utf-8")
    return tuple(block for language, block in _FENCE.findall(page) if language == "python")


def test_script_of_the_python_page_takes_an_article_the_whole_road(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script, _for_projects = scripts_of_the_python_page()
    desk_folder = newsroom / "elsewhere"
    desk_folder.mkdir()
    (newsroom / "l10n.toml").unlink()
    for locale in ("es", "en"):
        text = (newsroom / f"locales/{locale}/articles/feria.html").read_text("utf-8")
        if locale == "es":
            text = text.replace("</body>", "<p>Cierra el domingo.</p></body>")
        (desk_folder / f"feria.{locale}.html").write_text(text, "utf-8")
    monkeypatch.chdir(desk_folder)
    exec(script, {})
    told = capsys.readouterr().out
    assert "4 units were translated, 1 are drafted now" in told
    page = (desk_folder / "feria.html").read_text("utf-8")
    assert '<html lang="en"' in page
    assert "There are 42 stalls." in page
    assert "Cierra el domingo." not in page


def test_script_of_the_python_page_works_on_a_project(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _alone, script = scripts_of_the_python_page()
    monkeypatch.chdir(newsroom)
    exec(script, {})
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[:2] for row in rows] == [["faro", "en"], ["feria", "en"]]
    assert all("untranslated=0" in row for row in rows)


def test_python_page_names_everything_that_is_public() -> None:
    page = (ROOT / "docs/python.md").read_text("utf-8")
    for name in desk.__all__:
        assert f"`{name}`" in page, name
        assert getattr(desk, name).__doc__, name


def test_readme_lists_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in (*COMMANDS, "review"):
        assert f"`l10n {name}" in readme, name


@pytest.mark.parametrize("name", [*COMMANDS, "review"])
def test_every_command_has_help(name: str) -> None:
    assert "Usage:" in help_of((name,))


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_that_the_code_knows_by_itself_are_as_it_writes_them(
    tmp_path: Path, language: str
) -> None:
    """`make reference` writes them."""
    script = [sys.executable, ROOT / ".ci/write_reference.py", tmp_path]
    subprocess.run(script, check=True, env={**os.environ, "L10N_LANG": language})
    written = sorted(tmp_path.rglob("*.md"))
    assert len(written) == 4
    for path in written:
        page = ROOT / "docs" / path.relative_to(tmp_path)
        assert page.read_text("utf-8") == path.read_text("utf-8"), page_name(page)
