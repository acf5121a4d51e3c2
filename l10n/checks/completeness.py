"""Findings about how complete a catalog is, and whether it still fits its article."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.checks.outcome import (
    KEY,
    ArticleFacts,
    Comparison,
    Outcome,
    is_metadata,
    key_digest,
)
from l10n.errors import ArticleError, CatalogError
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Counts, Finding, Severity
from l10n.project import ArticleRef, Project, Thresholds, matches_glob
from l10n.project.files import path_below
from l10n.text.percent import format_percent, percent

if TYPE_CHECKING:
    from l10n.checks.cache import Cache


def threshold_findings(
    path: Path, outcome: Outcome, thresholds: Thresholds
) -> Iterator[Finding]:
    """Report which thresholds a catalog misses, and where the first unfinished entries are."""
    counts = outcome.counts
    translated = percent(counts.translated, counts.total)
    if translated is not None and translated < thresholds.min_translated:
        message = _("{share} % translated, {wanted} % wanted: {untranslated}, {drafts}").format(
            share=format_percent(translated),
            wanted=format_percent(thresholds.min_translated),
            untranslated=ngettext(
                "{n} untranslated", "{n} untranslated", counts.untranslated
            ).format(n=counts.untranslated),
            drafts=ngettext("{n} draft", "{n} drafts", counts.draft).format(n=counts.draft),
        )
        first = outcome.unfinished[0][0] if outcome.unfinished else 1
        yield Finding("min-translated", Severity.ERROR, message, path, first)
    else:
        yield from _metadata_findings(path, outcome)
    reviewed = percent(counts.reviewed, counts.total)
    if reviewed is not None and reviewed < thresholds.min_reviewed:
        message = _("{share} % reviewed, {wanted} % wanted").format(
            share=format_percent(reviewed), wanted=format_percent(thresholds.min_reviewed)
        )
        yield Finding("min-reviewed", Severity.ERROR, message, path, 1)


def _metadata_findings(path: Path, outcome: Outcome) -> Iterator[Finding]:
    for line, context, _state in outcome.unfinished:
        if is_metadata(context):
            message = _("not translated, though readers see it in search results: {what}")
            yield Finding(
                "metadata-untranslated",
                Severity.WARNING,
                message.format(what=str(context).partition(":")[2]),
                path,
                line,
                context,
            )


def ratchet_findings(path: Path, counts: Counts, base: bytes) -> Iterator[Finding]:
    """Report when a smaller share of a catalog is translated or reviewed than in an earlier revision of it."""
    from l10n.catalog import Catalog  # noqa: PLC0415 - a warm cache never needs it

    try:
        before = Catalog.parse(base).counts()
    except CatalogError:
        return
    for state, part_before, part in (
        (_("translated"), before.translated, counts.translated),
        (_("reviewed"), before.reviewed, counts.reviewed),
    ):
        was, now = percent(part_before, before.total), percent(part, counts.total)
        if was is not None and now is not None and now < was:
            message = _("{now} % {what}, {was} % before").format(
                now=format_percent(now), what=state, was=format_percent(was)
            )
            yield Finding("worse-than-base", Severity.ERROR, message, path, 1)


def language_findings(path: Path, folder: str, header: str) -> Iterator[Finding]:
    """Report when a catalog's header names another language than its folder."""
    tag = header.replace("_", "-").lower()
    if not folder or not tag or tag == folder.lower():
        return
    from l10n.languages import primary  # noqa: PLC0415 - a warm check of catalogs in order needs no language

    if tag != primary(folder):
        message = _("the header says {header}, the folder {folder}").format(
            header=header, folder=folder
        )
        yield Finding("wrong-language", Severity.ERROR, message, path, 1)


_SAME = Comparison((), (), ())


def staleness_findings(
    path: Path, ref: ArticleRef | None, comparison: Comparison | ArticleError, root: Path
) -> Iterator[Finding]:
    """Report when a catalog has no article, or its article has other units than the catalog entries."""
    if ref is None:
        message = _("no article of the project belongs to this catalog")
        yield Finding("catalog-without-article", Severity.WARNING, message, path, 1)
        return
    if comparison == _SAME:
        return
    name = path_below(ref.path, root)
    if isinstance(comparison, ArticleError):
        message = f"{name}: {comparison.message}"
        yield Finding("unreadable-article", Severity.ERROR, message, path, 1)
        return
    unread, new, orphaned = comparison
    if unread:
        message = ngettext(
            "{n} text of the article is in no unit ({name}:{line}); l10n update --explain {name}",
            "{n} texts of the article are in no unit (the first: {name}:{line}); l10n update --explain {name}",
            len(unread),
        ).format(n=len(unread), name=name, line=unread[0])
        yield Finding("not-offered", Severity.INFO, message, path, 1)
    if new or orphaned:
        yield Finding(
            "stale-catalog",
            Severity.ERROR,
            _stale(name, new, orphaned),
            path,
            min(orphaned, default=1),
        )


