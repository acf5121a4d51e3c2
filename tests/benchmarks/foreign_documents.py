"""Noisy document pairs with gold beads, made of the pages of a bilingual repository.

A pair of pages is cut where both have headings; of sections whose blocks are of the same kinds, in the same order,
the sentences of a block that has as many on both sides are pairs, other blocks are pairs as a whole. Their order is
that of the pages. What happens to them is what happens to real translations, in four profiles:

* light: 3 % of the sentences left out on either side;
* noisy: 9 % left out on either side, and blocks of 3 to 7; sentences merged and split; boilerplate;
* moved: the same, and two blocks moved;
* digest: the translation leaves out half, and merges more.

What no aligner can know is not made: boilerplate stands between beads, never within one, and that of one side does
not translate that of the other.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from noisy_documents import Document, Pair

from l10n.align.evidence import readable
from l10n.align.notation import Groups
from l10n.articles import parse_article, read_article
from l10n.errors import L10nError
from l10n.model import Article, Kind, Segment
from l10n.text.sentences import split_sentences

PROFILES = ("light", "noisy", "moved", "digest")
_PAIRS = 60
"""Pairs of a document."""
_HEADINGS = frozenset({Kind.HEADING, Kind.HEADLINE})
_TEXT = _HEADINGS | {
    Kind.PARAGRAPH,
    Kind.ITEM,
    Kind.QUOTE,
    Kind.QUESTION,
    Kind.OTHER,
    Kind.TERM,
}
_ENGLISH = (
    *(
        "Share this page",
        "Read more",
        "Sign up for our newsletter",
        "5 min read",
        "Print this article",
    ),
    *(
        "All rights reserved.",
        "Skip to main content",
        "Follow us",
        "Most viewed",
        "Report an error",
    ),
)
_SPANISH = (
    *(
        "Aceptar todas las cookies",
        "Volver arriba",
        "Publicidad",
        "Iniciar sesión",
        "Comentarios (0)",
    ),
    *("Redacción", "Última hora", "Buscar", "Aviso legal", "Le puede interesar"),
)
_CLAUSE = re.compile(r"(?<=[,;:]) (?=\w)")


def foreign_documents(
    family: str, pages: Sequence[tuple[Path, Path]], *, documents: int
) -> list[Document]:
    """Make documents of (English, Spanish) pages, each profile as often as the others."""
    pairs = list(_once(pair for page in pages for pair in sentence_pairs(*page)))
    stretches = [pairs[at : at + _PAIRS] for at in range(0, len(pairs) - _PAIRS + 1, _PAIRS)]
    rng = random.Random(family)
    chosen = sorted(rng.sample(range(len(stretches)), min(documents, len(stretches))))
    made = []
    for number, at in enumerate(chosen):
        filler = stretches[(at + len(stretches) // 2) % len(stretches)]
        profile = PROFILES[number % len(PROFILES)]
        made.append(_document(family, profile, number, stretches[at], filler))
    return made


def listed_documents() -> Iterator[Document]:
    """Make the documents that the file `L10N_PAGES` lists, lines of NAME NUMBER ENGLISH SPANISH; none without it."""
    path = os.environ.get("L10N_PAGES")
    for line in Path(path).read_text("utf-8").splitlines() if path else ():
        name, number, *folders = line.split()
        yield from foreign_documents(
            name, page_pairs(*map(Path, folders)), documents=int(number)
        )


def page_pairs(english: Path, spanish: Path) -> list[tuple[Path, Path]]:
    """Return the pages that stand at the same place in two folders."""
    return [
        (path, spanish / path.relative_to(english))
        for path in sorted(english.rglob("*"))
        if path.suffix in _PAGES and (spanish / path.relative_to(english)).is_file()
    ]


_PAGES = frozenset({".md", ".html", ".asc"})


def _once(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield pairs of which neither text came before: of the same sentence twice no aligner can know which is meant."""
    seen: set[str] = set()
    for pair in pairs:
        texts = {text.casefold() for text in pair}
        if seen.isdisjoint(texts):
            yield pair
        seen |= texts


