"""What readers would lose when a page of ours takes the place of one that people published."""

from __future__ import annotations

import posixpath
import re
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from l10n.articles import not_offered, read_article
from l10n.articles.block_links import block_links, is_lasting
from l10n.articles.html.tokens import TokenKind, named_attributes, page_tokens
from l10n.articles.markdown.matter_yaml import is_plain, said_at_top
from l10n.articles.pictures import missing_pictures, pictures
from l10n.articles.words import has_words
from l10n.errors import L10nError
from l10n.export.report import Loss
from l10n.files import write_atomically
from l10n.foreign import ForeignError, foreign_data, load_toml
from l10n.model import Article, Reason
from l10n.project import ArticleRef
from l10n.text.markup import plain

_ALIKE = 50
"""Per cent from which a text of the new page is one of the old page as somebody has corrected it."""
_ELEMENTS = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "embed",
        "form",
        "iframe",
        "img",
        "input",
        "object",
        "script",
        "select",
        "textarea",
        "video",
    ]
)
"""What a page shows or runs besides text; the rest of the markup is the original's by design."""
_ADDRESSED = frozenset(["a", "img"])
"""Tags of placeholders that stand for an address."""
_NAMES = ("src", "action", "data", "name", "id", "type")
"""Attributes that tell elements of one name apart, as far as they are in no language."""
_MATTER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE
)


def losses(
    ref: ArticleRef, page: Path, content: bytes, locale: str, *, texts: bool
) -> tuple[Loss, ...]:
    """Return the code, elements, links, settings of front matter and, with `texts`, the texts that a page would lose.

    Nothing of a page that cannot be read as an article.
    """
    try:
        original = read_article(ref.path, ref.locale, options=ref.options)
        before = read_article(page, locale, options=ref.options)
        with tempfile.TemporaryDirectory(prefix="l10n-") as folder:
            path = Path(folder) / page.name
            write_atomically(path, content)
            after = read_article(path, locale, options=ref.options)
    except L10nError:
        return ()
    there = _texts(before)
    lost = (
        [Loss(text) for text in _texts_lost(there, _texts(after), _texts(original))]
        if texts
        else []
    )
    lost += _lines_lost(before, after)
    inline = frozenset(_inline(after))
    lost += (Loss(text, kind="inline") for text in _inline(before) if text not in inline)
    if before.format == "html":
        lost += _elements_lost(before.text, after.text)
    else:
        names = missing_pictures(before.text, after.text)
        lost += (Loss(name, kind="picture") for name in names)
    there_now = frozenset(_links(after))
    lost += (
        Loss(address, kind="link") for address in _links(before) if address not in there_now
    )
    settings = _settings_lost(before, content, original, frozenset(there))
    return (*dict.fromkeys(lost), *settings)


def _links(article: Article) -> Iterator[str]:
    """Yield the addresses of an article's links that mean the same on every page."""
    for block in article.blocks:
        yield from filter(is_lasting, block_links(article, block))


def _inline(article: Article) -> Iterator[str]:
    """Yield what stays as it is within the texts of an article, such as code, where it has words."""
    for unit in article.units:
        for placeholder in unit.placeholders:
            # Links and pictures are told of by themselves.
            is_kept = not placeholder.paired and placeholder.tag not in _ADDRESSED
            if is_kept and has_words(placeholder.stands_for):
                yield placeholder.stands_for


def _lines_lost(before: Article, after: Article) -> Iterator[Loss]:
    """Yield the lines of what nobody is offered, such as code, that the new page does not have."""
    within = [(block.start, block.end) for block in before.blocks]
    starts = [start for start, _end in within]
    # Code inside a text goes with that.
    gaps = [
        gap
        for gap in not_offered(before)
        if gap.reason is Reason.AUTHOR
        or (at := bisect_right(starts, gap.start)) == 0
        or gap.start >= within[at - 1][1]
    ]
    # Each goes as far as the next of them, or the next text.
    borders = sorted([*(block.start for block in before.blocks), *(gap.start for gap in gaps)])
    for gap in gaps:
        at = bisect_right(borders, gap.start)
        stretch = before.text[gap.start : borders[at] if at < len(borders) else None]
        for line in map(str.strip, stretch.splitlines()):
            # Pictures are told apart by their names.
            if has_words(line) and line not in after.text and not pictures(line):
                yield Loss(line, kind="code" if gap.reason is Reason.CODE else "text")


def _elements_lost(before: str, after: str) -> Iterator[Loss]:
    """Yield the tags of what a page shows or runs besides text, such as forms, pictures and scripts."""
    new = Counter(name for name, _tag in _elements(after))
    for name, tag in _elements(before):
        if new[name]:
            new[name] -= 1
        else:
            yield Loss(tag, kind="picture" if name[0] == "img" else "text")


def _elements(source: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for token in page_tokens(source):
        kind, tag, start, end = token
        if kind == TokenKind.START and tag in _ELEMENTS:
            values = {
                attribute.name: attribute.value
                for attribute in named_attributes(source, token, _NAMES)
            }
            # Pictures lie where the page lies; their names tell which they are.
            names = (posixpath.basename(values.get(name, "")) for name in _NAMES)
            yield (tag, *names), source[start:end]


def _texts(article: Article) -> list[str]:
    return list(dict.fromkeys(plain(unit.msgid) for unit in article.units))


def _texts_lost(before: list[str], after: list[str], original: list[str]) -> Iterator[str]:
    there = frozenset(after)
    # A picture whose address has a space is text to some generators, and told apart by its name.
    before = [text for text in before if not pictures(text)]
    # What shows the original stands for no translation, and what stood there before stands for itself alone.
    new = list(there.difference(before, original))
    for text in before:
        if text not in there and not process.extractOne(
            text, new, scorer=fuzz.ratio, score_cutoff=_ALIKE
        ):
            yield text


def _settings_lost(
    before: Article, content: bytes, original: Article, texts: frozenset[str]
) -> Iterator[Loss]:
    """Yield what front matter says besides texts, and the new one does not: `draft: true`."""
    after, source = _settings(content), _settings(original.text.encode())
    for key, value in _settings(before.text.encode()).items():
        values = value if isinstance(value, list) else [value]
        if after.get(key) == value or all(isinstance(v, str) and v in texts for v in values):
            continue
        is_text = isinstance(value, str | list) and type(source.get(key)) is type(value)
        name = f"{key}[]" if isinstance(value, list) else key
        yield Loss(f"{key}: {value}", name if is_text else "")


def _settings(content: bytes) -> Mapping[str, Any]:
    match = _MATTER.match(content)
    if match is None:
        return {}
    text = match[2].decode("utf-8", "replace")
    if match[1] == b"---":
        return said_at_top(text)
    try:
        with foreign_data():
            matter = load_toml(text)
    except (ForeignError, L10nError):
        return {}
    return {key: value for key, value in matter.items() if is_plain(value)}
