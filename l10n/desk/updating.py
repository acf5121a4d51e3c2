"""Bringing catalogs up to their articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.articles import not_offered, read_article, reading_of
from l10n.catalog.facts import CatalogFacts, note_facts, recall_facts
from l10n.catalog.header import NOT_OFFERED, REVIEWERS
from l10n.catalog.merged import Merge
from l10n.desk.renaming import Move, follow_exchanges, follow_renames
from l10n.desk.resemblance import Resemblance, find_resemblances
from l10n.desk.watching import OnProblem, ignore
from l10n.errors import L10nError
from l10n.foreign import understood
from l10n.languages import primary
from l10n.ledger import Ledger, ledger_of
from l10n.model import Article, NotOffered
from l10n.project import ArticleRef, LeftAlone, Project
from l10n.project.meant import select_pages

if TYPE_CHECKING:
    from l10n.catalog import Catalog

_FEW = 4
"""One text in so many that stands as it did, and an article may have got the name of another."""


@dataclass(frozen=True, slots=True)
class CatalogUpdate:
    """What merging an article into one of its catalogs did."""

    path: Path
    merge: Merge
    unread: tuple[str, ...] = ()
    """Accepted texts that stand in the article as they did, and whose translation could not be carried over to what they are read as today."""
    written_in: str = ""
    """The language of a new article's text, where it is another one than that of its locale."""

    @property
    def is_change(self) -> bool:
        """Whether the catalog has other entries than before."""
        merge = self.merge
        return bool(
            merge.added or merge.changed or merge.reread or merge.revived or merge.obsolete
        )


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What an update did."""

    catalogs: tuple[CatalogUpdate, ...]
    """In the order of the articles, unchanged ones too."""
    problems: tuple[L10nError, ...]
    """Articles and catalogs that cannot be read."""
    moves: tuple[Move, ...] = ()
    """Catalogs that followed an article which was renamed."""
    aside: LeftAlone = field(default_factory=LeftAlone)
    """What lies among the articles; nothing where single ones were asked for."""
    resemblances: tuple[Resemblance, ...] = ()
    """Files that are probably translations of originals under another name: no catalog is made for them."""


def articles_named(project: Project, names: Sequence[str]) -> list[ArticleRef]:
    """Return the articles that names mean: locales, articles, catalogs or folders; UsageError for what is none of these.

    Of a locale, those that are probably translations under another name are left out, as of all.
    """
    meant = select_pages(names, project)
    census = project.census()
    alike = (
        {resemblance.path for resemblance in find_resemblances(project, census)}
        if meant.locales
        else frozenset()
    )
    return [
        ref
        for ref in census.articles
        if any(
            meant.includes_singly(ref.slug, target)
            or (target in meant.locales and ref.path not in alike)
            for target in project.targets_of(ref)
        )
    ]


def update(
    project: Project,
    articles: Sequence[ArticleRef] | None = None,
    *,
    on_catalog: Callable[[CatalogUpdate], object] = ignore,
    on_problem: OnProblem = ignore,
    on_move: Callable[[Move], object] = ignore,
    shared: Ledger | None = None,
) -> UpdateReport:
    """Merge the units of articles, or of all, into the catalogs of every target locale, and save these.

    Of all, those that are probably translations under another name are left out until a person has said what they are.
    """
    updates: dict[str, list[CatalogUpdate]] = {}
    problems: list[L10nError] = []
    census = project.census()
    refs: Sequence[ArticleRef] = articles if articles is not None else ()
    resemblances: tuple[Resemblance, ...] = ()
    if articles is None:
        resemblances = find_resemblances(project, census)
        alike = {resemblance.path for resemblance in resemblances}
        refs = [ref for ref in census.articles if ref.path not in alike]
    moves = follow_renames(project, census.articles) if refs else ()
    for move in moves:
        on_move(move)
    strangers: list[ArticleRef] = []

    def merge(ref: ArticleRef, ledger: Ledger, *, may_wait: bool) -> None:
        results = updates[ref.slug] = []
        try:
            for result in _Merger(project, ref, ledger, may_wait=may_wait).results():
                results.append(result)
                on_catalog(result)
        except _StrangerError:
            strangers.append(ref)
        except L10nError as error:
            problems.append(error)
            on_problem(error)

    with ledger_of(project.derived, shared) as ledger:
        for ref in refs:
            merge(ref, ledger, may_wait=True)
        exchanges = follow_exchanges(project, census.articles, strangers) if strangers else ()
        for move in exchanges:
            on_move(move)
        for ref in strangers:
            merge(ref, ledger, may_wait=False)
    # Of single articles nobody asked what else lies among them.
    aside = census.aside if articles is None else LeftAlone()
    catalogs = tuple(result for results in updates.values() for result in results)
    return UpdateReport(catalogs, tuple(problems), (*moves, *exchanges), aside, resemblances)


class _StrangerError(Exception):
    """An article hardly has a text in common with its catalog, or has none: the catalog may be that of another."""


class _Merger:
    """Brings the catalogs of one article up to it, those in which there is something to do."""

    def __init__(
        self, project: Project, ref: ArticleRef, ledger: Ledger, *, may_wait: bool
    ) -> None:
        self.may_wait = may_wait
        """Whether an article that has become a stranger to its catalog is left for now."""
        self.project = project
        self.ref = ref
        self.ledger = ledger
        self.name = project.relative(ref.path)
        self.content = ledger.digest(ref.path)
        self.reading: _Reading | None = None

    def results(self) -> Iterator[CatalogUpdate]:
        """Yield what was done, catalog by catalog; ArticleError where the article cannot be read.

        _StrangerError, before anything is written, where that waits.
        """
        for target in self.project.targets_of(self.ref):
            path = self.project.catalog_path(self.ref.slug, target)
            kept = self.known(path, target)
            if self.may_wait and kept is None and not path.exists():
                raise _StrangerError
            yield (
                self.merged(path, target)
                if kept is None
                else CatalogUpdate(path, Merge(kept=kept))
            )

    def known(self, path: Path, target: str) -> int | None:
        """Return the entries of a catalog in which there is nothing to do; None where that is not known."""
        facts = recall_facts(path, self.ledger) if self.content else None
        if facts is None:
            return None
        inputs = self.inputs(facts, target)
        known = self.ledger.recall("update", self.ledger.name(path), inputs)
        return understood(int, known) if isinstance(known, str) else None

    def inputs(self, facts: CatalogFacts, target: str) -> bytes:
        """Return what differs when there may be something to do in a catalog: nothing that translators write."""
        reading = reading_of(self.ref.path, self.ref.locale, self.ref.options)
        reviewers = str(self.reviewers(target))
        return self.ledger.fingerprint(
            self.content, reading, self.name, reviewers, facts.sources
        )

    def reviewers(self, target: str) -> int:
        return self.project.thresholds(target, self.ref.slug).reviewers

    def merged(self, path: Path, target: str) -> CatalogUpdate:
        """Merge the article into one of its catalogs, and remember that this was done."""
        # Where nothing has changed no catalog is read.
        from l10n.articles.fragments import Rereader, still_stands  # noqa: PLC0415
        from l10n.catalog import Catalog, change_catalog  # noqa: PLC0415

        reading = self.reading = self.reading or _Reading(self.ref)
        last: list[Catalog] = []

        def bring_up(catalog: Catalog) -> Merge:
            article = reading.article()
            merge = catalog.merge(article.units, article=self.name, read=Rereader(article).read)
            stands = merge.kept + merge.reread + merge.revived
            if self.may_wait and merge.obsolete and stands * _FEW < merge.added + merge.changed:
                raise _StrangerError
            # Only where there is something to say: catalogs of pages that are offered whole stay as they were.
            unread_texts = sum(text.reason.is_missing for text in not_offered(article))
            if unread_texts or NOT_OFFERED in catalog.header:
                catalog.set_field(NOT_OFFERED, str(unread_texts))
            reviewers = self.reviewers(catalog.target_locale)
            if reviewers > 1 or REVIEWERS in catalog.header:
                catalog.set_field(REVIEWERS, str(reviewers))
            last[:] = [catalog]
            return merge

        opened = partial(
            Catalog.open_or_new, path, source=self.ref.locale, target=target, article=self.name
        )
        merge = change_catalog(opened, bring_up)
        article = reading.article()
        unread = tuple(
            entry.msgid
            for entry, became in merge.left
            if still_stands(article, entry.msgid, became.msgid if became else None)
        )
        if self.content == self.ledger.digest(self.ref.path):
            facts = note_facts(last[0], self.ledger)
            entries = merge.added + merge.kept + merge.changed + merge.reread + merge.revived
            self.ledger.keep(
                "update", self.ledger.name(path), self.inputs(facts, target), str(entries)
            )
        is_new = bool(merge.added) and not (merge.kept or merge.changed or merge.obsolete)
        return CatalogUpdate(
            path, merge, unread, self.other_language(article) if is_new else ""
        )

    def other_language(self, article: Article) -> str:
        """Return the language that an article is in, where it is one of the project's and not that of its locale."""
        # Only a new article is asked about, and few runs have one.
        from l10n.text.language import main_language  # noqa: PLC0415

        language = main_language(unit.msgid for unit in article.units) or ""
        others = {primary(tag) for tag in self.project.locales}
        return language if language in others - {primary(self.ref.locale)} else ""


class _Reading:
    """An article, read again when its file has changed.

    It is asked for after a catalog was read. So whoever merges a newer article meanwhile also writes a newer
    catalog, and nobody takes what is new in it out again.
    """

    def __init__(self, ref: ArticleRef) -> None:
        self._ref = ref
        self._article = self._read()

    def article(self) -> Article:
        """Return the article as its file is now."""
        if _state_of(self._ref.path) != self._state:
            self._article = self._read()
        return self._article

    def _read(self) -> Article:
        self._state = _state_of(self._ref.path)
        return read_article(self._ref.path, self._ref.locale, options=self._ref.options)


def _state_of(path: Path) -> tuple[int, int, int] | None:
    """Return what differs when a file was written; None where reading it will say what is wrong."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def explain(ref: ArticleRef) -> tuple[NotOffered, ...]:
    """Return what readers of an article see and no unit holds, with the reasons; nothing is written."""
    return not_offered(read_article(ref.path, ref.locale, options=ref.options))
