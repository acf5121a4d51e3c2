"""A msgstr from translated sentences: the source's tree of tokens laid over the target's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from l10n.drafting.layout import Kind, Layout, Node, Sentence
from l10n.drafting.placing import Claim
from l10n.drafting.renderings import Rendering
from l10n.model import Draft
from l10n.text import markup
from l10n.text.edits import Edit, Edited, apply
from l10n.text.sentences import split_sentences

if TYPE_CHECKING:
    from l10n.drafting.lessons.confidence import Evidence
    from l10n.drafting.lessons.lessons import Correction


@dataclass(frozen=True, slots=True)
class Assembled:
    """A msgstr before it is judged."""

    text: str
    draft: Draft
    """Its plain text, the probability of the least certain sentence, the notes of all."""
    reasons: tuple[str, ...] = ()
    own: str = ""
    """What the engine itself wrote, sentence by sentence, without the terms of a glossary."""
    corrections: tuple[Correction, ...] = ()
    """What lessons have changed of it."""
    evidence: tuple[Evidence, ...] = ()
    """What lessons know of its sentences."""


def assemble(layout: Layout, renderings: Sequence[Rendering]) -> Assembled | None:
    """Join the sentences of a unit and put its tokens in; None when a token has no place left."""
    if any(rendering.is_lost for rendering in renderings):
        return None
    if not all(rendering.text.strip() for rendering in renderings):
        return Assembled("", Draft(""))
    edits = [
        Edit(sentence.start, sentence.start + len(sentence.text), rendering.text)
        for sentence, rendering in zip(layout.sentences, renderings, strict=True)
    ]
    edited = apply(layout.text, edits)
    claims = _claims(layout, renderings, edited)
    places = _settle(layout, claims, edited.text)
    if places is None:
        return None
    guessed = any(
        not claim.is_certain or places[number][0] >= claim.end > claim.start
        for number, claim in claims.items()
    )
    return _written(layout, edited.text, places, renderings, ("guessed",) if guessed else ())


def runs_of(layout: Layout) -> list[Sentence]:
    """Return the stretches of text between tokens, cut into sentences, as sentences without parts."""
    cuts = {0, len(layout.text)}
    for node in layout.nodes:
        cuts |= {node.start, node.end}
    fixed = {node.start for node in layout.nodes if node.kind in (Kind.ATOM, Kind.BREAK)}
    runs = []
    marks = sorted(cuts)
    for start, end in pairwise(marks):
        if start in fixed:
            continue
        at = start
        for sentence in split_sentences(layout.text[start:end], layout.locale):
            for piece in _pieces_of(sentence):
                core = piece.strip()
                if core:
                    runs.append(Sentence(core, at + piece.index(core)))
                at += len(piece)
    return runs


_LONGEST_RUN = 1000
"""Characters of a run; engines are made for sentences, and cut or lose what is far longer."""


def _pieces_of(sentence: str) -> Iterator[str]:
    """Yield a sentence, or what is too long for one cut between words."""
    start = 0
    while len(sentence) - start > _LONGEST_RUN:
        space = sentence.rfind(" ", start, start + _LONGEST_RUN) + 1
        end = space if space > start else start + _LONGEST_RUN
        yield sentence[start:end]
        start = end
    yield sentence[start:]


def assemble_runs(
    layout: Layout, runs: Sequence[Sentence], renderings: Sequence[Rendering]
) -> Assembled:
    """Join runs translated on their own, every token where the source has it."""
    if not all(rendering.text.strip() for rendering in renderings):
        return Assembled("", Draft(""))
    edits = [
        Edit(run.start, run.start + len(run.text), rendering.text)
        for run, rendering in zip(runs, renderings, strict=True)
    ]
    edited = apply(layout.text, edits)
    places = {
        node.number: (edited.starts[node.start], edited.ends[node.end])
        for node in layout.nodes
        if node.kind is not Kind.POINT
    }
    places |= {
        node.number: (edited.starts[node.start],) * 2
        for node in layout.nodes
        if node.kind is Kind.POINT
    }
    return _written(layout, edited.text, places, renderings, ("runs",))


def _written(
    layout: Layout,
    text: str,
    places: Mapping[int, tuple[int, int]],
    renderings: Sequence[Rendering],
    reasons: tuple[str, ...],
) -> Assembled:
    drafts = [rendering.draft for rendering in renderings]
    logprobs = [draft.logprob for draft in drafts if draft.logprob is not None]
    notes = tuple(note for draft in drafts for note in draft.notes)
    more = tuple(reason for rendering in renderings for reason in rendering.reasons)
    return Assembled(
        _Writer(text, places, _children(layout)).write(None, 0, len(text)),
        Draft(text, min(logprobs, default=None), notes),
        (*reasons, *more),
        " ".join(rendering.own or rendering.text for rendering in renderings),
        tuple(change for rendering in renderings for change in rendering.corrections),
        tuple(part for rendering in renderings for part in rendering.evidence),
    )


def _claims(
    layout: Layout, renderings: Sequence[Rendering], edited: Edited
) -> dict[int, Claim]:
    """Return what each node claims of the whole target."""
    parts: dict[int, list[Claim]] = {}
    for sentence, rendering in zip(layout.sentences, renderings, strict=True):
        base = edited.starts[sentence.start]
        for number, claim in rendering.claims.items():
            moved = replace(claim, start=base + claim.start, end=base + claim.end)
            parts.setdefault(number, []).append(moved)
    return {
        node.number: _claim(node, parts.get(node.number, ()), edited) for node in layout.nodes
    }


def _claim(node: Node, parts: Sequence[Claim], edited: Edited) -> Claim:
    """Return the hull of what a node claims in the sentences."""
    if not parts:
        start = edited.starts[node.start]
        return Claim(start, max(start, edited.ends[node.end]))
    return Claim(
        min(claim.start for claim in parts),
        max(claim.end for claim in parts),
        all(claim.is_certain for claim in parts),
    )


def _settle(
    layout: Layout, claims: Mapping[int, Claim], text: str
) -> dict[int, tuple[int, int]] | None:
    """Return every node a place such that all nest as in the source; None where one comes out empty."""
    children = _children(layout)
    wide = dict(claims)
    for node in reversed(layout.nodes):
        # Children have higher numbers than their parent: each is wide before its parent asks.
        for child in children.get(node.number, ()):
            if wide[child.number].is_certain or child.kind is not Kind.PAIR:
                wide[node.number] = _hull(wide[node.number], wide[child.number])
    places: dict[int, tuple[int, int]] = {}
    waiting: list[tuple[int | None, tuple[int, int]]] = [(None, (0, len(text)))]
    while waiting:
        parent, room = waiting.pop()
        inside = children.get(parent, ())
        settled = _place_siblings(inside, wide, room, text)
        if settled is None or not _holds_leaves(inside, settled, wide, children):
            return None
        places |= settled
        waiting += [
            (node.number, settled[node.number]) for node in inside if node.kind is Kind.PAIR
        ]
    return places


def _place_siblings(
    nodes: Sequence[Node], claims: Mapping[int, Claim], room: tuple[int, int], text: str
) -> dict[int, tuple[int, int]] | None:
    """Place what has a fixed place first, then pairs, the certain ones before the guessed."""
    places: dict[int, tuple[int, int]] = {}
    taken: list[tuple[int, int]] = []
    for node in nodes:
        if node.kind in (Kind.ATOM, Kind.BREAK):
            places[node.number] = (claims[node.number].start, claims[node.number].end)
            taken.append(places[node.number])
    # Code and breaks are where they are; pairs give way to them, and guessed pairs to certain ones.
    pairs = [node for node in nodes if node.kind is Kind.PAIR]
    for node in sorted(pairs, key=lambda node: not claims[node.number].is_certain):
        claim = claims[node.number]
        free = _free(_clipped((claim.start, claim.end), room), taken, text)
        if free[0] == free[1]:
            free = _share(node, nodes, _free(room, taken, text), text)
        if free[0] == free[1]:
            return None
        places[node.number] = free
        taken.append(free)
    for node in nodes:
        if node.kind is Kind.POINT:
            # An image must not stand inside a pair that it stood beside.
            at = min(max(claims[node.number].start, room[0]), room[1])
            places[node.number] = (_beside(at, taken),) * 2
    return places


def _share(
    node: Node, siblings: Sequence[Node], room: tuple[int, int], text: str
) -> tuple[int, int]:
    """Return a pair whose claim came to nothing some words of the room, by its order among the pairs."""
    words = [
        (room[0] + word.start(), room[0] + word.end())
        for word in re.finditer(r"\S+", text[room[0] : room[1]])
    ]
    if not words:
        return room[0], room[0]
    pairs = [sibling.number for sibling in siblings if sibling.kind is Kind.PAIR]
    first = len(words) * pairs.index(node.number) // len(pairs)
    last = max(first + 1, len(words) * (pairs.index(node.number) + 1) // len(pairs))
    return words[first][0], words[last - 1][1]


def _holds_leaves(
    nodes: Sequence[Node],
    places: Mapping[int, tuple[int, int]],
    claims: Mapping[int, Claim],
    children: Mapping[int | None, Sequence[Node]],
) -> bool:
    """Whether each pair still holds the atoms and breaks that stand in it."""
    for node in nodes:
        start, end = places[node.number]
        for leaf in _leaves(node, children):
            if claims[leaf.number].start < start or claims[leaf.number].end > end:
                return False
    return True


def _leaves(node: Node, children: Mapping[int | None, Sequence[Node]]) -> Iterable[Node]:
    for child in children.get(node.number, ()):
        if child.kind in (Kind.ATOM, Kind.BREAK):
            yield child
        yield from _leaves(child, children)


def _children(layout: Layout) -> dict[int | None, list[Node]]:
    children: dict[int | None, list[Node]] = {}
    for node in layout.nodes:
        children.setdefault(node.parent, []).append(node)
    return children


def _hull(outer: Claim, inner: Claim) -> Claim:
    return replace(outer, start=min(outer.start, inner.start), end=max(outer.end, inner.end))


def _clipped(span: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    start = min(max(span[0], room[0]), room[1])
    return start, max(start, min(span[1], room[1]))


def _free(
    span: tuple[int, int], taken: Sequence[tuple[int, int]], text: str
) -> tuple[int, int]:
    """Return the longest stretch of a span that nothing takes, without spaces at its edges."""
    stretches = [span]
    for start, end in taken:
        stretches = [
            piece
            for a, b in stretches
            for piece in ((a, min(b, start)), (max(a, end), b))
            if piece[0] < piece[1] and ((a < end and start < b) or piece == (a, b))
        ]
        stretches = list(dict.fromkeys(stretches))
    start, end = max(
        stretches, key=lambda piece: piece[1] - piece[0], default=(span[0], span[0])
    )
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _beside(at: int, taken: Sequence[tuple[int, int]]) -> int:
    """Move an offset out of the stretches that others take."""
    for start, end in sorted(taken):
        if start < at < end:
            at = start if at - start <= end - at else end
    return at


class _Inside(NamedTuple):
    """What stands in a node, still to be written."""

    parent: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes stretches of the target with the tokens of what stands in them."""

    text: str
    places: Mapping[int, tuple[int, int]]
    children: Mapping[int | None, Sequence[Node]]

    def write(self, parent: int | None, start: int, end: int) -> str:
        # With a list of what waits, not by calling itself: tokens may nest by thousands.
        parts: list[str] = []
        waiting: list[str | _Inside] = [_Inside(parent, start, end)]
        while waiting:
            piece = waiting.pop()
            if isinstance(piece, str):
                parts.append(piece)
            else:
                waiting += reversed([*self._pieces(piece)])
        return "".join(parts)

    def _pieces(self, inside: _Inside) -> Iterator[str | _Inside]:
        nodes = self.children.get(inside.parent, ())
        at = inside.start
        for node in sorted(nodes, key=lambda node: (self.places[node.number], node.number)):
            start, end = self.places[node.number]
            yield markup.escape(self.text[at:start])
            if node.kind is Kind.PAIR:
                yield f"<{node.written}>"
                yield _Inside(node.number, start, end)
                yield f"</{node.written}>"
            else:
                yield node.written
            at = end
        yield markup.escape(self.text[at : inside.end])