def sentence_pairs(english: Path, spanish: Path) -> Iterator[Pair]:
    """Yield what translates each other in two pages, in their order; nothing of pages that do not fit."""
    try:
        sides = [
            _sections(_read(path, locale))
            for path, locale in ((english, "en"), (spanish, "es"))
        ]
    except (L10nError, UnicodeDecodeError):
        return
    shapes = [[[kind for kind, _text in section] for section in side] for side in sides]
    if len(shapes[0]) != len(shapes[1]):
        return
    for ours, theirs, *kinds in zip(*sides, *shapes, strict=True):
        if kinds[0] == kinds[1] and _fit(ours, theirs):
            for (_kind, text), (_other, translation) in zip(ours, theirs, strict=True):
                yield from _within(text, translation)


Section = list[tuple[Kind, str]]


def _read(path: Path, locale: str) -> Article:
    if path.suffix != ".asc":
        return read_article(path, locale)
    return parse_article(
        _as_markdown(path.read_text("utf-8")), path=path, locale=locale, format="markdown"
    )


def _as_markdown(text: str) -> str:
    """Return AsciiDoc as Markdown, as far as books of prose need it."""
    text = re.sub(r"(?ms)^(-{4,}|\.{4,}|={4,}|\|=+)\n.*?^\1\n", "\n", text)
    text = re.sub(r"(?m)^(\[.*\]|image::.*|\(\(\(.*\)\)\)|\.\w.*|//.*|include::.*)$", "", text)
    text = re.sub(r"\(\(.*?\)\)|<<[^>]*>>|indexterm:\[[^\]]*\]", "", text)
    text = re.sub(r"(?m)^(=+) ", lambda m: "#" * len(m[1]) + " ", text)
    return re.sub(r"(?:https?|link):\S*?\[([^\]]*)\]", r"\1", text)


def _sections(article: Article) -> list[Section]:
    sections: list[Section] = [[]]
    for block in article.blocks:
        unit = block.unit
        if unit.context or unit.kind not in _TEXT:
            continue
        text = " ".join(readable(unit.msgid).split())
        if unit.kind in _HEADINGS:
            sections.append([])
        if text:
            sections[-1].append((unit.kind, text))
    return sections


def _fit(ours: Section, theirs: Section) -> bool:
    """Tell whether two sections can translate each other: lengths fit, and they are not the same text."""
    same = 0
    for (_kind, text), (_other, translation) in zip(ours, theirs, strict=True):
        same += text == translation and len(text) > 40
        ratio = (len(translation) + 15) / (len(text) + 15)
        if not 0.6 < ratio < 2:
            return False
    return same == 0


def _within(text: str, translation: str) -> Iterator[Pair]:
    parts = split_sentences(text, "en"), split_sentences(translation, "es")
    pairs = [(text, translation)]
    if len(parts[0]) == len(parts[1]):
        pairs = [(a.strip(), b.strip()) for a, b in zip(*parts, strict=True)]
    for pair in pairs:
        if pair[0] != pair[1] and re.search(r"[^\W\d_]{3}", pair[0]):
            yield pair


Bead = tuple[list[str], list[str]]


