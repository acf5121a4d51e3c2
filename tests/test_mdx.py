"""What MDX reads as code stays text where a translator wrote it as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.articles import Options, parse_article, splice
from l10n.model import Reading

PAGE = """\
# The market

Stalls open at nine.

- bread

![Two stalls](a.png)

:::note[On foot]

Come early.

:::

<Card>

  Under the roof.

</Card>
"""


def rewritten(source: str, text: str, dialect: str) -> str:
    options = Options(reading=Reading(dialect=dialect))
    page = parse_article(
        source, path=Path("x.mdx"), locale="en", format="markdown", options=options
    )
    return splice(page, dict.fromkeys(range(len(page.blocks)), text))


@pytest.mark.parametrize("dialect", ["mdx", "docusaurus", "astro"])
@pytest.mark.parametrize("text", ["Un { solo", "{{ dos", "fin }} y {", "{ entero }", "${x"])
def test_no_brace_of_a_translation_begins_an_expression(dialect: str, text: str) -> None:
    written = rewritten(PAGE, text, dialect)
    assert "{" not in written
    assert written.count("&#123;") == 7 * text.count("{")


@pytest.mark.parametrize("word", ["import", "export"])
def test_a_paragraph_may_begin_like_a_statement(word: str) -> None:
    lines = rewritten(PAGE, f"{word} default de todo", "mdx").split("\n")
    text = f"&#{ord(word[0])};{word[1:]} default de todo"
    assert [lines.count(f"{mark}{text}") for mark in ("", "- ", "  ")] == [2, 1, 1]
    # A heading is none.
    assert f"# {word} default de todo" in lines


def test_words_that_only_begin_so_stay() -> None:
    assert rewritten("Large.", "importante", "mdx") == "importante"
    assert rewritten("Large.", "import de", "commonmark") == "import de"


@pytest.mark.parametrize(
    "code", ["`{`", "``{ ` ``", "```js\nif (x) {\n```", "````\n``` { don't\n````"]
)
def test_a_brace_in_code_opens_nothing(code: str) -> None:
    element = '<Frame\n  style={{\n    width: "1%",\n  }}\n  title="Map"\n/>'
    source = f"{code}\n\nWe don't row, it isn't safe.\n\n{element}\n\nEnd {{x}}\n"
    written = rewritten(source, "uno", "docusaurus")
    assert code in written
    assert 'width: "1%"' in written
    assert "don't row" not in written


def test_a_lone_backtick_hides_no_expression() -> None:
    written = rewritten("A ` alone\n\nGo {x} now\n\nand `code` too\n", "uno <x1/>", "mdx")
    assert "uno {x}" in written
