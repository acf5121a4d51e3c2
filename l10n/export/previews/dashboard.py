"""The dashboard: article × locale on one page, for the wall of a newsroom."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import quote

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from markupsafe import Markup

from l10n.articles import read_article
from l10n.catalog import Catalog
from l10n.errors import ArticleError, CatalogError
from l10n.export.languages import autonym
from l10n.export.paths import bilingual_folder, bilingual_path, page_path
from l10n.export.previews.bilingual import article_title, content_policy, state_counts
from l10n.export.templates import read_template, render_template
from l10n.files import write_if_changed
from l10n.interface import gettext as _
from l10n.interface import language, ngettext
from l10n.model import Counts, State
from l10n.project import ArticleRef, Project, Thresholds
from l10n.text.percent import reaches, share


@dataclass(frozen=True, slots=True)
class Cell:
    """One article in one locale."""

    kind: str
    """`original`, `none` (no catalog yet), `damaged`, `done` or `short` of the project's thresholds."""
    title: str
    """What a reader of the cell is told first."""
    detail: str = ""
    counts: tuple[dict[str, object], ...] = ()
    page: str = ""
    """Address of the exported page from the dashboard; empty when there is none."""
    preview: str = ""
    """Address of the bilingual preview."""


@dataclass(frozen=True, slots=True)
class _Line:
    slug: str
    title: str
    """Headline of the original; empty when it cannot be read."""
    locale: str
    words: str
    cells: tuple[Cell, ...]


def write_dashboard(project: Project, path: Path) -> None:
    """Write the dashboard of a project; raises L10nError when the file cannot be written."""
    path = path.resolve()
    write_if_changed(path, render_dashboard(project, path.parent).encode())


def render_dashboard(project: Project, folder: Path, *, previews: bool = True) -> str:
    """Return the dashboard as one HTML file that loads nothing; `folder` is where it will stand.

    Without `previews` only pages are linked to.
    """
    totals: dict[str, Counts] = {}
    lines = tuple(_lines(project, partial(_addresses, project, folder, previews), totals))
    style = read_template("bilingual.css") + read_template("dashboard.css")
    return render_template(
        "dashboard.html",
        lang=language(),
        name=project.root.name,
        now=_moment(datetime.now().astimezone()),
        locales=[{"tag": tag, "name": autonym(tag)} for tag in project.locales],
        totals=[_total(tag, totals[tag]) for tag in project.locales if tag in totals],
        lines=lines,
        words={
            "title": _("Translations"),
            "article": _("Article"),
            "page": _("page"),
            "preview": _("side by side"),
            "legend": _("States"),
            "original": _("original"),
        },
        stylesheet=Markup(style),  # noqa: S704 - ours
        policy=content_policy(style),
    )


def _moment(moment: datetime) -> str:
    """Return a time to the minute, with its distance from Greenwich: a dashboard is mailed to other time zones."""
    date = format_date(moment, "medium", locale=language())
    time = format_time(moment, "short", locale=language())
    return f"{date}, {time} {format_datetime(moment, 'ZZZZ', locale=language())}"


Addresses = Callable[[ArticleRef, str], tuple[str, str]]
"""Returns the addresses of the page and the preview of an article in a locale; empty where there is none."""


def _lines(
    project: Project, addresses: Addresses, totals: dict[str, Counts]
) -> Iterator[_Line]:
    for ref in project.articles():
        cells = []
        words = 0
        for locale in project.locales:
            counts = _counts(project, ref, locale)
            if isinstance(counts, Counts):
                totals[locale] = totals.get(locale, Counts()) + counts
                words = max(words, counts.words)
            cells.append(_cell(project, ref, locale, counts, addresses))
        number = format_decimal(words, locale=language())
        words_text = ngettext("{n} word", "{n} words", words).format(n=number) if words else ""
        yield _Line(
            ref.slug,
            _title(ref.path, ref.locale, _modified(ref.path)),
            ref.locale,
            words_text,
            tuple(cells),
        )


def _modified(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=4096)
def _title(path: Path, locale: str, modified: int) -> str:
    """Return a headline; read again when the file has another time."""
    del modified
    try:
        return article_title(read_article(path, locale))
    except ArticleError:
        return ""


def _counts(project: Project, ref: ArticleRef, locale: str) -> Counts | CatalogError | None:
    path = project.catalog_path(ref.slug, locale)
    if locale == ref.locale or not path.exists():
        return None
    try:
        return Catalog.load(path).counts()
    except CatalogError as error:
        return error


def _cell(
    project: Project,
    ref: ArticleRef,
    locale: str,
    counts: Counts | CatalogError | None,
    addresses: Addresses,
) -> Cell:
    page, preview = addresses(ref, locale)
    if locale == ref.locale:
        return Cell("original", _("original"), page=page)
    if counts is None:
        return Cell("none", _("not begun"))
    if isinstance(counts, CatalogError):
        return Cell("damaged", _("damaged catalog"), counts.message)
    enough = _is_enough(counts, project.thresholds(locale, ref.slug))
    return Cell(
        "done" if enough else "short",
        share(counts.translated, counts.shown),
        _detail(counts),
        tuple(state_counts(counts)),
        page,
        preview,
    )


def _is_enough(counts: Counts, thresholds: Thresholds) -> bool:
    """Whether a catalog is where the project wants it; one that nobody began never is."""
    return (
        counts.translated > 0
        and reaches(counts.translated, counts.total, thresholds.min_translated)
        and reaches(counts.reviewed, counts.total, thresholds.min_reviewed)
    )


def _detail(counts: Counts) -> str:
    return "  ".join(
        f"{bar['symbol']} {bar['label']}"
        for bar in state_counts(counts)
        if bar["number"] and bar["state"] != State.TRANSLATED
    )


def _total(tag: str, counts: Counts) -> dict[str, object]:
    return {
        "tag": tag,
        "name": autonym(tag),
        "percent": share(counts.translated, counts.shown),
        "label": _("translated"),
        "counts": state_counts(counts),
        "words": ngettext("{n} word", "{n} words", counts.words).format(
            n=format_decimal(counts.words, locale=language())
        ),
    }


def _addresses(
    project: Project, folder: Path, previews: bool, ref: ArticleRef, locale: str
) -> tuple[str, str]:
    page = page_path(project, ref, locale)
    preview = bilingual_path(bilingual_folder(project), ref.slug, locale)
    return (
        quote(os.path.relpath(page, folder)) if page.is_file() else "",
        quote(os.path.relpath(preview, folder)) if previews and preview.is_file() else "",
    )
