"""Blocks left out of a Markdown article so that every other block stays what it is and where it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from markdown_it.token import Token

from l10n.articles import rewrite, sitecode
from l10n.articles.html import elements
from l10n.articles.html.tokens import VOID, scan_markup
from l10n.articles.markdown.inline import mapped_cells, mapped_lines
from l10n.articles.markdown.parser import OPAQUE, parser
from l10n.articles.rewrite import Edit
from l10n.model import Block

Lines = Sequence[tuple[int, int]]
Bounds = tuple[int, int]


def omissions(source: str, lines: Lines, blocks: Sequence[Block]) -> dict[Bounds, Edit]:
    """Edits that leave texts out together, by the bounds of their blocks; one without a way stays as it is.

    `lines` are those of the body of the source without their ends. Blocks of raw HTML have the roles
    of HTML.
    """
    return _Omission(source, lines).edits(blocks)


class _Leaf(NamedTuple):
    """A token that holds no other, and those that are open around it, the outermost first."""

    token: Token
    around: tuple[Token, ...]
    lines: tuple[int, int]

    @property
    def is_cell(self) -> bool:
        """Whether it is the text of a table's cell, which stays even when it is empty."""
        return self.around != () and self.around[-1].type in ("th_open", "td_open")

    def path(self, *, tightness: bool) -> tuple[tuple[str, bool], ...]:
        """What it stands in, and with `tightness` whether its paragraph is one of a tight list."""
        return tuple((each.type, tightness and each.hidden) for each in self.around)


class _Reading(NamedTuple):
    """What a parser finds in the body of an article."""

    leaves: tuple[_Leaf, ...]
    labels: tuple[str, ...]
    """Of the definitions of links and notes."""


class _Way(NamedTuple):
    """A way to leave a block out."""

    block: Block
    leaf: int
    """Index of the leaf that holds the block."""
    edit: Edit | None
    """None lets the block stay."""
    tightness: bool = True
    """Whether lists have to stay tight or loose."""


_PATIENCE = 200
"""Number of times that an article is read to find the cleanest ways; then what mostly works is taken."""
_COMMENT = "<!-- -->"
_NO_WIDTH = "\u200b"
_NO_WIDTH_SPELLED = "&#8203;"
_SEEN_TAGS = (VOID | elements.OPAQUE) - {"br", "wbr"}
_PAIRS = ("em", "strong", "s", "link")
_BOXES = ("list_item_open", "blockquote_open", "dl_open", "admonition_open")
"""What readers see even when it is empty. The frame of a table stays."""
_HASHES = re.compile(r"#{1,6}[ \t]*\Z")
_MARK = re.compile(r"[^\s>]")


