"""The dashboard: article × locale on one page, for the wall of a newsroom."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from markupsafe import Markup

from l10n.articles import read_article
from l10n.catalog import Catalog
from l10n.errors import ArticleError, CatalogError
from l10n.export.languages import autonym
from l10n.export.paths import Outlet
from l10n.export.previews.bilingual import article_title, content_policy, state_counts
from l10n.export.site import PAGE_SUFFIXES, absolute_url
from l10n.export.templates import read_template, render_template
from l10n.files import write_if_changed
from l10n.interface import gettext as _
from l10n.interface import language, ngettext
from l10n.model import Counts
from l10n.project import ArticleRef, Project, Thresholds
from l10n.text.percent import reaches, share

_OPEN = ("damaged", "none", "short")
"""Kinds of cells that somebody has to do something about."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One article in one locale."""

    kind: str
    """`original`, `none` (no catalog yet), `damaged`, `short` of the project's thresholds, `enough` for them, `reviewed`."""
    title: str
    """What a reader of the cell is told first."""
    detail: str = ""
    counts: tuple[dict[str, object], ...] = ()
    page: str = ""
    """Address of the exported page; empty when there is none that leads somewhere from where the dashboard is read."""
    remark: str = ""
    reviewed: int = 0
    rest: int = 0
    """Passages that are not reviewed."""
    step: str = ""
    """The command that goes on with it."""


@dataclass(frozen=True, slots=True)
class _Line:
    slug: str
    title: str
    """Headline of the original; empty when it cannot be read."""
    locale: str
    words: int
    due: date | None
    cells: tuple[Cell, ...]

    @property
    def state(self) -> str:
        """`open` when somebody has to do something, `enough` when no more than the project asks, else `reviewed`."""
        kinds = {cell.kind for cell in self.cells}
        if not kinds.isdisjoint(_OPEN):
            return "open"
        return "enough" if "enough" in kinds else "reviewed"

    @property
    def rest(self) -> int:
        return sum(cell.rest for cell in self.cells)

    def urgency(self) -> tuple[int, date, bool, str]:
        """What is open comes first, by the day it is due; then what was begun, for half an article is not published."""
        is_begun = any(cell.reviewed for cell in self.cells if cell.kind == "short")
        place = ("open", "enough", "reviewed").index(self.state)
        return place, self.due or date.max, not is_begun, self.slug


def write_dashboard(project: Project, path: Path) -> None:
    """Write the dashboard of a project; raises L10nError when the file cannot be written."""
    write_if_changed(path.resolve(), render_dashboard(project).encode())


Address = Callable[[ArticleRef, str], str]
"""Returns the address of the page of an article in a locale; empty where there is none."""


def render_dashboard(
    project: Project, served: Path | None = None, *, address: Address | None = None
) -> str:
    """Return the dashboard as one HTML file that loads and runs nothing.

    It links to the pages in the folder that is `served` with it, or where `address` says. Without either it may be
    mailed anywhere: then it names the pages by their address on the web, and none where the project has no `base_url`.
    """
    moment = datetime.now().astimezone()
    totals: dict[str, Counts] = {}
    address = address or partial(_address, project, served)
    lines = sorted(_lines(project, address, totals), key=_Line.urgency)
    style = read_template("bilingual.css") + read_template("dashboard.css") + _orders(lines)
    return render_template(
        "dashboard.html",
        lang=language(),
        name=project.root.name,
        now=_moment(moment),
        locales=[{"tag": tag, "name": autonym(tag)} for tag in project.locales],
        totals=[_total(tag, totals[tag]) for tag in project.locales if tag in totals],
        lines=[_row(line, moment.date()) for line in lines],
        filters=_filters(lines),
        sorts=_sorts(),
        step=_next_step(lines, project.locales),
        words={
            "title": _("Translations"),
            "article": _("Article"),
            "page": _("page"),
            "legend": _("States"),
            "show": _("Show"),
            "order": _("Order"),
            "next": _("Next"),
        },
        stylesheet=Markup(style),  # noqa: S704 - ours
        policy=content_policy(style),
    )


def _row(line: _Line, today: date) -> dict[str, object]:
    """Return what the template is told of a line."""
    number = format_decimal(line.words, locale=language())
    return {
        "slug": line.slug,
        "title": line.title,
        "locale": line.locale,
        "state": line.state,
        "words": ngettext("{n} word", "{n} words", line.words).format(n=number)
        if line.words
        else "",
        "due": _due(line, today),
        "late": line.state == "open" and line.due is not None and line.due < today,
        "cells": line.cells,
    }


def _due(line: _Line, today: date) -> str:
    """Return by when a line has to be ready, in words; empty where no day is set."""
    if line.due is None:
        return ""
    day = format_date(line.due, "medium", locale=language())
    if line.state == "open" and line.due < today:
        return _("late since {day}").format(day=day)
    return _("due {day}").format(day=day)


def _filters(lines: Sequence[_Line]) -> list[dict[str, str]]:
    """Return what may be shown of the table, with the number of articles."""
    states = [line.state for line in lines]
    labels = {
        "all": (_("everything"), len(states)),
        "unreviewed": (_("not fully reviewed"), len(states) - states.count("reviewed")),
        "open": (_("what is open"), states.count("open")),
    }
    return [
        {"id": name, "label": label, "number": format_decimal(number, locale=language())}
        for name, (label, number) in labels.items()
    ]


