"""Noisy document pairs with gold beads, made of the Spanish translation of the Python documentation.

Each document is a stretch of one catalog, sentence by sentence, in its order, with what happens to real
translations: sentences merged and split, blocks left out, added, moved, and the furniture of a site around
them. Every second catalog is for tuning, the others are kept for measuring.
"""

from __future__ import annotations

import io
import random
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

from l10n.align.notation import Groups
from l10n.model import Segment
from l10n.text.sentences import split_sentences

Pair = tuple[str, str]
"""An English and a Spanish sentence that translate each other."""


@dataclass(frozen=True)
class Document:
    """A pair of texts with its gold beads."""

    set: str
    name: str
    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    locales: tuple[str, str]
    gold: tuple[Groups, ...]
    also: frozenset[Groups] = frozenset()
    """Beads that are right as well: both halves of a bead of two and two, two lines of furniture that mean the same."""
    open: frozenset[int] = frozenset()
    """Source segments of which the gold does not tell what they face."""


_FOLDERS = re.compile("tutorial|howto|faq|whatsnew|reference|distributing|using|library")
"""Where there is prose; the manual of the C interface is mostly lists."""
_LONGEST = 70
_SHORTEST = 110
"""Sentences that a catalog must have."""
_FURNITURE = (
    (
        "Share on Facebook",
        "Read more",
        "Related articles",
        "Subscribe to our newsletter",
        "5 min read",
        "Newsroom",
        "Report an error",
        "Most read",
    ),
    (
        "Volver arriba",
        "Publicidad",
        "Iniciar sesión",
        "Aviso legal",
        "Comentarios (0)",
        "Última hora",
        "Aceptar todas las cookies",
        "Buscar",
    ),
)
"""Of the English side, and of the Spanish one: none translates another, or pairing them would be right."""
_ROLE = re.compile(r":[a-z:]+:`~?!?([^`<]*?)(?: ?<[^`]*>)?`")
_CODE = re.compile(r"``([^`]*)``")
_LINK = re.compile(r"`([^`<]*?) ?<[^`]*>`_+")
_EMPHASIS = re.compile(r"\*+([^*]+)\*+")


def noisy_documents(archive: Path, *, tuning: bool) -> Iterator[Document]:
    """Give the documents that are for tuning, or those that are for measuring."""
    texts = {name: pairs for name, pairs in _catalogs(archive) if len(pairs) >= _SHORTEST}
    names = sorted(texts)
    random.Random(5).shuffle(names)
    for number, name in enumerate(names):
        if (number % 2 == 0) == tuning:
            foreign = texts[names[(number + 7) % len(names)]]
            yield _document(name, texts[name], foreign)


def _catalogs(archive: Path) -> Iterator[tuple[str, list[Pair]]]:
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda each: each.name):
            wanted = member.name.endswith(".po") and _FOLDERS.search(member.name)
            file = tar.extractfile(member) if wanted else None
            if file is not None:
                catalog = polib.pofile(io.TextIOWrapper(file, "utf-8").read())
                yield member.name, list(_sentences(catalog))


def _sentences(catalog: polib.POFile) -> Iterator[Pair]:
    for entry in catalog:
        english, spanish = _plain(entry.msgid), _plain(entry.msgstr)
        prose = re.search(r"[a-z]{3} ", english) and 4 <= len(english) <= 900
        if not entry.translated() or not prose or english == spanish:
            continue
        parts = split_sentences(english, "en"), split_sentences(spanish, "es")
        if len(parts[0]) == len(parts[1]):
            yield from ((a.strip(), b.strip()) for a, b in zip(*parts, strict=True))
        else:
            yield english, spanish


def _plain(text: str) -> str:
    text = " ".join(text.split())
    for pattern in (_ROLE, _CODE, _LINK, _EMPHASIS):
        text = pattern.sub(r"\1", text)
    return text.replace("\\", "").strip()


Bead = tuple[list[str], list[str]]
_MERGES = ((0.06, 2, "en"), (0.12, 2, "es"), (0.135, 3, "en"), (0.15, 3, "es"), (0.18, 3, ""))
"""Up to which chance so many pairs are joined on the other side; of the last, each side joins others."""