class _Omission:
    """The search for ways that work together."""

    def __init__(self, source: str, lines: Lines) -> None:
        self.source = source
        self.lines = lines
        self.body = lines[0][0]
        self.before = _read(source[self.body :])
        self.held: dict[int, list[int]] = {}
        """Indices of the leaves on each line."""
        for index, leaf in enumerate(self.before.leaves):
            for line in range(*leaf.lines):
                self.held.setdefault(line, []).append(index)
        self.rows: dict[int, dict[int, list[int]]] = {}
        """Offsets of the characters of each cell, by the row."""
        self.readings = 0
        self.learned: dict[tuple[object, ...], int] = {}
        """Place among its ways of the one that worked for a block, by its surroundings."""
        self.chosen: list[_Way] = []
        """What has passed so far, all of it together."""

    def edits(self, blocks: Sequence[Block]) -> dict[Bounds, Edit]:
        """One edit per block, by its bounds."""
        ways = [list(self._ways(block)) for block in blocks]
        self._choose([each for each in ways if each])
        self._choose(list(self._emptied()))
        found = {(b.start, b.end): Edit(b.start, b.end, self._spelled(b)) for b in blocks}
        for way in self.chosen:
            if way.edit is not None:
                found[way.block.start, way.block.end] = way.edit
        return found

    def _spelled(self, block: Block) -> str:
        return self.source[block.start : block.end]

    def _choose(self, waiting: Sequence[Sequence[_Way]]) -> None:
        """Take the first way of every block when that works, else find the blocks where it does not."""
        if len(waiting) == 1:
            self._choose_for_one(waiting[0])
            return
        for ways in self._guesses(waiting):
            if self._works(ways):
                self.chosen += ways
                return
        middle = len(waiting) // 2
        if middle:
            self._choose(waiting[:middle])
            self._choose(waiting[middle:])

    def _choose_for_one(self, ways: Sequence[_Way]) -> None:
        order = ways if self.readings < _PATIENCE else ways[-2:]
        for way in order:
            if self._works([way]):
                self.chosen.append(way)
                self.learned[self._surroundings(way)] = ways.index(way)
                return

    def _guesses(self, waiting: Sequence[Sequence[_Way]]) -> Iterator[list[_Way]]:
        """What may work for many blocks at once, the cleanest first."""
        firsts = [ways[0] for ways in waiting]
        patient = self.readings < _PATIENCE
        if patient:
            yield firsts
        places = [self.learned.get(self._surroundings(ways[0]), 0) for ways in waiting]
        learned = [
            ways[place] if place < len(ways) else ways[0]
            for ways, place in zip(waiting, places, strict=True)
        ]
        if learned != firsts or not patient:
            yield learned
        if not patient:
            yield [ways[-2] if len(ways) > 1 else ways[0] for ways in waiting]

    def _surroundings(self, way: _Way) -> tuple[object, ...]:
        """What blocks have in common that can be left out in the same way."""
        leaves, index = self.before.leaves, way.leaf
        leaf = leaves[index]
        return (
            leaf.token.type,
            leaf.path(tightness=True),
            _shared(leaves[index - 1], leaf) if index else 0,
            _shared(leaf, leaves[index + 1]) if index + 1 < len(leaves) else 0,
        )

    def _emptied(self) -> Iterator[list[_Way]]:
        """Ways to take out the items and boxes, the outermost of each, that nothing is left in."""
        edits = _outermost(way.edit for way in self.chosen if way.edit is not None) or []
        gone = _by_leaf(self.chosen)
        empty = {
            index
            for index, blocks in gone.items()
            if not self._remains(self.before.leaves[index], blocks, edits)
        }
        inside: dict[int, list[int]] = {}
        boxes: dict[int, Token] = {}
        for index, leaf in enumerate(self.before.leaves):
            for box in leaf.around:
                if box.type in _BOXES and box.map is not None:
                    boxes[id(box)] = box
                    inside.setdefault(id(box), []).append(index)
        covered: set[int] = set()
        for key, box in boxes.items():
            held = inside[key]
            if box.map is None or len(held) < 2 or not empty.issuperset(held):
                continue
            if covered.isdisjoint(held):
                covered.update(held)
                edit = Edit(*self._bounds((box.map[0], box.map[1])), "")
                block = min(gone[held[0]], key=lambda each: each.start)
                way = _Way(block, held[0], edit)
                yield [way, way._replace(tightness=False)]

    def _works(self, more: Sequence[_Way]) -> bool:
        """Whether all that is not left out stays when more is left out than was chosen so far."""
        ways = [way for way in (*self.chosen, *more) if way.edit is not None]
        edits = _outermost(way.edit for way in ways if way.edit is not None)
        if edits is None:
            return False
        self.readings += 1
        after = _read(rewrite.apply(self.source, edits)[self.body :])
        tightness = all(way.tightness for way in ways)
        kept = self._kept(after, _by_leaf(ways), edits, tightness=tightness)
        return kept is not None and all(
            _shared(one[0], two[0]) == _shared(one[1], two[1]) for one, two in pairwise(kept)
        )

    def _kept(
        self,
        after: _Reading,
        gone: Mapping[int, Sequence[Block]],
        edits: Sequence[Edit],
        *,
        tightness: bool,
    ) -> list[tuple[_Leaf, _Leaf]] | None:
        """Leaves that say something, before and after; None when they are not the same ones."""
        if after.labels != self.before.labels:
            return None
        kept: list[tuple[_Leaf, _Leaf]] = []
        waiting = 0
        for index, leaf in enumerate(self.before.leaves):
            there = after.leaves[waiting] if waiting < len(after.leaves) else None
            fits = there is not None and _fits(leaf, there, tightness=tightness)
            if index in gone:
                wanted = self._remains(leaf, gone[index], edits)
                fits = fits and there is not None and _said(there) == wanted
                if not fits and (wanted or leaf.is_cell):
                    return None
                said = wanted
            else:
                if not fits or there is None or there.token.content != leaf.token.content:
                    return None
                said = [leaf.token.content]
            if fits and there is not None:
                waiting += 1
                if said:
                    kept.append((leaf, there))
        return kept if waiting == len(after.leaves) else None

    def _remains(
        self, leaf: _Leaf, blocks: Sequence[Block], edits: Sequence[Edit]
    ) -> list[str]:
        """What a leaf still says without some of its blocks: words, and code that decides."""
        if leaf.token.type == "html_block":
            start, end = self._offsets(leaf)[0], self._bounds(leaf.lines)[1]
            inside = [
                Edit(max(e.start - start, 0), e.end - start, e.text)
                for e in edits
                if start < e.end <= end
            ]
            return _said_in_html(rewrite.apply(self.source[start:end], inside))
        parts = []
        for child, start, end in self._placed(leaf):
            inside_of_one = any(b.start < end and start < b.end for b in blocks)
            parts.append(_decides(child) if inside_of_one else _seen(child))
        return _words(parts)

    def _ways(self, block: Block) -> Iterator[_Way]:
        """Ways to leave a block out, the cleanest first; none when the parser does not show it."""
        index = self._leaf_of(block)
        if index is None:
            return
        leaf = self.before.leaves[index]
        if leaf.token.type == "html_block":
            for edit in self._without_html(block):
                yield _Way(block, index, edit)
        else:
            bounds = self._whole(leaf, block)
            for each in bounds:
                for edit in self._without_lines(leaf, *each):
                    yield _Way(block, index, edit)
            for each in bounds:
                # Items that move closer together are better than an empty one.
                yield _Way(block, index, Edit(*each, ""), tightness=False)
            for edit in self._without_text(leaf, block):
                yield _Way(block, index, edit)
        yield _Way(block, index, None)

    def _leaf_of(self, block: Block) -> int | None:
        line = bisect_right(self.lines, block.start, key=lambda each: each[0]) - 1
        for index in self.held.get(line, ()):
            leaf = self.before.leaves[index]
            if not leaf.is_cell or any(
                start <= block.start < end for _, start, end in self._placed(leaf)
            ):
                return index
        return None

    def _without_html(self, block: Block) -> Iterator[Edit]:
        """Without the element, and without its line when nothing else is there: a blank one ends the HTML."""
        edit = rewrite.left_out(self.source, block)
        first = bisect_right(self.lines, edit.start, key=lambda each: each[0]) - 1
        last = bisect_right(self.lines, edit.end, key=lambda each: each[0]) - 1
        start, end = self._bounds((first, last + 1))
        around = self.source[start : edit.start] + edit.text + self.source[edit.end : end]
        if not around.strip():
            yield Edit(start, end, "")
        else:
            yield edit
        if block.role == "text":
            yield edit._replace(text=_COMMENT + edit.text)

    def _whole(self, leaf: _Leaf, block: Block) -> list[Bounds]:
        """Bounds of lines that hold the block and nothing else: as its reader says, and its own."""
        holder = leaf.around[-1] if leaf.around else None
        if (
            holder is None
            or holder.type not in ("paragraph_open", "heading_open")
            or holder.map is None
            or self._remains(leaf, [block], ())
        ):
            return []
        own = self._bounds((holder.map[0], holder.map[1]))
        if block.whole is None:
            return [own]
        return [block.whole] if block.whole[0] == own[0] else [block.whole, own]

    def _without_lines(self, leaf: _Leaf, start: int, end: int) -> Iterator[Edit]:
        """Nothing in the place of lines, or a comment there: under what stands before, or on its own."""
        yield Edit(start, end, "")
        text = self.source[start:end]
        line_end = text[len(text.rstrip()) :]
        before = self.source[start : self._offsets(leaf)[0]]
        if "\n" not in before and "\r" not in before:
            under = _MARK.sub(" ", _HASHES.sub("", before))
            if under:
                yield Edit(start, end, under + _COMMENT + line_end)
        yield Edit(start, end, _COMMENT + line_end)

    def _without_text(self, leaf: _Leaf, block: Block) -> Iterator[Edit]:
        """Nothing in the place of a text and the marks that hold only it, or what readers do not see."""
        placed = [each for each in self._placed(leaf) if each[1] < each[2]]
        inside = [
            i for i, each in enumerate(placed) if each[1] < block.end and block.start < each[2]
        ]
        start, end = block.start, block.end
        if inside:
            first, last = inside[0] - 1, inside[-1] + 1
            while first >= 0 and last < len(placed) and _is_pair(placed[first], placed[last]):
                start, end = placed[first][1], placed[last][2]
                first, last = first - 1, last + 1
        kept = "".join(_decides(placed[i][0]).strip() for i in inside)
        yield Edit(start, end, kept)
        if not leaf.is_cell:
            # Other parsers than ours take a comment that begins the row of a table for raw HTML.
            yield Edit(start, end, _COMMENT + kept)
        yield Edit(start, end, _NO_WIDTH_SPELLED + kept)

    def _bounds(self, lines: tuple[int, int]) -> Bounds:
        """Offsets of lines with the end of the last one."""
        first, last = lines
        end = self.lines[last][0] if last < len(self.lines) else len(self.source)
        return self.lines[first][0], end

    def _offsets(self, leaf: _Leaf) -> list[int]:
        """Offset in the source of each character of a token's content."""
        content, first = leaf.token.content.rstrip("\n"), leaf.lines[0]
        if not leaf.is_cell:
            return mapped_lines(self.source, self.lines, first, content)
        row = id(leaf.around[-2])
        if row not in self.rows:
            start, end = self.lines[first]
            cells = [self.before.leaves[index].token for index in self.held[first]]
            mapped = mapped_cells(
                self.source[start:end], start, [cell.content for cell in cells]
            )
            self.rows[row] = {
                id(cell): offsets or [] for cell, offsets in zip(cells, mapped, strict=False)
            }
        return self.rows[row].get(id(leaf.token), [])

    def _placed(self, leaf: _Leaf) -> Iterator[tuple[Token, int, int]]:
        """Inline elements with their offsets in the source."""
        offsets = self._offsets(leaf)
        position = 0
        for child in leaf.token.children or () if offsets else ():
            end = min(_end_of(child, position), len(leaf.token.content))
            if end > position:
                yield child, offsets[position], offsets[end - 1] + 1
            position = max(end, position)


