"""What readers of a page see and no unit holds: told by going over all its texts again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from l10n.articles.html.prose import without_markup
from l10n.articles.html.reader import read_page
from l10n.articles.html.tokens import TokenKind, TokenTuple, named_attributes, page_tokens
from l10n.articles.sitecode import without_code
from l10n.articles.words import has_words, shorten
from l10n.model import Article, Block, NotOffered, Reason
from l10n.text.references import decode_references

_START, _RAW, _RCDATA, _CDATA = (
    int(TokenKind[name]) for name in ("START", "RAW", "RCDATA", "CDATA")
)
_SHOWN_RAW = frozenset({"xmp", "plaintext"})
"""Elements whose content readers see although it is no markup."""
_TAG = re.compile(r"<!--.*?--!?>|<[/!?]?[A-Za-z][^>]*>", re.DOTALL)
_CODE = re.compile(r"<(?:code|kbd|samp|tt)\b", re.IGNORECASE)
_SEVERAL = 3
Stretch = tuple[int, int, Reason]


def not_offered(article: Article) -> tuple[NotOffered, ...]:
    """Return the texts of a page that are in none of its units, in order, with the reason why."""
    source = article.text
    kept = read_page(source, article.locale).kept
    return tuple(listed(source, article.blocks, kept, page_tokens(source)))


def listed(
    source: str,
    blocks: Iterable[Block],
    kept: Iterable[Stretch],
    tokens: Sequence[TokenTuple],
    offset: int = 0,
) -> Iterator[NotOffered]:
    """Yield what stands between the tags of a source in no block, those stretches that a reader kept with their reasons."""
    held = _Spans((block.start - offset, block.end - offset) for block in blocks)
    stretches = [
        (start, end, reason)
        for start, end, reason in kept
        # Code inside a unit is told of there; what its author keeps is a text for readers, and so may several words be.
        if (reason is not Reason.CODE or not held.has(start) or _is_saying(source[start:end]))
        and _says_something(source[start:end])
    ]
    known = _Spans((start, end) for start, end, _reason in stretches)
    for start, end in _texts(source, tokens):
        if not (held.has(start) or known.has(start)) and _says_something(source[start:end]):
            lead = len(source[start:end]) - len(source[start:end].lstrip())
            stretches.append((start + lead, end, Reason.UNREAD))
    line, counted = 1, 0
    for start, end, reason in sorted(stretches, key=lambda stretch: stretch[:2]):
        # A text begins behind the white space that its tag is followed by.
        begin = start + len(source[start:end]) - len(source[start:end].lstrip())
        line += source.count("\n", counted, begin)
        counted = begin
        yield NotOffered(begin + offset, line, shorten(_read(source[start:end])), reason)


class _Spans:
    """Stretches of a source, to be asked for one place after another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def has(self, place: int) -> bool:
        """Whether a place is inside one of them."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]


def _texts(source: str, tokens: Sequence[TokenTuple]) -> Iterator[tuple[int, int]]:
    """Yield where text stands that readers see."""
    position = 0
    for kind, name, start, end in tokens:
        if start > position:
            yield from _trimmed(source, position, start)
        if kind == _START and name == "iframe":
            for page in named_attributes(source, (kind, name, start, end), {"srcdoc"}):
                yield from _trimmed(source, page.value_start, page.value_end)
        if kind in (_RCDATA, _CDATA) or (kind == _RAW and name in _SHOWN_RAW):
            yield from _trimmed(source, start, end)
        position = end
    if position < len(source):
        yield from _trimmed(source, position, len(source))


def _trimmed(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = source[start:end]
    if not text.isspace():
        yield start + len(text) - len(text.lstrip()), end


def _is_saying(markup: str) -> bool:
    """Whether code that stands in a sentence is of several words."""
    return _CODE.match(markup) is not None and len(without_markup(markup).split()) >= _SEVERAL


def _says_something(markup: str) -> bool:
    return has_words(_read(markup))


def _read(markup: str) -> str:
    """Return what readers read of a stretch of a page."""
    return without_code(decode_references(_TAG.sub(" ", markup))).strip()
