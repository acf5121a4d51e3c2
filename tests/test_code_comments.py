"""Comments of fenced code: units where a project asks for them, taken over from existing translations."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.articles import Options, not_offered, parse_article, splice
from l10n.catalog import Catalog
from l10n.model import Article, Reading
from tests.conftest import Run

FENCE = "```python\n{}\n```\n"


def article(source: str, code: str = "comments") -> Article:
    options = Options(reading=Reading(code=code))
    return parse_article(
        source, path=Path("x.md"), locale="en", format="markdown", options=options
    )


def texts(source: str, code: str = "comments") -> list[str]:
    return [block.unit.msgid for block in article(source, code).blocks]


def translated(source: str, text: str, code: str = "comments") -> str:
    """Write an article with one text in the place of each of its units."""
    page = article(source, code)
    return splice(page, dict.fromkeys(range(len(page.blocks)), text))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (FENCE.format("a = 1  # the first one"), ["the first one"]),
        ("```js{1,3} title=x\n// Say it\nf() /* or not */\n```", ["Say it", "or not"]),
        ("> ```c\n> /* A fair\n>  */\n> ```", ["A fair"]),
        ("1. ```html\n   <!-- The head & more -->\n   ```", ["The head &amp; more"]),
        ("~~~{.yaml #x}\n# Keys\na: b # (1)!\n~~~", ["Keys"]),
        ("```sh\n#!/bin/sh\n# Run it\nls\n```", ["Run it"]),
        ("```sql\n-- All rows\nselect 1;\n```", ["All rows"]),
        (FENCE.format("x = 1  # noqa: E501\ny = 2  # type: ignore"), []),
        ("```c\n#include <a.h>\n```\n\n```strange\n# text\n```\n\n```\n# text\n```", []),
        (
            FENCE.format("# This sentence goes on below for it is\n# too long for a line.\n# Next"),
            ["This sentence goes on below for it is too long for a line.", "Next"],
        ),
        (FENCE.format("# one\n# two"), ["one", "two"]),
        (FENCE.format('s = "in a # string"'), []),
        (FENCE.format("# shop/till.py\nx = 1  # of two"), ["of two"]),
        ('```toml\n# theme = "dark"\n# sizes = [1, 2]  # in points\n```', ["in points"]),
        ('```toml\nname = "x"  # theme = "dark" is for nights\n```', ['theme = "dark" is for nights']),
        ('```po\n# l10n-ignore: number\nmsgid "a"\n```', []),
    ],
)  # fmt: skip
def test_comments_are_offered(source: str, expected: list[str]) -> None:
    assert texts(source) == expected
    assert texts(source, "keep") == []


def test_strings_are_offered_on_request() -> None:
    source = FENCE.format('say("A big fair", "key", f"{x} y z")  # Now')
    assert texts(source, "strings") == ["A big fair", "Now"]


def test_a_comment_of_several_lines_is_broken_as_it_was() -> None:
    source = FENCE.format("f()\n    # This sentence goes on below, for\n    # it is long.\ng()")
    written = translated(source, "Esta frase sigue en la línea de abajo porque es muy larga.")
    assert written == FENCE.format(
        "f()\n    # Esta frase sigue en la línea de\n    # abajo porque es muy larga.\ng()"
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("```c\n/* A fair */\n```", "uno */ dos"),
        ('```python\nf("a b c")\n```', 'dice "no" y'),
        ('```python\nf("a b c")\n```', "barra \\"),
    ],
)
def test_a_text_that_would_end_it_is_not_written(source: str, text: str) -> None:
    assert translated(source, text, "strings") == source


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["# A fair", "x = 1", "x = 1  # two", "", "    # deep é & <b>", "'a # b c'", '"""', "# a*b*"]
        )
    ),
    st.sampled_from(["", "> ", "   "]),
)  # fmt: skip
def test_nothing_but_comments_changes(lines: list[str], prefix: str) -> None:
    block = "\n".join(prefix + line for line in ["```python", *lines, "```"])
    source = f"1. Text\n\n{block}\n" if prefix == "   " else block
    page = article(source)
    marked = {n: block.unit.msgid + "ж" for n, block in enumerate(page.blocks)}
    written = splice(page, marked)
    assert written.count("ж") == len(page.blocks)
    assert written.replace("ж", "") == source