def _end_of(child: Token, position: int) -> int:
    """Where an inline element that begins at a position of its content ends there."""
    if "end" in child.meta:
        return int(child.meta["end"])
    if child.type == "link_open":
        return position + (child.info != "auto")
    return position + len(child.content if child.type == "text" else child.markup)


def _read(body: str) -> _Reading:
    env: dict[str, Any] = {}
    leaves: list[_Leaf] = []
    around: list[Token] = []
    notes: list[str] = []
    for token in parser().parse(body, env):
        if token.nesting == 1:
            around.append(token)
            if token.type == "footnote_reference_open":
                notes.append(f"^{token.meta['label']}")
        elif token.nesting == -1:
            around.pop()
        elif token.type != "html_block" or token.content.strip() != _COMMENT:
            lines = token.map
            if lines is None and len(around) > 1:
                lines = around[-2].map
            first, last = lines or (-1, -1)
            # The parser gives the title of a definition no line of its own.
            leaves.append(_Leaf(token, tuple(around), (first, max(last, first + 1))))
    return _Reading(tuple(leaves), (*sorted(env.get("references", ())), *notes))


def _by_leaf(ways: Iterable[_Way]) -> dict[int, list[Block]]:
    """Blocks that are left out by the index of what holds them."""
    blocks: dict[int, list[Block]] = {}
    for way in ways:
        if way.edit is not None:
            blocks.setdefault(way.leaf, []).append(way.block)
    return blocks


