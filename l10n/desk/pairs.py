"""Which articles are aligned with which translations, and where the result goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from l10n.articles import read_article, suffixes
from l10n.catalog.facts import facts_at
from l10n.desk.intake import is_waiting
from l10n.errors import ArticleError, CatalogError, UsageError
from l10n.interface import gettext as _
from l10n.ledger import Ledger
from l10n.model import Article
from l10n.project import ArticleRef, Project, validate_locale

Locales = tuple[str | None, str | None]
"""Locale of the source and of the translation; None: found out from the project's folders or the words."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An article, its existing translation, and the catalog to fill."""

    source: Path
    target: Path
    source_locale: str
    target_locale: str
    article: str
    """How the catalog names the article."""
    catalog: Path | None
    """None when nothing is written."""
    slug: str = ""
    """Names the report among those of a folder or project."""

    @property
    def report_name(self) -> str:
        """`guides/parking.es.html`."""
        return f"{self.slug}.{self.target_locale}.html"


def pair_files(
    source: Path,
    target: Path,
    *,
    project: Project | None = None,
    locales: Locales = (None, None),
    catalog: Path | None = None,
) -> Pair:
    """Pair two files; in a project its catalog is filled. UsageError for a language that cannot be told."""
    source_locale, target_locale = (
        validate_locale(tag) if tag else _locale_of(path, option, project)
        for path, tag, option in zip((source, target), locales, _OPTIONS, strict=True)
    )
    name = source.name
    if project is not None:
        path = source.resolve()
        ref = next((ref for ref in project.articles() if ref.path == path), None)
        if catalog is None and ref is not None:
            catalog = project.catalog_path(ref.slug, target_locale)
        if path.is_relative_to(project.root):
            name = project.relative(path)
    return Pair(source, target, source_locale, target_locale, name, catalog)


def pair_folders(
    source: Path, target: Path, *, locales: Locales = (None, None), catalogs: Path | None = None
) -> tuple[list[Pair], list[Path]]:
    """Pair the articles of two folders by relative path, whatever their suffixes; second, those without counterpart."""
    sources, targets = _articles_below(source), _articles_below(target)
    lonely = sorted(sources.keys() ^ targets.keys())
    pairs = []
    for slug in sorted(sources.keys() & targets.keys()):
        catalog = catalogs / f"{slug}.po" if catalogs is not None else None
        pair = pair_files(sources[slug], targets[slug], locales=locales, catalog=catalog)
        pairs.append(replace(pair, slug=slug))
    return pairs, [sources.get(slug) or targets[slug] for slug in lonely]


def pairs_of(project: Project, articles: Sequence[ArticleRef]) -> list[Pair]:
    """Pair each of these articles with each of its existing translations."""
    return [
        Pair(
            ref.path,
            path,
            ref.locale,
            locale,
            project.relative(ref.path),
            project.catalog_path(ref.slug, locale),
            ref.slug,
        )
        for ref in articles
        for locale, path in ref.translations.items()
    ]


def is_pair_waiting(pair: Pair, ledger: Ledger) -> bool:
    """Whether the translation would find room in a catalog that was not filled from it as it is."""
    if pair.catalog is None:
        return True
    try:
        facts = facts_at(pair.catalog, ledger)
    except CatalogError:
        # Updating names it, and nothing may be written over it.
        return False
    try:
        return is_waiting(facts, pair.source, pair.target, ledger)
    except ArticleError:
        # Aligning names it.
        return True


def reports_folder(project: Project) -> Path:
    """Return where the side-by-side pages of a project are, which can be made again at any time."""
    return project.derived / "align"


def read_line_pair(source: Path, target: Path, locales: Locales) -> tuple[Article, Article]:
    """Read two files with one segment a line, and the languages of both."""
    first, second = (
        _line_article(path, tag, option)
        for path, tag, option in zip((source, target), locales, _OPTIONS, strict=True)
    )
    return first, second


_OPTIONS = ("--from", "--to")


def _line_article(path: Path, locale: str | None, option: str) -> Article:
    from l10n.align.articles import read_lines  # noqa: PLC0415 - loads numpy

    article = read_lines(path, locale or "und")
    return replace(
        article, locale=validate_locale(locale or _guessed_locale(article, path, option))
    )


def _articles_below(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix.lower() in suffixes()
    }


def _locale_of(path: Path, option: str, project: Project | None) -> str:
    """Return a file's locale: from the project's folders, else from the words in it."""
    if project is not None:
        location = project.locate(path.resolve())
        if location is not None:
            return location.locale
    return _guessed_locale(read_article(path, "und"), path, option)


def _guessed_locale(article: Article, path: Path, option: str) -> str:
    from l10n.text.language import main_language  # noqa: PLC0415 - loads the models of languages

    locale = main_language(block.unit.msgid for block in article.blocks)
    if locale is None:
        raise UsageError(
            _("cannot tell the language of this file"), path=path, hint=f"{option} es|en"
        )
    return locale
