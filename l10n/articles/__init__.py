"""Articles in and out: one reader/writer per format behind `read_article`, `parse_article` and `splice`."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from l10n.articles.decoding import check_text, read_source
from l10n.articles.formats import Format
from l10n.errors import ArticleError
from l10n.interface import gettext as _
from l10n.model import SUFFIXES, Article

__all__ = ["FORMATS", "Format", "format_of", "parse_article", "read_article", "splice"]

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format("html", "l10n.articles.html.reader"),
        "markdown": Format("markdown", "l10n.articles.markdown.reader"),
        "text": Format("text", "l10n.articles.plain.reader"),
    }
)
"""Every format by its name: `html`, `markdown`, `text`."""


def format_of(path: Path) -> str:
    """Name of the format that a file's suffix tells; raises ArticleError when none does."""
    name = SUFFIXES.get(path.suffix.lower())
    if name is None:
        raise ArticleError(
            _("unknown article format “{suffix}”").format(
                suffix=path.suffix.lower() or path.name
            ),
            path=path,
            hint=_("known suffixes: {known}").format(known=", ".join(SUFFIXES)),
        )
    return name


def read_article(path: Path, locale: str, *, format: str | None = None) -> Article:  # noqa: A002 - the word of the domain
    """Read an article from a file; raises ArticleError when it is missing, empty, binary or wrongly encoded."""
    name = format or format_of(path)
    source, encoding = read_source(path, markup=name == "html")
    return replace(
        parse_article(source, path=path, locale=locale, format=name), encoding=encoding
    )


def parse_article(source: str, *, path: Path, locale: str, format: str) -> Article:  # noqa: A002
    """Cut the text of an article into blocks."""
    form = FORMATS.get(format)
    if form is None:
        raise ArticleError(
            _("unknown article format “{format}”").format(format=format),
            path=path,
            hint=_("known formats: {known}").format(known=", ".join(FORMATS)),
        )
    check_text(source, path)
    try:
        with _collector_at_rest():
            blocks = form.parse(source, locale)
    except ArticleError as error:
        error.path = path
        raise
    return Article(path, locale, format, source, blocks)


def splice(article: Article, replacements: Mapping[int, str | None]) -> str:
    """The article's source with the msgstr given for each block index put in its place.

    None leaves the block out. Every other character stays as it is; nothing to replace gives
    `article.text` itself. The caller has validated the msgstrs (`markup.validate`).
    """
    return (
        FORMATS[article.format].splice(article, replacements) if replacements else article.text
    )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector from looking through units in the making: a quarter of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
