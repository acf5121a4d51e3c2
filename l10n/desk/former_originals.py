"""Originals as they were when somebody last worked on their translations: what git knows of an older pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.articles import ArticleSource, formats
from l10n.articles.decoding import decode_source
from l10n.checks.revisions import (
    SHALLOW,
    LastChange,
    contents_of,
    last_changes,
    renamed_files,
)
from l10n.desk.pairs import Pair
from l10n.desk.watching import OnProblem
from l10n.errors import ArticleError, L10nError
from l10n.files import read_bytes
from l10n.interface import ngettext


@dataclass(frozen=True, slots=True)
class FormerOriginal:
    """What an original held when its translation was last changed."""

    content: bytes
    day: str
    """Of the commit that changed the translation."""

    def source(self, now: ArticleSource) -> ArticleSource | None:
        """Return it as an article, read like today's; None where it cannot be."""
        try:
            text, encoding = decode_source(
                self.content, now.path, markup=formats()[now.format].is_page
            )
        except ArticleError:
            return None
        return ArticleSource(now.path, now.locale, now.format, text, encoding, now.options)


def former_originals(
    root: Path, pairs: Sequence[Pair], on_problem: OnProblem
) -> Mapping[Pair, FormerOriginal]:
    """Return the original of the time for each pair whose original is another one today.

    The commit that changed a translation last tells what its translator had before them. Nothing is known of
    translations that are not committed, and of those at which a shallow clone ends: these are told.
    """
    changes = last_changes(root) if pairs else {}
    known: dict[Pair, LastChange] = {}
    cut = 0
    for pair in pairs:
        change = changes.get(pair.target.resolve())
        if change is not None and change.is_cut:
            cut += 1
        elif change is not None:
            known[pair] = change
    if cut:
        message = ngettext(
            "the history that git has here ends before {n} translation: it is compared with its original of today",
            "the history that git has here ends before {n} translations: they are compared with their originals of today",
            cut,
        )
        on_problem(L10nError(message.format(n=cut), path=root, hint=SHALLOW))
    return _differing(root, known)


def _differing(root: Path, known: Mapping[Pair, LastChange]) -> Mapping[Pair, FormerOriginal]:
    if not known:
        return {}
    versions = {pair: (change.commit, pair.source.resolve()) for pair, change in known.items()}
    contents = contents_of(root, versions.values())
    lost = [pair for pair, version in versions.items() if version not in contents]
    if lost:
        # An original that has been renamed since.
        former = renamed_files(root)
        for pair in lost:
            commit, path = versions[pair]
            if path in former:
                versions[pair] = commit, former[path]
        contents |= contents_of(root, [versions[pair] for pair in lost])
    return {
        pair: FormerOriginal(contents[version], known[pair].day)
        for pair, version in versions.items()
        if version in contents and contents[version] != _content(pair.source)
    }


def _content(path: Path) -> bytes | None:
    try:
        return read_bytes(path)
    except OSError:
        # Aligning names it.
        return None
