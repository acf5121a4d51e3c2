"""Bringing catalogs up to their articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.articles import read_article
from l10n.articles.fragments import Rereader, still_stands
from l10n.catalog import Catalog, Merge
from l10n.desk.watching import OnProblem, ignore
from l10n.errors import L10nError
from l10n.project import ArticleRef, Project


@dataclass(frozen=True, slots=True)
class CatalogUpdate:
    """What merging an article into one of its catalogs did."""

    path: Path
    merge: Merge
    unread: tuple[str, ...] = ()
    """Accepted texts that stand in the article as they did, and whose translation could not be carried over to what they are read as today."""

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


def update(
    project: Project,
    articles: Sequence[ArticleRef] | None = None,
    *,
    on_catalog: Callable[[CatalogUpdate], object] = ignore,
    on_problem: OnProblem = ignore,
) -> UpdateReport:
    """Merge the units of articles, or of all, into the catalogs of every target locale, and save these."""
    updates: list[CatalogUpdate] = []
    problems: list[L10nError] = []
    for ref in project.articles() if articles is None else articles:
        try:
            for result in _merged(project, ref):
                updates.append(result)
                on_catalog(result)
        except L10nError as error:
            problems.append(error)
            on_problem(error)
    return UpdateReport(tuple(updates), tuple(problems))


def _merged(project: Project, ref: ArticleRef) -> Iterator[CatalogUpdate]:
    article = read_article(ref.path, ref.locale)
    name = project.relative(ref.path)
    for target in project.targets_of(ref):
        path = project.catalog_path(ref.slug, target)
        catalog = Catalog.open_or_new(path, source=ref.locale, target=target, article=name)
        merge = catalog.merge(article.units, article=name, read=Rereader(article).read)
        catalog.save(path)
        unread = (
            entry.msgid
            for entry, became in merge.left
            if still_stands(article, entry.msgid, became.msgid if became else None)
        )
        yield CatalogUpdate(path, merge, tuple(unread))