def compare(
    path: Path, ref: ArticleRef, cache: Cache | None = None, keys: bytes = b""
) -> Comparison:
    """Return what an article and its catalog differ in; ArticleError where the article cannot be read.

    `keys` are those of the catalog where somebody has read it; else it is read, where nobody remembers the answer.
    """
    inputs = cache.inputs_of_comparison(path, ref) if cache else b""
    known = cache.recall_comparison(path, inputs) if cache else None
    if known is not None:
        return known
    facts = (cache.recall_units(ref) if cache else None) or _read_units(ref, cache)
    rows = {key: line for key, _text, line in KEY.iter_unpack(keys)} or _rows_of(path)
    unit_keys = dict(facts.units)
    # A unit may change without changing their number, so keys are compared, not counts.
    comparison = Comparison(
        facts.unread,
        tuple(line for key, line in facts.units if key not in rows),
        tuple(line for key, line in rows.items() if key not in unit_keys),
    )
    if cache and inputs == cache.inputs_of_comparison(path, ref):
        cache.keep_comparison(path, inputs, comparison)
    return comparison


def _rows_of(path: Path) -> dict[bytes, int]:
    from l10n.catalog import Catalog  # noqa: PLC0415 - a warm cache never needs it

    return {key_digest(entry.key): entry.line for entry in Catalog.load(path).entries}


def _stale(name: str, new: Sequence[int], orphaned: Sequence[int]) -> str:
    parts = []
    if new:
        parts.append(
            ngettext(
                "{n} text of the article is not in the catalog ({name}:{line})",
                "{n} texts of the article are not in the catalog (the first: {name}:{line})",
                len(new),
            ).format(n=len(new), name=name, line=min(new))
        )
    if orphaned:
        parts.append(
            ngettext(
                "{n} entry is not in the article any more",
                "{n} entries are not in the article any more",
                len(orphaned),
            ).format(n=len(orphaned))
        )
    return "; ".join(parts)


def _read_units(ref: ArticleRef, cache: Cache | None) -> ArticleFacts:
    if cache is None:
        return read_units(ref)
    inputs = cache.inputs_of_units(ref)
    facts = read_units(ref)
    cache.keep_units(ref, inputs, facts)
    return facts


def read_units(ref: ArticleRef) -> ArticleFacts:
    """Read an article and give its units, in document order, and what is in none; ArticleError when it cannot be read."""
    from l10n.articles import not_offered, read_article  # noqa: PLC0415 - readers load slowly

    article = read_article(ref.path, ref.locale, options=ref.options)
    rows: dict[bytes, int] = {}
    for block in article.blocks:
        rows.setdefault(key_digest(block.unit.key), block.line)
    unread = (text.line for text in not_offered(article) if text.reason.is_missing)
    return ArticleFacts(tuple(rows.items()), tuple(unread))


def article_findings(
    project: Project, refs: Iterable[ArticleRef], only: frozenset[str], present: Container[Path]
) -> Iterator[Finding]:
    """Report which articles have no catalog for a locale that wants translations; `present` are some that there are."""
    for ref in refs:
        for target in project.targets_of(ref):
            if project.catalog_path(ref.slug, target) in present:
                continue
            rules = project.severities(target, ref.slug)
            severity = rules.get("article-without-catalog", Severity.ERROR)
            if severity is None or (only and "article-without-catalog" not in only):
                continue
            if project.thresholds(target, ref.slug).min_translated == 0:
                continue
            path = project.catalog_path(ref.slug, target)
            if not path.exists():
                message = _("no catalog for {locale}: {path}").format(
                    locale=target, path=project.relative(path)
                )
                yield Finding("article-without-catalog", severity, message, ref.path, 1)


def setting_findings(
    project: Project, slugs: Collection[str], only: frozenset[str]
) -> Iterator[Finding]:
    """Report which settings are for nothing, given the slugs of all articles and catalogs."""
    from l10n.project.toml_lines import line_of  # noqa: PLC0415 - only where something is wrong

    problems = []
    if not slugs:
        folder = project.relative(project.places[0].folders[project.source])
        problems.append(("no-articles", _("no article in {folder}").format(folder=folder), 1))
    for glob, _override in project.check.by_article:
        if slugs and not any(matches_glob(slug, glob) for slug in slugs):
            message = _("no article fits {path}").format(path=glob)
            problems.append(("unused-setting", message, line_of(project.file, glob) or 1))
    severities = project.severities("", "")
    for rule, message, line in problems:
        severity = severities.get(rule, Severity.WARNING)
        if severity is not None and (not only or rule in only):
            yield Finding(rule, severity, message, project.file, line)
