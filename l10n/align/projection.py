"""From beads to catalog entries: what the translation says for each unit of the source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from l10n.align.addresses import neutral_address
from l10n.align.alignment import AlignedUnit, Alignment
from l10n.articles import formats
from l10n.articles.enclosing import enclosing_emphasis
from l10n.interface import gettext as _
from l10n.model import Article, Bead, Doubt, Key, Placeholder, Segment, Unit
from l10n.text.markup import OMIT, escape, is_formatting, takes_emphasis, tokens


@dataclass(slots=True)
class _Gathered:
    """What has been found for one source block."""

    targets: list[int] = field(default_factory=list)
    """Target segments."""
    size: int = 0
    """Letters of the block."""
    covered: int = 0
    """Of these, the ones that beads cover."""
    good: float = 0.0
    """Letters of the block times the scores of the beads that cover them."""
    extra: int = 0
    """Letters of target segments that no bead covers."""
    doubts: list[Doubt] = field(default_factory=list)
    """What is to be said against its beads, in their order."""
    spanned: bool = False
    """Part of a bead whose text went to an earlier block."""


def project_beads(alignment: Alignment) -> tuple[AlignedUnit, ...]:
    """Return an entry for each unit of the source that the translation has something for.

    A unit that stands several times gets the best of what was found. Where one target sentence covers
    several blocks the first one gets it and the others `<omit/>`.
    """
    gathered = _gather(alignment)
    best: dict[Key, AlignedUnit] = {}
    for block, part in sorted(gathered.items()):
        entry = _entry(alignment, block, part)
        if entry is not None and (
            entry.key not in best or _rank(entry) > _rank(best[entry.key])
        ):
            best[entry.key] = entry
    return tuple(best.values())


def leftovers(alignment: Alignment) -> tuple[int, ...]:
    """Return the target blocks that no source unit got anything of; repetitions of a used one aside."""
    used = {
        alignment.target_segments[j].block
        for part in _gather(alignment).values()
        for j in part.targets
    }
    return _unmatched(alignment.target, alignment.target_segments, used)


def missing(alignment: Alignment) -> tuple[int, ...]:
    """Return the source blocks that the translation has nothing for."""
    covered = {
        block for block, part in _gather(alignment).items() if part.targets or part.spanned
    }
    return _unmatched(alignment.source, alignment.source_segments, covered)


def _unmatched(
    article: Article, segments: Sequence[Segment], used: set[int]
) -> tuple[int, ...]:
    texts = {article.blocks[block].unit.msgid for block in used}
    blocks = {segment.block for segment in segments}
    return tuple(sorted(b for b in blocks - used if article.blocks[b].unit.msgid not in texts))


def _rank(entry: AlignedUnit) -> tuple[bool, float]:
    return (entry.msgstr != OMIT, entry.score)


def _gather(alignment: Alignment) -> dict[int, _Gathered]:
    gathered: dict[int, _Gathered] = defaultdict(_Gathered)
    owner: dict[int, int] = {}
    for bead in alignment.beads:
        if not bead.source or not bead.target:
            continue
        for block, targets in _share_out(alignment, bead):
            part = gathered[block]
            part.targets += targets
            part.doubts += bead.doubts
            part.spanned = part.spanned or not targets
            letters = sum(
                _length(alignment.source_segments[i])
                for i in bead.source
                if alignment.source_segments[i].block == block
            )
            part.covered += letters
            part.good += bead.score * letters
            owner.update(dict.fromkeys(targets, block))
    for j, block in _strays(alignment, owner):
        gathered[block].targets.append(j)
        gathered[block].extra += _length(alignment.target_segments[j])
    for segment in alignment.source_segments:
        if segment.block in gathered:
            gathered[segment.block].size += _length(segment)
    for part in gathered.values():
        part.targets.sort()
    return gathered


def _length(segment: Segment) -> int:
    return len(segment.text.strip())


def _share_out(alignment: Alignment, bead: Bead) -> list[tuple[int, list[int]]]:
    """Return each source block of a bead its target segments: cut at segment borders where sizes fit best."""
    sizes: dict[int, int] = {}
    for i in bead.source:
        segment = alignment.source_segments[i]
        sizes[segment.block] = sizes.get(segment.block, 0) + _length(segment)
    targets = list(bead.target)
    # Nearly always: a bead over a border of blocks is dear to the search.
    if len(sizes) == 1:
        return [(next(iter(sizes)), targets)]
    lengths = [_length(alignment.target_segments[j]) for j in targets]
    total, scale = sum(sizes.values()) or 1, sum(lengths)
    shares: dict[int, list[int]] = {block: [] for block in sizes}
    borders, reach = [], 0.0
    for block, size in sizes.items():
        reach += size * scale / total
        borders.append((reach, block))
    position = 0.0
    for j, length in zip(targets, lengths, strict=True):
        middle = position + length / 2
        position += length
        # A sentence that covers several blocks whole goes to the first: `<omit/>` follows for the rest.
        block = next((b for border, b in borders if middle <= border), borders[-1][1])
        shares[block if len(targets) > 1 else borders[0][1]].append(j)
    return list(shares.items())


def _strays(alignment: Alignment, owner: dict[int, int]) -> Iterable[tuple[int, int]]:
    """Yield each target segment without a bead the source block of its neighbour in the same target block."""
    segments = alignment.target_segments
    # Backwards too: what stands before the first paired sentence belongs to the one after it.
    for order in (range(len(segments)), range(len(segments) - 1, -1, -1)):
        before: int | None = None
        for j in order:
            if j in owner:
                before = j
            elif before is not None and segments[before].block == segments[j].block:
                owner[j] = owner[before]
                before = j
                yield j, owner[j]


def _entry(alignment: Alignment, block: int, part: _Gathered) -> AlignedUnit | None:
    unit = alignment.source.blocks[block].unit
    if not part.targets:
        return (
            AlignedUnit(
                unit.key,
                OMIT,
                _score(part),
                _("its text is part of the entry before"),
                doubts=_doubts(part),
            )
            if part.spanned
            else None
        )
    text, placeholders = _joined(alignment, part.targets)
    form = formats().get(alignment.source.format)
    emphasis = takes_emphasis(unit.kind) and form is not None and form.has_emphasis
    msgstr, note = fit_placeholders(unit, text, placeholders, emphasis=emphasis)
    if not msgstr:
        return None
    blocks = tuple(dict.fromkeys(alignment.target_segments[j].block for j in part.targets))
    if emphasis and len(blocks) == 1:
        msgstr = _emphasized(alignment, block, blocks[0], msgstr)
    return AlignedUnit(unit.key, msgstr, _score(part), note, blocks, _doubts(part))


def _doubts(part: _Gathered) -> tuple[Doubt, ...]:
    """Return what is to be said against an entry: what was left over first, then what is said of its beads."""
    doubts = [Doubt.PART] if part.covered < part.size else []
    if part.extra:
        doubts.append(Doubt.MORE)
    return tuple(dict.fromkeys([*doubts, *part.doubts]))


def _emphasized(alignment: Alignment, block: int, facing: int, msgstr: str) -> str:
    """Return a msgstr emphasized as a whole, where all of its block is and the source's is not: `_software_`."""
    source = enclosing_emphasis(alignment.source, alignment.source.blocks[block])
    target = enclosing_emphasis(alignment.target, alignment.target.blocks[facing])
    for tag in reversed(target):
        if tag not in source:
            msgstr = f"<{tag}>{msgstr}</{tag}>"
    return msgstr


