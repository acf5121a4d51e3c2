"""Brackets of Markdown: paired as CommonMark pairs them, and each once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt, helpers
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from l10n.articles import read_article, splice
from l10n.articles.markdown import writer
from l10n.articles.markdown.parser import parser
from l10n.export.pages.markdown import markdown_parser

PARTS = [
    "[",
    "]",
    "[a]",
    "(b)",
    "![",
    "a",
    "`",
    "[a](b)",
    "*",
    "[^1]",
    "[r]",
    "[r][r]",
    "\\",
    "<b>",
    "[x](<",
    "<",
]

SIGNS = [
    "~~",
    "_",
    "&amp;",
    "<https://a.es>",
    "{#a}",
    ":b[c]",
    "++x++",
    "$x$",
    "\\(",
    "^[n]",
    "  \n",
    "[[a|b]]",
]


def described(tokens: Sequence[Token]) -> list[object]:
    return [
        (token.type, token.content, token.attrs, token.meta, described(token.children or ()))
        for token in tokens
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(st.lists(st.sampled_from([*PARTS, "\n"]), min_size=1, max_size=25))
def test_labels_end_where_the_parser_of_others_ends_them(parts: list[str]) -> None:
    text = "".join(parts) + "\n\n[r]: u\n"
    markdown = parser()
    tokens = described(markdown.parse(text))
    own = markdown.helpers
    try:
        markdown.helpers = helpers
        assert tokens == described(markdown.parse(text))
    finally:
        markdown.helpers = own


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(st.lists(st.sampled_from([*PARTS, *SIGNS, "\n"]), min_size=1, max_size=25))
def test_texts_are_read_as_the_parser_of_others_reads_them(parts: list[str]) -> None:
    text = "".join(parts) + "\n\n[r]: u\n"
    markdown = parser()
    tokens = described(markdown.parse(text))
    own, others = markdown.inline, ParserInline()
    others.ruler, others.ruler2 = own.ruler, own.ruler2
    others.terminator_re = own.terminator_re
    try:
        markdown.inline = others
        assert tokens == described(markdown.parse(text))
    finally:
        markdown.inline = own


@pytest.mark.parametrize("part", ["[## title: ", "[a: ", "![a ", "[a [b] "])
@pytest.mark.parametrize("end", ["", "]"])
@pytest.mark.parametrize("begin", [parser, markdown_parser])
def test_brackets_without_an_end_take_time_in_proportion(
    begin: Callable[[], MarkdownIt], part: str, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def steps(number: int) -> int:
        markdown = begin()
        skip, count = markdown.inline.skipToken, 0

        def counted(state: StateInline) -> None:
            nonlocal count
            count += 1
            skip(state)

        with monkeypatch.context() as patch:
            patch.setattr(markdown.inline, "skipToken", counted)
            markdown.parse(part * number + end)
        return count

    assert steps(400) <= 2.2 * steps(200)


def test_references_are_written_in_time_that_grows_with_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[int] = []
    reader = writer._one_line

    def counted(mark: str) -> str:
        searched.append(len(mark))
        return reader(mark)

    monkeypatch.setattr(writer, "_one_line", counted)

    def characters(number: int) -> int:
        searched.clear()
        path = tmp_path / "x.md"
        names = [f"a{n:04}" for n in range(number)]
        links = " ".join(f"[{name}]" for name in names)
        path.write_text(f"{links}\n\n" + "".join(f"[{name}]: /{name}\n" for name in names))
        article = read_article(path, "es")
        msgids = {n: f"{block.unit.msgid}." for n, block in enumerate(article.blocks)}
        assert links in splice(article, msgids)
        return sum(searched)

    assert characters(200) < 2.5 * characters(100)
