"""Reader and writer of plain-text articles: paragraphs by blank lines, kinds by their words and places."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from l10n.articles import kinds
from l10n.articles.rewrite import Edit, apply
from l10n.articles.words import collapse, has_words, line_break, line_start, normalize, trim
from l10n.model import Article, Block, Kind, Unit
from l10n.text.markup import decode, escape
from l10n.text.names import is_person


def parse(source: str, locale: str) -> tuple[Block, ...]:
    """Return the blocks of an article, in document order."""
    del locale
    passages = [
        passage for lines in _paragraphs(source) for passage in _passages(source, lines)
    ]
    texts = [passage.text for passage in passages]
    kinds_of = _Kinds(texts, [passage.item for passage in passages]).all()
    blocks: list[Block] = []
    line, counted = 1, 0
    for passage, kind in zip(passages, kinds_of, strict=True):
        line += source.count("\n", counted, passage.start)
        counted = passage.start
        blocks.append(_block(passage, kind, line))
    return tuple(blocks)


def splice(article: Article, replacements: Mapping[int, str | None]) -> str:
    """Return the source with msgstrs put in the place of blocks; None leaves a block out."""
    return apply(
        article.text,
        (
            _edit(article.text, article.blocks[index], replacements[index])
            for index in sorted(replacements)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Passage:
    """Lines that make one unit."""

    start: int
    end: int
    text: str
    item: int
    """Depth of a list item, 0 for anything else."""
    whole: tuple[int, int]
    """What goes when the passage goes: its lines and the blank lines after them."""


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BULLET = re.compile(r"([ \t]*)(?:[-*•·–▪◦‣]|[0-9]{1,3}[.)]|[a-zA-Z]\))[ \t]+(?=\S)")
_LINE_SPACE = " \t\f\v\ufeff"
_WIDEST = 120
"""Columns beyond which nobody wraps a paragraph by hand: longer lines are paragraphs of their own."""
_NARROWEST = 40
_RAGGED = 0.85
"""Share of the width that a wrapped line fills at least, the next word added."""


def _paragraphs(source: str) -> Iterator[list[_Line]]:
    """Yield groups of lines without a blank one between them."""
    group: list[_Line] = []
    for match in _LINE.finditer(source):
        end = match.start() + len(match.group().rstrip("\r\n"))
        start, end = _strip(source, match.start(), end)
        if start < end:
            group.append(_Line(start, end))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _strip(source: str, start: int, end: int) -> tuple[int, int]:
    while start < end and source[start] == "\ufeff":
        start += 1
    while end > start and source[end - 1] in _LINE_SPACE:
        end -= 1
    return start, end


def _passages(source: str, lines: Sequence[_Line]) -> Iterator[_Passage]:
    """Yield the units of one group of lines: list items, one wrapped paragraph, or a unit per line."""
    groups: list[list[_Line]] = []
    for line in lines:
        bullet = _BULLET.match(source, line.start, line.end)
        if bullet or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    for group in groups:
        bullet = _BULLET.match(source, group[0].start, group[0].end)
        if bullet or len(group) == 1 or _is_wrapped(source, group):
            yield from _passage(source, group, bullet)
        else:
            for line in group:
                yield from _passage(source, [line], None)


def _is_wrapped(source: str, lines: Sequence[_Line]) -> bool:
    """Whether lines look like one paragraph broken by hand at a right margin."""
    texts = [source[line.start : line.end].strip() for line in lines]
    width = max(len(text) for text in texts)
    if not _NARROWEST <= width <= _WIDEST or not all(has_words(text) for text in texts):
        return False
    # Wrapped by hand, a line ends where the next word would have passed the margin.
    return all(
        len(text) + 1 + len(after.split(None, 1)[0]) >= width * _RAGGED
        for text, after in pairwise(texts)
    )


def _passage(
    source: str, lines: Sequence[_Line], bullet: re.Match[str] | None
) -> Iterator[_Passage]:
    start = bullet.end() if bullet else lines[0].start
    start, end = trim(source, start, lines[-1].end)
    text = normalize(collapse(" ".join(source[start:end].split("\n"))))
    if not has_words(text):
        return
    whole_end = lines[-1].end
    after = _BLANK_LINES.match(source, whole_end)
    if after:
        whole_end = after.end()
    depth = 0 if bullet is None else 1 + len(bullet[1].expandtabs(4)) // 2
    yield _Passage(start, end, text, depth, (lines[0].start, whole_end))


_BLANK_LINES = re.compile(r"[ \t\f]*(?:\r\n|\r|\n)(?:[ \t\f]*(?:\r\n|\r|\n))*")


def _block(passage: _Passage, kind: Kind, line: int) -> Block:
    level = passage.item or (2 if kind is Kind.HEADING else 1 if kind is Kind.HEADLINE else 0)
    return Block(
        Unit(escape(passage.text), None, kind),
        passage.start,
        passage.end,
        line,
        level,
        whole=passage.whole,
    )


def _edit(source: str, block: Block, msgstr: str | None) -> Edit:
    if msgstr is None:
        start, end = block.whole or (block.start, block.end)
        return Edit(start, end, "")
    old = source[block.start : block.end]
    if msgstr == block.unit.msgid:
        return Edit(block.start, block.end, old)
    text = " ".join(decode(msgstr).splitlines())
    if "\n" in old or "\r" in old:
        text = _wrapped(source, block, old, text)
    return Edit(block.start, block.end, text)


def _wrapped(source: str, block: Block, old: str, text: str) -> str:
    """Return text broken at the margin that the source broke its paragraph at."""
    newline = line_break(old)
    lines = old.split(newline)
    column = block.start - line_start(source, block.start)
    indent = lines[1][: len(lines[1]) - len(lines[1].lstrip())]
    width = max(column + len(lines[0]), *(len(line) for line in lines[1:]))
    wrapper = textwrap.TextWrapper(
        width=width,
        initial_indent=" " * column,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return newline.join(wrapper.wrap(text))[column:]


class _Kinds:
    """Kinds of the passages of one article."""

    def __init__(self, texts: Sequence[str], items: Sequence[int]) -> None:
        self.texts = texts
        self.items = items
        self.words = [len(text.split()) for text in texts]
        self.times = Counter(texts)
        self.kinds = [self._by_words(index) for index in range(len(texts))]

    def all(self) -> list[Kind]:
        """Return the kind of every passage."""
        self._mark_opening()
        self._mark_questions()
        self._mark_author()
        return self.kinds

    def _by_words(self, index: int) -> Kind:
        """Return the kind that a passage has by its own words."""
        text = self.texts[index]
        if self.items[index]:
            return Kind.ITEM
        if kinds.is_credit(text) and not kinds.is_boilerplate(text):
            return Kind.CAPTION
        if kinds.is_label(text) or (
            kinds.begins_author_box(text) and self.words[index] <= _HEADING_WORDS
        ):
            return Kind.LABEL
        if kinds.is_boilerplate(text):
            return Kind.BOILERPLATE
        if kinds.begins_byline(text) and self.words[index] <= _BYLINE_WORDS:
            return Kind.AUTHOR
        if self._is_heading(index):
            return Kind.HEADING
        return Kind.PARAGRAPH

    def _is_heading(self, index: int) -> bool:
        """Whether a passage is a short line without end mark before a longer text."""
        text = self.texts[index]
        if self.words[index] > _HEADING_WORDS or text.rstrip("»”\"')")[-1:] in _END_MARKS:
            return False
        return index + 1 < len(self.texts)

    def _mark_opening(self) -> None:
        """Make the first passage the headline; a short one after it, before the body, the standfirst."""
        texts, kind_of = self.texts, self.kinds
        if not texts or self.items[0] or self.words[0] > _HEADLINE_WORDS:
            return
        kind_of[0] = Kind.HEADLINE
        has_standfirst = False
        for index in range(1, min(len(texts), _OPENING)):
            if texts[index] == texts[0]:
                kind_of[index] = Kind.HEADLINE
            elif kind_of[index] is Kind.HEADING and is_person(texts[index]):
                kind_of[index] = Kind.AUTHOR
            # Here the body begins, unless this repeats a line of the opening.
            elif kind_of[index] is Kind.PARAGRAPH and has_standfirst:
                if texts[index] not in texts[:index]:
                    break
            elif kind_of[index] in (Kind.HEADING, Kind.PARAGRAPH) and not has_standfirst:
                if self.words[index] > _STANDFIRST_WORDS or index + 1 == len(texts):
                    break
                kind_of[index] = Kind.STANDFIRST
                has_standfirst = True
        # The same words further down are the standfirst again.
        for index, text in enumerate(texts):
            if kind_of[index] in (Kind.HEADING, Kind.PARAGRAPH):
                for first in range(min(len(texts), _OPENING)):
                    if kind_of[first] is Kind.STANDFIRST and texts[first] == text:
                        kind_of[index] = Kind.STANDFIRST

    def _mark_questions(self) -> None:
        """Make a question of what asks and is answered by the next passage."""
        for index, text in enumerate(self.texts[:-1]):
            if (
                self.kinds[index] is Kind.PARAGRAPH
                and kinds.is_question(text)
                and self.kinds[index + 1] in (Kind.PARAGRAPH, Kind.ITEM)
                and not kinds.is_question(self.texts[index + 1])
            ):
                self.kinds[index] = Kind.QUESTION

    def _mark_author(self) -> None:
        """Find the name and the text about the author after “Filed under”, and the same text elsewhere."""
        texts, kind_of = self.texts, self.kinds
        lead = next(
            (i for i in range(len(texts) - 1, -1, -1) if kinds.begins_author_box(texts[i])),
            None,
        )
        box: set[str] = set()
        if lead is not None and len(texts) - lead <= _CLOSING:
            for index in range(lead + 1, len(texts)):
                if kind_of[index] in (Kind.PARAGRAPH, Kind.HEADING):
                    box.add(texts[index])
        # What stands both at the end and elsewhere is the text about the author.
        for index in range(len(texts) - 1, max(-1, len(texts) - _CLOSING), -1):
            if self.times[texts[index]] > 1 and kind_of[index] in (
                Kind.PARAGRAPH,
                Kind.HEADING,
            ):
                box.add(texts[index])
        for index, text in enumerate(texts):
            before_box = texts[index + 1 : index + 2] and texts[index + 1] in box
            if text in box or (
                kind_of[index] is Kind.HEADING and is_person(text) and before_box
            ):
                kind_of[index] = Kind.AUTHOR


_END_MARKS = ".?!…:;,"
_HEADLINE_WORDS = 30
_HEADING_WORDS = 20
_STANDFIRST_WORDS = 50
_BYLINE_WORDS = 12
_OPENING = 8
"""Passages within which the body has begun."""
_CLOSING = 8
"""Passages from the end within which the author's box stands."""