def _score(part: _Gathered) -> float:
    return round(min(1.0, part.good / max(1, part.size + part.extra)), 3)


def _joined(alignment: Alignment, targets: Sequence[int]) -> tuple[str, dict[str, Placeholder]]:
    """Join target segments; tokens get numbers that are unique over all of their blocks."""
    parts: list[str] = []
    placeholders: dict[str, Placeholder] = {}
    renamed: dict[tuple[int, str], str] = {}
    counts: dict[str, int] = defaultdict(int)
    last_block = None
    for j in targets:
        segment = alignment.target_segments[j]
        if parts and last_block != segment.block and not parts[-1][-1:].isspace():
            parts.append(" ")
        last_block = segment.block
        by_name = {p.name: p for p in alignment.target.blocks[segment.block].unit.placeholders}
        position = 0
        for token in tokens(segment.text):
            parts.append(segment.text[position : token.start])
            position = token.end
            # `<a1>` of two blocks are two links, and become `<a1>` and `<a2>` of one text.
            place = (segment.block, token.name)
            if place not in renamed:
                counts[token.tag] += 1
                renamed[place] = f"{token.tag}{counts[token.tag]}"
                if token.name in by_name:
                    placeholders[renamed[place]] = by_name[token.name]
            parts.append(token.text.replace(token.name, renamed[place]))
        parts.append(segment.text[position:])
    return "".join(parts).strip(), placeholders


