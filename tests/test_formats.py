"""Formats of articles: whole or refused, those of other distributions too."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from l10n.articles.formats import BUILT_IN, PAGE_HOOKS, READER_HOOKS, Format, Reader, suffixes
from l10n.export.pages.maker import PageMaker
from tests.conftest import Run, guide, install_plugin, on_path


def install_lines(folder: Path, code: str) -> str:
    """Install the guide's format, with this code; gives the `PYTHONPATH` that finds it."""
    install_plugin(folder, "l10n-lines", "[l10n.formats]\nlines = l10n_lines:FORMAT\n")
    (folder / "l10n_lines.py").write_text(code, encoding="utf-8")
    return on_path(folder)


@pytest.mark.parametrize("form", BUILT_IN.values(), ids=lambda form: form.name)
def test_every_format_of_ours_is_whole(form: Format) -> None:
    for module, hooks in ((form.reader, READER_HOOKS), (form.pages, PAGE_HOOKS)):
        for hook in hooks:
            assert callable(getattr(import_module(module), hook, None)), f"{module}.{hook}"


def test_what_is_asked_of_a_plugin_is_what_is_called() -> None:
    for protocol, hooks in ((Reader, READER_HOOKS), (PageMaker, PAGE_HOOKS)):
        assert {name for name in vars(protocol) if not name.startswith("_")} == set(hooks)


def test_no_suffix_belongs_to_two_formats() -> None:
    assert len(suffixes()) == sum(len(form.suffixes) for form in BUILT_IN.values())


@pytest.mark.parametrize("kind", ["html", "same"])
def test_an_article_in_the_format_of_the_guide_goes_all_the_way(
    l10n: Run, tmp_path: Path, kind: str
) -> None:
    path = install_lines(tmp_path / "site-packages", guide("l10n_lines.py"))
    desk = tmp_path / "desk"
    source = desk / "locales/es/articles/faro.lines"
    source.parent.mkdir(parents=True)
    source.write_text("El faro <se> apaga\n\n  Cierra en mayo.\n", encoding="utf-8")
    (desk / "l10n.toml").write_text(
        f'source = "es"\ntargets = ["en"]\n[export]\nformat = "{kind}"\n', encoding="utf-8"
    )

    def run(*arguments: str) -> str:
        done = l10n(*arguments, cwd=desk, PYTHONPATH=path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("update")
    catalog = desk / "locales/en/LC_MESSAGES/faro.po"
    text = catalog.read_text(encoding="utf-8")
    for msgid, msgstr in (
        ("El faro &lt;se> apaga", "The lighthouse &lt;goes> dark"),
        ("Cierra en mayo.", "It closes in May."),
    ):
        unit = f'msgid "{msgid}"\nmsgstr "'
        assert unit in text
        text = text.replace(unit, unit + msgstr)
    catalog.write_text(text, encoding="utf-8")
    run("check")
    run("export")
    run("export", "--bilingual")
    if kind == "same":
        page = (desk / "site/en/faro.lines").read_text(encoding="utf-8")
        assert page == "The lighthouse <goes> dark\n\n  It closes in May.\n"
    else:
        page = (desk / "site/en/faro.html").read_text(encoding="utf-8")
        assert '<html lang="en" dir="ltr">' in page
        assert "<h1>The lighthouse &lt;goes&gt; dark</h1>" in page
        assert "<p>It closes in May.</p>" in page
        assert '<nav class="l10n-switcher"' in page


HALF_DONE = {
    "a missing function": (
        lambda code: code.replace("def splice(", "def splicing("),
        "l10n_lines has no function splice",
    ),
    "no page": (
        lambda code: code.replace("def page(", "def sheet("),
        "l10n_lines has no function page",
    ),
    "a name for a function": (
        lambda code: code.replace("block_kinds = unit_kinds", "block_kinds = None"),
        "l10n_lines has no function block_kinds",
    ),
    "another's suffix": (
        lambda code: code.replace('".lines",', '".lines", ".md"'),
        "the suffix .md belongs to the format “markdown”",
    ),
    "no suffix": (
        lambda code: code.replace('(".lines",)', "()"),
        "it needs suffixes such as ('.lines',)",
    ),
    "a suffix in capitals": (
        lambda code: code.replace('(".lines",)', '(".Lines",)'),
        "it needs suffixes such as ('.lines',)",
    ),
    "another's name": (
        lambda code: code.replace('Format("lines"', 'Format("text"'),
        "there is a format “text” already",
    ),
    "an argument too few": (
        lambda code: code.replace(', pages="l10n_lines"', ""),
        "TypeError: Format.__init__() missing 1 required positional argument: 'pages'",
    ),
    "another module": (
        lambda code: code.replace('pages="l10n_lines"', 'pages="l10n_pages"'),
        "ModuleNotFoundError: No module named 'l10n_pages'",
    ),
    "a mistake in the code": (
        lambda code: code.replace("FORMAT = Format(", "FORMAT = Form("),
        "NameError: name 'Form' is not defined",
    ),
    "something else": (
        lambda code: re.sub(r"^FORMAT = .*", "FORMAT = 'lines'", code, flags=re.MULTILINE),
        "l10n_lines:FORMAT is not a Format",
    ),
}


@pytest.mark.parametrize("name", HALF_DONE)
def test_a_half_done_format_is_refused_with_what_is_missing(
    l10n: Run, newsroom: Path, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    spoil, problem = HALF_DONE[name]
    code = guide("l10n_lines.py")
    assert spoil(code) != code
    path = install_lines(tmp_path_factory.mktemp("site-packages"), spoil(code))
    done = l10n("status", cwd=newsroom, PYTHONPATH=path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        f"l10n: l10n.formats: “lines” of l10n-lines 1.0 cannot be used: {problem}"
    )
    assert "pip uninstall l10n-lines" in done.stderr