def _outermost(edits: Iterable[Edit]) -> list[Edit] | None:
    """Edits in order, without those inside of others; None when two overlap."""
    outer: list[Edit] = []
    covered = 0
    for edit in sorted(edits, key=lambda each: (each.start, -each.end)):
        if edit.start >= covered:
            outer.append(edit)
            covered = edit.end
        elif edit.end > covered:
            return None
    return outer


def _fits(leaf: _Leaf, there: _Leaf, *, tightness: bool) -> bool:
    """Whether a leaf stands in the same blocks as another; a line of code is no paragraph."""
    path, other = leaf.path(tightness=tightness), there.path(tightness=tightness)
    if leaf.token.type == there.token.type:
        return path == other
    return there.token.type in ("opaque_line", "html_block") and path[:-1] == other


def _shared(leaf: _Leaf, after: _Leaf) -> int:
    """Number of open tokens that two leaves have in common."""
    shared = 0
    for one, other in zip(leaf.around, after.around, strict=False):
        if one is not other:
            break
        shared += 1
    return shared


def _said(leaf: _Leaf) -> list[str]:
    if leaf.token.type == "html_block":
        return _said_in_html(leaf.token.content)
    if leaf.token.type == "inline":
        return _words([_seen(child) for child in leaf.token.children or ()])
    return leaf.token.content.split()


def _said_in_html(markup: str) -> list[str]:
    return markup.replace(_COMMENT, "").split()


def _words(parts: Sequence[str]) -> list[str]:
    return "".join(parts).replace(_NO_WIDTH, "").split()


def _seen(child: Token) -> str:
    """What readers or the site generator find in an inline element."""
    if child.type in ("text", "text_special", "code_inline"):
        return child.content
    if child.type == "image":
        return f" {child.attrs['src']} "
    if _is_code(child):
        return f" {child.content} "
    if child.type == "html_inline":
        marks = scan_markup(child.content, xml=False)
        return f" {child.content} " if marks and marks[0][1] in _SEEN_TAGS else ""
    return " " if child.type in ("softbreak", "hardbreak") else ""


def _decides(child: Token) -> str:
    """Code of a site generator that decides about more than the text around it."""
    decides = _is_code(child) and not sitecode.prints(child.content)
    return f" {child.content} " if decides else ""


def _is_code(child: Token) -> bool:
    return child.type in (OPAQUE, "html_inline") and sitecode.is_code(child.content)


def _is_pair(opening: tuple[Token, int, int], closing: tuple[Token, int, int]) -> bool:
    """Whether two inline elements are the marks around what stands between them."""
    name, _, side = opening[0].type.rpartition("_")
    return name in _PAIRS and side == "open" and closing[0].type == f"{name}_close"