def fit_placeholders(
    unit: Unit, text: str, placeholders: dict[str, Placeholder], *, emphasis: bool = True
) -> tuple[str, str]:
    """Put the tokens of a source unit where the translation has its own markup; gives msgstr and note.

    A token of the translation takes the name of the source's that stands for the same (address, code),
    else of the same tag in order, else of a tag that means the same; what an opaque token of the source
    shows is found in plain text too. Emphasis without a counterpart is the translator's own, unless the
    unit takes none; any other token goes, its text stays. The note names links and code of the source that
    found no place.
    """
    text = _balanced(text)
    own = _OWN if emphasis else {}
    names = _match(unit.placeholders, placeholders, own)
    parts: list[str] = []
    position = 0
    for token in tokens(text):
        parts.append(text[position : token.start])
        position = token.end
        if token.name in names:
            parts.append(token.text.replace(token.name, names[token.name]))
        elif token.tag in own and token.form != "void":
            parts.append(token.text.replace(token.name, own[token.tag]))
        elif token.form == "void":
            parts.append(_literal(placeholders.get(token.name), token.tag))
    parts.append(text[position:])
    msgstr = re.sub(r"  +", " ", "".join(parts)).strip()
    used = set(names.values())
    for placeholder in unit.placeholders:
        if placeholder.paired or placeholder.name in used or not placeholder.stands_for:
            continue
        start = _find_text(msgstr, escape(placeholder.stands_for))
        if start is not None:
            end = start + len(escape(placeholder.stands_for))
            msgstr = f"{msgstr[:start]}<{placeholder.name}/>{msgstr[end:]}"
            used.add(placeholder.name)
    return msgstr, _lost(unit, used)


def _find_text(msgstr: str, text: str) -> int | None:
    """Return where a text stands in a msgstr as whole words, outside of tokens."""
    words = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
    edges = [
        0,
        *(edge for token in tokens(msgstr) for edge in (token.start, token.end)),
        len(msgstr),
    ]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        match = words.search(msgstr[start:end])
        if match:
            return start + match.start()
    return None


def _literal(placeholder: Placeholder | None, tag: str) -> str:
    """Return the text that stays where an opaque token goes: its code; a space for a line break."""
    # Words on both sides of a line break must not grow together.
    if tag in {"br", "wbr"}:
        return " "
    if placeholder is None or tag in {"img", "svg", "picture", "input"}:
        return ""
    return escape(placeholder.stands_for)


def _balanced(text: str) -> str:
    """Open and close again what a cut at a segment border left half; drop what stays crossed."""
    opened: list[str] = []
    before: list[str] = []
    for token in tokens(text):
        if token.form == "open":
            opened.append(token.name)
        elif token.form == "close":
            if token.name in opened:
                opened.remove(token.name)
            else:
                before.append(token.name)
    head = "".join(f"<{name}>" for name in reversed(before))
    tail = "".join(f"</{name}>" for name in reversed(opened))
    return head + text + tail


_OWN = {"em": "em", "i": "em", "strong": "strong", "b": "strong"}
"""Which emphasis without a number says what a tag of the translation does."""
_SAME_SENSE = {
    "b": "strong",
    "strong": "b",
    "i": "em",
    "em": "i",
    "cite": "em",
    "del": "s",
    "s": "del",
}


def _match(
    placeholders: Sequence[Placeholder],
    candidates: dict[str, Placeholder],
    own: Mapping[str, str],
) -> dict[str, str]:
    """Return the source's name for each token name of the translation that has a counterpart.

    `own` are the tags that need none: what they emphasize is emphasized without a number.
    """
    free = list(placeholders)
    names: dict[str, str] = {}

    def equal(source: Placeholder, target: Placeholder) -> bool:
        return bool(source.stands_for) and (source.tag, source.stands_for) == (
            target.tag,
            target.stands_for,
        )

    def equal_address(source: Placeholder, target: Placeholder) -> bool:
        return (
            bool(source.stands_for)
            and source.tag == target.tag
            and neutral_address(source.stands_for) == neutral_address(target.stands_for)
        )

    def equal_tag(source: Placeholder, target: Placeholder) -> bool:
        return source.tag == target.tag

    def equal_sense(source: Placeholder, target: Placeholder) -> bool:
        return _SAME_SENSE.get(source.tag) == target.tag

    def formatting(source: Placeholder, target: Placeholder) -> bool:
        # What the translator set in bold and the author in italics is as the translator has it.
        is_own = source.tag in own and target.tag in own
        both = is_formatting(source.tag) and is_formatting(target.tag)
        return source.paired and both and not is_own

    # The surest first, over all tokens: a link that is the same must not go to one that is like it.
    for fits in (equal, equal_address, equal_tag, equal_sense, formatting):
        for name, target in candidates.items():
            if name in names:
                continue
            placeholder = next(
                (p for p in free if p.paired == target.paired and fits(p, target)), None
            )
            if placeholder is not None:
                names[name] = placeholder.name
                free.remove(placeholder)
    return names


def _lost(unit: Unit, used: set[str]) -> str:
    lost = [
        placeholder
        for placeholder in unit.placeholders
        if placeholder.name not in used
        and not (placeholder.paired and is_formatting(placeholder.tag))
        and placeholder.tag not in {"br", "wbr"}
    ]
    if not lost:
        return ""
    names = ", ".join(f"<{p.name}>" if p.paired else f"<{p.name}/>" for p in lost)
    return _("not found in the translation: {names}").format(names=names)
