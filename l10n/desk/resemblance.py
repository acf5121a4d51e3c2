"""Translations under other names: files that say what an original says, which nothing but their text tells."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.articles import read_article
from l10n.errors import L10nError
from l10n.files import read_bytes
from l10n.model import Article
from l10n.project import ArticleRef, Census, Project

_NEAREST = 4
"""Originals that a file is aligned with, the likest by their words; aligning takes some tenths of a second each."""
_WORD = re.compile(r"[^\W_](?:[\w.,+-]*[^\W_])?")
"""A word, a figure, a part of an address or of code: what a translation leaves as it is."""
_SIZES = math.log(1.8)
"""Between English and Spanish a translation is 0.8 to 1.4 times as long; a free one may be a little beyond."""
_SAME_FIGURES = 0.5
"""Share of the fewer figures that both have: 275 translations of news of releases and of documentation by people have
0.56 and more, nearly all above 0.8; of articles drawn at random half have 0.15 and nine in ten less than 0.4."""
_FEW_FIGURES = 3
_SAME_TEXT = 0.55
"""Share of the shorter text, weighed by scores, that faces the other; articles are called unrelated below 0.35."""
_AHEAD = 0.15
"""How far the likest original must be ahead of the next: sports reports are like each other."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A file that is probably the translation of an original."""

    original: ArticleRef
    path: Path
    """The translation."""
    locale: str

    def as_toml(self, project: Project) -> str:
        """Return what says so in the project file."""
        original = _named(project, self.original.path, self.original.locale)
        translation = _named(project, self.path, self.locale)
        return f'[[article]]\npath = "{original}"\ntranslations = {{ {self.locale} = "{translation}" }}'


def find_resemblances(project: Project, census: Census) -> tuple[Resemblance, ...]:
    """Return the files that are probably translations of originals: orphans, and what no catalog was made for yet."""
    strays = [*_orphans(project, census), *_new_originals(project, census)]
    if not strays:
        return ()
    texts = _Texts()
    return tuple(
        resemblance
        for path, locale in strays
        if (resemblance := _likest(project, census, path, locale, texts)) is not None
    )


class _Texts:
    """What files say that is the same in every language, each read once."""

    def __init__(self) -> None:
        self.read: dict[Path, tuple[int, frozenset[str]]] = {}

    def of(self, path: Path) -> tuple[int, frozenset[str]]:
        """Return the number of characters of a file and its words; none of a file that cannot be read."""
        if path not in self.read:
            try:
                # Whatever the encoding, figures and addresses are the same bytes.
                text = read_bytes(path).decode(errors="replace")
            except OSError:
                # Updating names what cannot be read.
                text = ""
            self.read[path] = len(text), frozenset(_WORD.findall(text))
        return self.read[path]

    def may_say_the_same(self, path: Path, other: Path) -> bool:
        """Whether sizes and figures allow that one file is the translation of the other."""
        (size, words), (other_size, others) = self.of(path), self.of(other)
        if not (size and other_size) or abs(math.log(other_size / size)) > _SIZES:
            return False
        figures, theirs = _figures(words), _figures(others)
        fewer = min(len(figures), len(theirs))
        return fewer < _FEW_FIGURES or len(figures & theirs) >= _SAME_FIGURES * fewer

    def nearest(self, path: Path, originals: Sequence[ArticleRef]) -> list[ArticleRef]:
        """Return the originals that share most with a file that is rare among them: names, figures, addresses, code."""
        spread = Counter(word for ref in originals for word in self.of(ref.path)[1])
        words = self.of(path)[1]

        def shared(ref: ArticleRef) -> float:
            # In one order, for a sum of fractions depends on it.
            common = sorted(words & self.of(ref.path)[1])
            return sum(math.log((1 + len(originals)) / spread[word]) for word in common)

        near = [ref for ref in originals if self.may_say_the_same(path, ref.path)]
        return sorted(near, key=lambda ref: (-shared(ref), ref.slug))[:_NEAREST]


def _figures(words: Iterable[str]) -> set[str]:
    """Return the words with digits in them, without the points and commas that languages write differently."""
    return {re.sub("[.,]", "", word) for word in words if any(map(str.isdigit, word))}


def _orphans(project: Project, census: Census) -> Iterator[tuple[Path, str]]:
    for path in census.aside.orphans:
        location = project.locate(path)
        if location is not None:
            yield path, location.locale


def _new_originals(project: Project, census: Census) -> Iterator[tuple[Path, str]]:
    """Yield what would be taken for an original of a target's language for the first time."""
    listed = {(table.locale, table.relative) for table in project.article_tables}
    for ref in census.articles:
        if ref.locale == project.source:
            continue
        is_known = any(
            project.catalog_path(ref.slug, target).exists()
            for target in project.targets_of(ref)
        )
        is_listed = (ref.locale, ref.relative) in listed
        if not (ref.translations or is_known or is_listed):
            yield ref.path, ref.locale


def _likest(
    project: Project, census: Census, path: Path, locale: str, texts: _Texts
) -> Resemblance | None:
    near = texts.nearest(path, list(_open_originals(census, path, locale)))
    article = _read(project, path, locale) if near else None
    if article is None:
        return None
    scores = sorted(
        ((_likeness(project, ref, article), ref) for ref in near), key=lambda row: -row[0]
    )
    if scores[0][0] < _SAME_TEXT:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < _AHEAD:
        return None
    return Resemblance(scores[0][1], path, locale)


def _open_originals(census: Census, path: Path, locale: str) -> Iterable[ArticleRef]:
    return (
        ref
        for ref in census.articles
        if ref.locale != locale and locale not in ref.translations and ref.path != path
    )


def _likeness(project: Project, ref: ArticleRef, article: Article) -> float:
    """Return how much of the shorter of two texts faces the other, 0 to 1, weighed by scores."""
    from l10n.align import align_articles  # noqa: PLC0415 - loads numpy, which most runs do not need

    original = _read(project, ref.path, ref.locale)
    if original is None:
        return 0.0
    try:
        alignment = align_articles(original, article)
    except L10nError:
        # In one language, or swapped: no translation.
        return 0.0
    if alignment.unrelated:
        return 0.0
    weighed = sum(
        bead.score * sum(len(alignment.source_segments[at].text) for at in bead.source)
        for bead in alignment.beads
        if bead.source and bead.target
    )
    total = sum(len(segment.text) for segment in alignment.source_segments)
    return weighed / total if total else 0.0


def _read(project: Project, path: Path, locale: str) -> Article | None:
    try:
        return read_article(path, locale, options=project.options_at(path))
    except L10nError:
        # Updating names what cannot be read.
        return None


def _named(project: Project, path: Path, locale: str) -> str:
    """Return how `[[article]]` names a file."""
    location = project.locate(path)
    if location is None:
        return project.relative(path)
    place = location.place
    below = path.relative_to(place.folders[locale]).as_posix()
    return f"{locale}/{place.name}/{below}" if place.name else f"{locale}/{below}"