def test_what_is_offered_is_not_listed_as_code() -> None:
    source = FENCE.format("# A fair\nx = 1")
    assert [text.reason for text in not_offered(article(source, "keep"))] == ["code"]


SITE = """source = "en"
targets = ["es"]
engines = []
articles = "docs/{locale}"
catalogs = "po/{locale}"
code = "comments"
"""


def test_comments_of_an_existing_translation_are_taken_over(tmp_path: Path, l10n: Run) -> None:
    (tmp_path / "l10n.toml").write_text(SITE)
    english = (
        "# The guide\n\nStart the program with this.\n\n```python\n# Import the class\nfrom a import App\n\n"
        "app = App()  # The application\n# Start it here\napp.run()\n```\n\nThat is all of it.\n"
    )
    spanish = (
        "# La guía\n\nInicia el programa con esto.\n\n```python\n# Importa la clase\nfrom a import App\n\n"
        "app = App()  # La aplicación\n# Iníciala aquí\napp.run()\n```\n\nEso es todo.\n"
    )
    for locale, text in (("en", english), ("es", spanish)):
        file = tmp_path / "docs" / locale / "guide.md"
        file.parent.mkdir(parents=True)
        file.write_text(text)
    assert l10n("update").returncode == 0
    result = l10n("align", "docs/en/guide.md", "docs/es/guide.md")
    assert result.returncode == 0, result.stderr
    catalog = Catalog.load(tmp_path / "po/es/guide.po")
    comments = {e.msgid: e.msgstr for e in catalog.entries if e.msgctxt == "attr:comment"}
    assert comments == {
        "Import the class": "Importa la clase",
        "The application": "La aplicación",
        "Start it here": "Iníciala aquí",
    }


class TestReadingOfOne:
    def test_an_article_and_a_place_have_their_own(self, tmp_path: Path, l10n: Run) -> None:
        (tmp_path / "l10n.toml").write_text(
            SITE.replace('code = "comments"\n', 'dialect = "hugo"\n')
            + '[[article]]\npath = "en/a.md"\ncode = "comments"\n'
            + '[[place]]\nname = "blog"\narticles = "blog/{locale}"\ndialect = "mdx"\n'
            + '[[article]]\npath = "en/blog/c.md"\ndialect = "commonmark"\n'
        )
        code = FENCE.format("# A fair")
        for path, text in {
            "docs/en/a.md": code,
            "docs/en/b.md": f"Text.\n\n{code}",
            "blog/en/b.md": "The {props.x} here",
            "blog/en/c.md": "The {props.x} there",
        }.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        assert l10n("update").returncode == 0
        msgids = {
            path: [e.msgid for e in Catalog.load(tmp_path / "po/es" / f"{path}.po").entries]
            for path in ("a", "b", "blog/b", "blog/c")
        }
        assert msgids == {
            "a": ["A fair"],
            "b": ["Text."],
            "blog/b": ["The <x1/> here"],
            "blog/c": ["The {props.x} there"],
        }

    def test_an_unknown_one_is_refused(self, tmp_path: Path, l10n: Run) -> None:
        (tmp_path / "docs/en").mkdir(parents=True)
        (tmp_path / "docs/en/a.md").write_text("A")
        (tmp_path / "l10n.toml").write_text(
            SITE + '[[article]]\npath = "en/a.md"\ndialect = "hugoo"\n'
        )
        result = l10n("update")
        assert result.returncode == 2
        assert "article.dialect" in result.stderr
