"""Translations under other names: files that say what an original says, which nothing but their text tells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from l10n.articles import read_article
from l10n.errors import L10nError
from l10n.model import Article
from l10n.project import ArticleRef, Census, Project

_NEAREST = 4
"""Originals of about the same size that a file is compared with; aligning takes some tenths of a second each."""
_SIZES = math.log(1.8)
"""Between English and Spanish a translation is 0.8 to 1.4 times as long; a free one may be a little beyond."""
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
    sizes: dict[Path, int] = {}
    return tuple(
        resemblance
        for path, locale in strays
        if (resemblance := _likest(project, census, path, locale, sizes)) is not None
    )


def _orphans(project: Project, census: Census) -> Iterator[tuple[Path, str]]:
    for path in census.orphans:
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
    project: Project, census: Census, path: Path, locale: str, sizes: dict[Path, int]
) -> Resemblance | None:
    article = _read(project, path, locale)
    if article is None:
        return None
    size = _size(article)
    near = []
    for ref in _open_originals(census, path, locale):
        if ref.path not in sizes:
            original = _read(project, ref.path, ref.locale)
            sizes[ref.path] = _size(original) if original is not None else 0
        if sizes[ref.path] and size:
            distance = abs(math.log(sizes[ref.path] / size))
            if distance <= _SIZES:
                near.append((distance, ref.slug, ref))
    scores = sorted(
        (
            (_likeness(project, ref, article), ref)
            for _distance, _slug, ref in sorted(near, key=lambda row: row[:2])[:_NEAREST]
        ),
        key=lambda row: -row[0],
    )
    if not scores or scores[0][0] < _SAME_TEXT:
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


def _size(article: Article) -> int:
    return sum(len(block.unit.msgid) for block in article.blocks)


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