def _sorts() -> list[dict[str, str]]:
    labels = {
        "urgent": _("what is open first"),
        "name": _("by title"),
        "rest": _("most left to review"),
    }
    return [{"id": name, "label": label} for name, label in labels.items()]


def _orders(lines: Sequence[_Line]) -> str:
    """Return the rules that the orders of the table follow: places of its rows, which a page that runs nothing cannot work out."""
    by_name = sorted(lines, key=_alphabetical)
    by_rest = sorted(lines, key=lambda line: -line.rest)
    names = {line.slug: place for place, line in enumerate(by_name)}
    rests = {line.slug: place for place, line in enumerate(by_rest)}
    return "".join(
        f"#a{number} {{ --name: {names[line.slug]}; --rest: {rests[line.slug]}; }}\n"
        for number, line in enumerate(lines, 1)
    )


def _alphabetical(line: _Line) -> str:
    """Return what a title is sorted by: “Árbol” stands among the As."""
    return normalize("NFKD", (line.title or line.slug).strip("«“\"¿¡‘'").casefold())


def _next_step(lines: Sequence[_Line], locales: Sequence[str]) -> dict[str, str] | None:
    """Return what to do first; None when nothing is open."""
    for line in lines:
        for locale, cell in zip(locales, line.cells, strict=True):
            if cell.kind in _OPEN and cell.step:
                return {
                    "title": line.title or line.slug,
                    "locale": line.locale,
                    "language": autonym(locale),
                    "tag": locale,
                    "command": cell.step,
                }
    return None


def _moment(moment: datetime) -> str:
    """Return a time to the minute, with its distance from Greenwich: a dashboard is mailed to other time zones."""
    day = format_date(moment, "medium", locale=language())
    time = format_time(moment, "short", locale=language())
    return f"{day}, {time} {format_datetime(moment, 'ZZZZ', locale=language())}"


def _lines(project: Project, address: Address, totals: dict[str, Counts]) -> Iterator[_Line]:
    for ref in project.articles():
        cells = []
        words = 0
        for locale in project.locales:
            counts = _counts(project, ref, locale)
            if isinstance(counts, Counts):
                totals[locale] = totals.get(locale, Counts()) + counts
                words = max(words, counts.words)
            cells.append(_cell(project, ref, locale, counts, address))
        title = _title(ref.path, ref.locale, _modified(ref.path))
        yield _Line(ref.slug, title, ref.locale, words, ref.due, tuple(cells))


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
    address: Address,
) -> Cell:
    if locale == ref.locale:
        return Cell("original", _("original"), page=address(ref, locale))
    slug = shlex.quote(ref.slug)
    if counts is None:
        return Cell("none", _("not begun"), step=f"l10n update {slug}")
    step = f"l10n review {shlex.quote(f'{locale}/{ref.slug}')}"
    if isinstance(counts, CatalogError):
        return Cell("damaged", _("damaged catalog"), counts.message)
    kind, remark = _standing(counts, project.thresholds(locale, ref.slug))
    return Cell(
        kind,
        _("{percent} reviewed").format(percent=share(counts.reviewed, counts.shown)),
        _detail(counts),
        tuple(state_counts(counts)),
        address(ref, locale),
        remark,
        counts.reviewed,
        counts.total - counts.reviewed,
        step,
    )


def _standing(counts: Counts, thresholds: Thresholds) -> tuple[str, str]:
    """Return the kind of a cell and what is remarked on it; a catalog that nobody began is never enough."""
    if 0 < counts.reviewed == counts.total:
        return "reviewed", ""
    enough = (
        counts.translated > 0
        and reaches(counts.translated, counts.total, thresholds.min_translated)
        and reaches(counts.reviewed, counts.total, thresholds.min_reviewed)
    )
    return ("enough", _("enough for the project")) if enough else ("short", "")


def _detail(counts: Counts) -> str:
    return "  ".join(
        f"{bar['symbol']} {bar['label']}" for bar in state_counts(counts) if bar["number"]
    )


def _total(tag: str, counts: Counts) -> dict[str, object]:
    return {
        "tag": tag,
        "name": autonym(tag),
        "percent": _("{percent} reviewed").format(percent=share(counts.reviewed, counts.shown)),
        "counts": state_counts(counts),
        "words": ngettext("{n} word", "{n} words", counts.words).format(
            n=format_decimal(counts.words, locale=language())
        ),
    }


def _address(project: Project, served: Path | None, ref: ArticleRef, locale: str) -> str:
    outlet = Outlet.of_article(ref, project)
    page = outlet.page(ref, locale)
    file = outlet.root / page.path
    if not file.is_file():
        return ""
    if served is not None:
        return quote(os.path.relpath(file, served))
    # Where pages are Markdown in place, a generator decides their addresses.
    is_page = file.suffix.lower() in PAGE_SUFFIXES and not page.bare
    base_url = project.export.base_url
    return absolute_url(base_url, page.path) if base_url and is_page else ""
