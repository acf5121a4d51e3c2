"""Texts left out of a Markdown article so that every other block stays what it is and where it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from markdown_it.token import Token

from l10n.articles import rewrite, sitecode
from l10n.articles.markdown.parser import PLAIN_GRAMMAR, Grammar, parse, parser
from l10n.articles.rewrite import Edit
from l10n.model import Block

Bounds = tuple[int, int]


def omissions(
    source: str,
    lines: Sequence[Bounds],
    blocks: Sequence[Block],
    grammar: Grammar = PLAIN_GRAMMAR,
) -> Mapping[Bounds, Edit]:
    """Return edits that leave texts out together, by the bounds of their blocks; what has no harmless way stays.

    `lines` are those of the body of the source without their ends. Blocks of raw HTML have the roles
    of HTML.
    """
    edits = {(b.start, b.end): Edit(b.start, b.end, source[b.start : b.end]) for b in blocks}
    search = _Search(source, [start for start, _end in lines], blocks, grammar)
    for number, way in search.ways().items():
        block = search.blocks[number]
        edits[block.start, block.end] = way.edit or edits[block.start, block.end]
    return edits


class _Way(NamedTuple):
    """A way to leave a text out; without an edit it stays."""

    edit: Edit | None = None
    tightness: bool = True
    """Whether lists have to stay tight or loose."""


_MANY = 30
"""Texts in one block up to which each gets a way of its own; more get the same, which takes linear time."""
_COMMENT, _NO_WIDTH = "<!-- -->", "&#8203;"
_STAND_IN = re.compile("\ue000([0-9]+)\ue001")
"""A word in the place of a text to leave out, by which the parser tells what is around that text."""
_LATER_LINE = re.compile(r"([\r\n][ \t>]*)[^\r\n]+")
_UNSEEN = re.compile(
    r"\ue000[0-9]+\ue001|\ue001|<!-- -->|</?w?br\b[^<>]*>|\u200b", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"</?p>")
_CODE_LINE = re.compile(r"<p>(<\?[^<>]*>)</p>")
"""Code that is left of a paragraph, which is then read as raw HTML."""
_EMPTY = re.compile(r"<((?!t[hd]\b)\w+)[^<>]*>\s*</\1>")
"""An element that readers do not see without content; a table keeps the frame of its cells."""
_NESTING = 20
"""How deep the parser reads."""
_BOXES = ("list_item_open", "blockquote_open", "dl_open", "admonition_open")
"""What goes when nothing is left in it."""
_OPENING_MARKS = "*_~["
_CLOSING_MARKS = re.compile(r"(?:[*_~]|\](?:\((?:\\.|[^()\\])*\)|\[[^\[\]]*\])?)*")
_HASHES = re.compile(r"#{1,6}[ \t]*\Z")
_MARK = re.compile(r"[^\s>]")


class _Search:
    """The search for ways to leave out the texts of one article; they go by their number."""

    def __init__(
        self, source: str, lines: Sequence[int], blocks: Sequence[Block], grammar: Grammar
    ) -> None:
        self.source = source
        self.grammar = grammar
        self.lines = [*lines, len(source)]
        self.blocks = sorted(blocks, key=lambda block: block.start)
        self.stand_ins = [self._stand_in(block, n) for n, block in enumerate(self.blocks)]
        self.borders = [lines[0]]
        """Where the blocks at the top of the article begin, and where the last one ends."""
        self.env: dict[str, Any] = {}
        self.candidates: dict[int, list[_Way]] = {}
        """The ways of each text that the parser shows, the cleanest first, the last one to let it stay."""

    def ways(self) -> Mapping[int, _Way]:
        """Return a way for each text; all of them together change no other one."""
        whole = self.lines[0], self.lines[-1]
        # Where a stand-in is read as something else than its text, nothing can be told from it.
        tokens = parse(self._text(whole, {}) or "", self.grammar, self.env)
        originals = parse(self.source[self.lines[0] :], self.grammar)
        if [token.type for token in tokens] != [token.type for token in originals]:
            return {}
        self._propose(tokens)
        selection: dict[int, _Way] = {}
        before = ""
        for region, following in pairwise(pairwise([*self.borders, self.lines[-1]])):
            ways = self._choice(region, before, self._text(following, {}) or "")
            selection.update(ways)
            # What nothing is left of keeps nothing apart.
            text = self._text(region, ways) or ""
            before = text if text.strip() else before
        return selection if self._works(whole, selection) else {}

    def _propose(self, tokens: Sequence[Token]) -> None:
        """Find the blocks at the top of the article, and the ways of every text in them."""
        around: list[Token] = []
        boxes: dict[int, tuple[Token, list[Token]]] = {}
        for token in tokens:
            if token.level == 0 and token.map and token.nesting >= 0:
                self.borders.append(self.lines[token.map[0]])
            if token.nesting == 1:
                around.append(token)
            elif token.nesting == -1:
                around.pop()
            else:
                for number in _numbers(token):
                    self.candidates[number] = [*self._ways(number, token, around), _Way()]
                for box in around:
                    if box.type in _BOXES and box.map:
                        boxes.setdefault(id(box), (box, []))[1].append(token)
        self.borders.append(self.lines[-1])
        # The outermost box is tried first: it comes last here.
        for box, inside in reversed(boxes.values()):
            numbers = [_numbers(token) for token in inside if not _rendered([token])]
            if len(numbers) == len(inside) > 1 and all(numbers):
                edit = Edit(*self._bounds(box), "")
                ways = self.candidates[numbers[0][0]]
                ways[:0] = [_Way(edit), _Way(edit, tightness=False)]

    def _ways(self, number: int, token: Token, around: Sequence[Token]) -> Iterator[_Way]:
        """Yield the ways to leave a text out of a token, the cleanest first."""
        block = self.blocks[number]
        if token.type == "html_block":
            yield from map(_Way, self._without_html(block))
            return
        line = self.lines[bisect_right(self.lines, block.start) - 1]
        start = line + len(self.source[line : block.start].rstrip(_OPENING_MARKS))
        closing = _CLOSING_MARKS.match(self.source, block.end)
        end = closing.end() if closing else block.end
        holders = [outer.type for outer in around]
        is_alone = _numbers(token) == [number] and not _rendered([token])
        # Without its lines a note would be gone, and every sign that refers to it be text.
        in_note = "footnote_reference_open" in holders
        if is_alone and not in_note and holders[-1] in ("paragraph_open", "heading_open"):
            own = self._bounds(around[-1])
            whole = block.whole or own
            bounds = [whole] if whole[0] == own[0] else [whole, own]
            for first, last in bounds:
                yield from map(_Way, self._without_lines(first, last, start))
            # Items that move closer together are better than an empty one.
            yield from (_Way(Edit(*lines, ""), tightness=False) for lines in bounds)
        code = _deciding_code(block)
        yield _Way(Edit(start, end, code))
        if holders[-1] not in ("th_open", "td_open"):
            # Other parsers than ours take a comment that begins the row of a table for raw HTML.
            yield _Way(Edit(start, end, _COMMENT + code))
        yield _Way(Edit(start, end, _NO_WIDTH + code))

    def _without_html(self, block: Block) -> Iterator[Edit]:
        """Yield an edit without the element, and without its line when that is then blank: it would end the HTML."""
        edit = rewrite.left_out(self.source, block)
        start = self.lines[bisect_right(self.lines, edit.start) - 1]
        end = self.lines[bisect_right(self.lines, edit.end, hi=len(self.lines) - 1)]
        rest = self.source[start : edit.start] + edit.text + self.source[edit.end : end]
        yield edit if rest.strip() else Edit(start, end, "")
        if block.role == "text":
            yield edit._replace(text=_COMMENT + edit.text)

    def _without_lines(self, start: int, end: int, text_start: int) -> Iterator[Edit]:
        """Yield nothing in the place of lines, or a comment: under what stands before the text, or on its own."""
        yield Edit(start, end, "")
        lines, before = self.source[start:end], self.source[start:text_start]
        line_end = lines[len(lines.rstrip()) :]
        under = _MARK.sub(" ", _HASHES.sub("", before))
        if under and "\n" not in before and "\r" not in before:
            yield Edit(start, end, under + _COMMENT + line_end)
        yield Edit(start, end, _COMMENT + line_end)

    def _bounds(self, token: Token) -> Bounds:
        first, last = token.map or (0, 0)
        return self.lines[first], self.lines[last]

    def _choice(self, region: Bounds, before: str, after: str) -> dict[int, _Way]:
        """Return the first way of each text of a region that works between two others."""
        numbers = [number for number in self._numbers(region) if number in self.candidates]
        for level in range(
            max((len(self.candidates[number]) for number in numbers), default=0)
        ):
            ways = {n: self.candidates[n][: level + 1][-1] for n in numbers}
            if self._works(region, ways, before, after):
                return ways
            if len(numbers) <= _MANY:
                break
        selection: dict[int, _Way] = {}
        for number in numbers:
            trials = [{**selection, number: way} for way in self.candidates[number]]
            working = (ways for ways in trials if self._works(region, ways, before, after))
            selection = next(working, trials[-1])
        return selection

    def _works(
        self, region: Bounds, ways: Mapping[int, _Way], before: str = "", after: str = ""
    ) -> bool:
        """Whether all that is not left out is the same with these ways as with stand-ins."""
        text = self._text(region, ways)
        if text is None:
            return False
        expected = self._text(region, {n: way for n, way in ways.items() if way.edit is None})
        tightness = all(way.tightness for way in ways.values())
        references = self.env.get("references", {})
        with_stand_ins, without = (
            _rendered(
                parse(before + t + after, self.grammar, {"references": {**references}}),
                tightness=tightness,
            )
            for t in (expected or "", text)
        )
        return with_stand_ins == without

    def _text(self, region: Bounds, ways: Mapping[int, _Way]) -> str | None:
        """Return the text of a region, with stand-ins where no way is given; None when edits overlap."""
        position, end = region
        edits = [
            ways[n].edit if n in ways else self.stand_ins[n] for n in self._numbers(region)
        ]
        parts: list[str] = []
        for edit in sorted(filter(None, edits), key=lambda edit: (edit.start, -edit.end)):
            if edit.start >= position:
                parts += (self.source[position : edit.start], edit.text)
                position = edit.end
            elif edit.end > position:
                return None
        return "".join((*parts, self.source[position:end])) if position <= end else None

    def _numbers(self, region: Bounds) -> range:
        """Return which texts begin in a region."""
        first, last = (
            bisect_left(self.blocks, at, key=lambda block: block.start) for at in region
        )
        return range(first, last)

    def _stand_in(self, block: Block, number: int) -> Edit:
        """Return the edit that puts a word in the place of each line of a text."""
        text = self.source[block.start : block.end]
        later_lines = _LATER_LINE.sub("\\1\ue001", text[len(text.splitlines()[0]) :])
        code = _deciding_code(block)
        return Edit(block.start, block.end, f"\ue000{number}\ue001{code}{later_lines}")


def _numbers(token: Token) -> list[int]:
    """Return which texts to leave out stand in a token."""
    return [int(number) for number in _STAND_IN.findall(token.content)]


def _deciding_code(block: Block) -> str:
    """Return the code in a text that decides about more than that: it stays."""
    codes = [p.opening for p in block.unit.placeholders if not p.paired]
    return "".join(c for c in codes if sitecode.is_code(c) and not sitecode.prints(c))


def _rendered(tokens: Sequence[Token], *, tightness: bool = True) -> str:
    """Return what readers and the site generator find, without elements that are empty."""
    markup = parser().renderer.render(tokens, parser().options, {})
    markup = _UNSEEN.sub("", markup if tightness else _PARAGRAPH.sub("", markup))
    for _depth in range(_NESTING):
        markup, removed = _EMPTY.subn("", markup)
        if not removed:
            break
    return " ".join(_CODE_LINE.sub(r"\1", markup).replace("<", " <").replace(">", "> ").split())