def _document(
    family: str, profile: str, number: int, pairs: Sequence[Pair], filler: Sequence[Pair]
) -> Document:
    rng = random.Random(f"{family} {profile} {number}")
    beads = _disturbed(pairs, profile, rng)
    if profile in {"noisy", "moved"}:
        _leave_out(beads, rng)
        _add(beads, filler, rng)
        _boilerplate(beads, rng)
    if profile == "digest":
        _boilerplate(beads, rng)
    order = list(range(len(beads)))
    if profile == "moved":
        for _time in range(2):
            _move_block(order, rng)
    source = [(at, text) for at, bead in enumerate(beads) for text in bead[0]]
    target = [(at, text) for at in order for text in beads[at][1]]
    gold: list[Groups] = []
    for at, bead in enumerate(beads):
        ours = tuple(i for i, (of, _text) in enumerate(source) if of == at)
        theirs = tuple(j for j, (of, _text) in enumerate(target) if of == at)
        gold += (
            [(ours, theirs)]
            if all(bead)
            else [((i,), ()) for i in ours] + [((), (j,)) for j in theirs]
        )
    sides = [
        tuple(Segment(text, k) for k, (_at, text) in enumerate(side))
        for side in (source, target)
    ]
    name = f"{profile}-{number:02}"
    if rng.random() < 0.5:
        turned = tuple((theirs, ours) for ours, theirs in gold)
        return Document(family, name, sides[1], sides[0], ("es", "en"), turned)
    return Document(family, name, sides[0], sides[1], ("en", "es"), tuple(gold))


_RATES = {
    "light": (0.0, 0.0, 0.03),
    "noisy": (0.16, 0.05, 0.18),
    "moved": (0.16, 0.05, 0.18),
    "digest": (0.2, 0.03, 0.5),
}
"""Share of the places where sentences are merged, and where one is split, and of those left out."""


def _disturbed(pairs: Sequence[Pair], profile: str, rng: random.Random) -> list[Bead]:
    merge, split, lost = _RATES[profile]
    beads: list[Bead] = []
    at = 0
    while at < len(pairs):
        chance = rng.random()
        many = 1
        if chance < merge:
            many = 3 if rng.random() < 0.15 else 2
        part = pairs[at : at + many]
        english, spanish = [pair[0] for pair in part], [pair[1] for pair in part]
        side = 1 if profile == "digest" else rng.randrange(2)
        if rng.random() < lost:
            if profile == "digest" or rng.random() < 0.5:
                beads.append((english, []))
            else:
                beads.append(([], spanish))
        elif many > 1:
            beads.append(
                (english, [" ".join(spanish)]) if side else ([" ".join(english)], spanish)
            )
        elif rng.random() < split:
            beads.append(_split(english, spanish, side))
        else:
            beads.append((english, spanish))
        at += len(part)
    return beads


def _split(english: list[str], spanish: list[str], side: int) -> Bead:
    """Cut a sentence of one side in two, at the clause nearest its middle."""
    texts = (english, spanish)[side]
    cuts = [m.end() for m in _CLAUSE.finditer(texts[0]) if 20 < m.end() < len(texts[0]) - 20]
    if not cuts:
        return english, spanish
    cut = min(cuts, key=lambda c: abs(c - len(texts[0]) / 2))
    halves = [texts[0][:cut].strip(), texts[0][cut:]]
    return (english, halves) if side else (halves, spanish)


def _leave_out(beads: list[Bead], rng: random.Random) -> None:
    start, many = rng.randrange(len(beads) - 8), rng.randrange(3, 8)
    side = rng.randrange(2)
    beads[start : start + many] = [
        (bead[0], []) if side else ([], bead[1]) for bead in beads[start : start + many]
    ]


def _add(beads: list[Bead], filler: Sequence[Pair], rng: random.Random) -> None:
    start, many = rng.randrange(len(filler) - 6), rng.randrange(2, 6)
    at, side = rng.randrange(len(beads)), rng.randrange(2)
    beads[at:at] = [
        ([pair[0]], []) if side else ([], [pair[1]]) for pair in filler[start : start + many]
    ]


def _boilerplate(beads: list[Bead], rng: random.Random) -> None:
    for _time in range(rng.randrange(1, 5)):
        side = rng.randrange(2)
        text = rng.choice((_ENGLISH, _SPANISH)[side])
        beads.insert(rng.randrange(len(beads) + 1), ([], [text]) if side else ([text], []))


def _move_block(order: list[int], rng: random.Random) -> None:
    many = rng.randrange(3, 7)
    start = rng.randrange(len(order) - many)
    block = order[start : start + many]
    del order[start : start + many]
    at = rng.randrange(len(order))
    order[at:at] = block