def _document(name: str, pairs: Sequence[Pair], foreign: Sequence[Pair]) -> Document:
    rng = random.Random(name)
    moved = rng.random() < 0.25
    start = rng.randrange(max(1, len(pairs) - _LONGEST))
    beads = _disturbed(pairs[start : start + _LONGEST], rng)
    _leave_out(beads, rng)
    _add(beads, foreign, rng)
    order = list(range(len(beads)))
    if moved:
        for _time in range(2):
            _move_block(order, rng)
    places = _places(beads, range(len(beads)), 0), _places(beads, order, 1)
    gold = tuple(
        bead
        for ours, theirs in zip(*places, strict=True)
        for bead in _gold(tuple(ours), tuple(theirs))
    )
    english = tuple(
        Segment(text, k) for k, text in enumerate(t for bead in beads for t in bead[0])
    )
    spanish = tuple(
        Segment(text, k) for k, text in enumerate(t for at in order for t in beads[at][1])
    )
    kind = "docs-moved" if moved else "docs-noisy"
    if rng.random() < 0.5:
        turned = tuple((theirs, ours) for ours, theirs in gold)
        return Document(kind, name, spanish, english, ("es", "en"), turned)
    return Document(kind, name, english, spanish, ("en", "es"), gold)


def _disturbed(pairs: Sequence[Pair], rng: random.Random) -> list[Bead]:
    """Merge and split sentences, and drop some of either side."""
    beads: list[Bead] = []
    at = 0
    while at < len(pairs):
        chance = rng.random()
        many, whole = next(((n, side) for most, n, side in _MERGES if chance < most), (1, "es"))
        part = pairs[at : at + many]
        english, spanish = [pair[0] for pair in part], [pair[1] for pair in part]
        if len(part) == 3 and not whole:
            beads.append(
                ([english[0], " ".join(english[1:])], [" ".join(spanish[:2]), spanish[2]])
            )
        elif len(part) > 1:
            joined = [" ".join(english)], [" ".join(spanish)]
            beads.append((english, joined[1]) if whole == "en" else (joined[0], spanish))
        elif 0.18 <= chance < 0.25:
            beads.append((english, []))
        elif 0.25 <= chance < 0.3:
            beads.append(([], spanish))
        else:
            beads.append((english, spanish))
        at += len(part)
    return beads


def _leave_out(beads: list[Bead], rng: random.Random) -> None:
    for _time in range(rng.choice([1, 1, 2])):
        start, many = rng.randrange(len(beads) - 8), rng.randrange(3, 8)
        english = rng.random() < 0.5
        beads[start : start + many] = [
            (bead[0], []) if english else ([], bead[1]) for bead in beads[start : start + many]
        ]


def _add(beads: list[Bead], foreign: Sequence[Pair], rng: random.Random) -> None:
    for _time in range(rng.choice([1, 2])):
        start, many = rng.randrange(len(foreign) - 8), rng.randrange(2, 7)
        at = rng.randrange(len(beads))
        beads[at:at] = [
            ([], [spanish]) if rng.random() < 0.5 else ([english], [])
            for english, spanish in foreign[start : start + many]
        ]
    for side in (0, 1):
        for _time in range(rng.choice([0, 1, 2])):
            text = rng.choice(_FURNITURE[side])
            at = rng.choice([0, len(beads)])
            beads.insert(at, ([text], []) if side == 0 else ([], [text]))


def _move_block(order: list[int], rng: random.Random) -> None:
    many = rng.randrange(2, 6)
    start = rng.randrange(len(order) - many)
    block = order[start : start + many]
    del order[start : start + many]
    at = rng.randrange(len(order))
    order[at:at] = block


def _places(beads: Sequence[Bead], order: Sequence[int], side: int) -> list[range]:
    """Give for each bead which segments of one side are its."""
    places = [range(0)] * len(beads)
    at = 0
    for bead in order:
        places[bead] = range(at, at + len(beads[bead][side]))
        at = places[bead].stop
    return places


def _gold(ours: tuple[int, ...], theirs: tuple[int, ...]) -> list[Groups]:
    if ours and theirs:
        return [(ours, theirs)]
    return [((i,), ()) for i in ours] + [((), (j,)) for j in theirs]
