"""Publishing localized articles: the pages of a project, or one article with its catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from l10n.articles import read_article, suffixes
from l10n.desk.watching import OnProgress
from l10n.errors import L10nError
from l10n.export import ExportReport, export_project, pruning
from l10n.export.making import encode, lost, refusals
from l10n.export.paths import bilingual_folder, output_folder, preview_folder
from l10n.files import write_if_changed
from l10n.ledger import Ledger, ledger_of
from l10n.model import State
from l10n.project import Project
from l10n.project.judging import counterpart
from l10n.project.meant import select_pages
from l10n.project.pages import (
    TAKEN_IN,
    fingerprint,
    is_own,
    is_same_pair,
    note_page,
    own_pages,
)
from l10n.workers import ALONE, Workers


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """One localized article."""

    text: str
    content: bytes
    """The same in the encoding that the page names."""
    problems: tuple[L10nError, ...] = ()
    """Translations that cannot be shown."""
    refused: int = 0
    """Of these, the accepted ones."""


def publish(
    project: Project,
    names: Sequence[str] = (),
    *,
    out: Path | None = None,
    drafts: bool | None = None,
    prune: bool = False,
    replace_theirs: bool = False,
    dry: bool = False,
    without: frozenset[Path] = frozenset(),
    on_progress: OnProgress | None = None,
    workers: Workers = ALONE,
    shared: Ledger | None = None,
) -> ExportReport:
    """Write the pages of locales, articles or folders, or all; what the project file says holds unless said otherwise.

    Pages that go where the articles lie leave those of people alone until a catalog has taken these in, or
    `replace_theirs` is given. With `dry` nothing is written, and the report has what would be changed.
    `without` are originals that are no part of it. With `prune` pages that the desk wrote and nobody changed are removed when they are no longer of the site; not
    after a run in which something failed, for then nobody knows which these are.
    """
    meant = select_pages(names, project)
    with ledger_of(project.derived, shared) as ledger:
        report = export_project(
            project,
            ledger,
            meant=meant,
            out=out,
            drafts=drafts,
            replace_theirs=replace_theirs,
            dry=dry,
            without=without,
            on_progress=on_progress,
            workers=workers,
        )
        if prune and not dry and not report.failed:
            report.removed = pruning.prune(project, report.stale, ledger)
            report.stale = [path for path in report.stale if path not in set(report.removed)]
    return report


def to_preview(project: Project) -> Project:
    """Return the project whose export is looked at: where pages go in place it writes HTML into a folder of its own."""
    if all(place.pages is None for place in project.places):
        return project
    places = tuple(replace(place, pages=None) for place in project.places)
    export = replace(project.export, out=preview_folder(project), format="html")
    return replace(project, places=places, export=export)


def publish_bilingual(
    project: Project, names: Sequence[str] = (), *, out: Path | None = None
) -> ExportReport:
    """Write previews of locales, articles or folders, source and translation side by side, machine drafts beside what became of them."""
    from l10n.export.previews.project import export_bilingual  # noqa: PLC0415 - templates load slowly

    meant = select_pages(names, project)
    report = ExportReport(output_folder(project, out or bilingual_folder(project)))
    with _machine_drafts(project) as machine:
        export_bilingual(project, report, meant=meant, machine=machine)
    return report


def publish_file(
    article: Path,
    catalog: Path,
    *,
    drafts: bool = False,
    bilingual: bool = False,
    form: Literal["html", "same"] = "html",
) -> PublishedPage:
    """Return one article in the language of a catalog, as HTML or in its own format; nothing is written."""
    from l10n.catalog import Catalog  # noqa: PLC0415 - a site on which nothing has changed reads none

    translations = Catalog.load(catalog)
    target = translations.target_locale
    original = read_article(article, translations.source_locale or counterpart(target))
    if bilingual:
        from l10n.export.previews.bilingual import render_bilingual  # noqa: PLC0415 - templates load slowly

        text = render_bilingual(original, translations, target=target)
        return PublishedPage(text, text.encode())
    from l10n.export import choose, export_article  # noqa: PLC0415 - parsers and templates load slowly

    text = export_article(original, translations, target=target, drafts=drafts, format=form)
    choices = choose(original, translations, drafts=drafts)
    refused = [
        *refusals(original, choices, translations, catalog),
        *lost(original, choices, text, translations, catalog),
    ]
    return PublishedPage(
        text,
        encode(text, original),
        tuple(problem for _choice, problem in refused),
        sum(choice.state is not State.DRAFT for choice, _problem in refused),
    )


def form_of(article: Path, output: Path | None) -> Literal["html", "same"]:
    """Return the form that the name of a file asks for: that of the article where the two have one format, else HTML."""
    if output is None or str(output) == "-":
        return "html"
    known = suffixes()
    form = known.get(output.suffix.lower())
    return "same" if form and form == known.get(article.suffix.lower()) else "html"


def write_page(
    page: PublishedPage, article: Path, catalog: Path, output: Path, project: Project | None
) -> bool:
    """Write a page to a file; False, and nothing done, where a translation stands that no catalog has taken in.

    A page that comes to lie where existing translations lie is entered into the list of our own.
    """
    place = output.resolve()
    if project is not None and _holds_translations(project, place):
        is_ours = is_own(project, own_pages(project), place)
        if place.exists() and not is_ours:
            from l10n.catalog import Catalog  # noqa: PLC0415 - as above

            taken_in = Catalog.load(catalog).header.get(TAKEN_IN, "")
            if not is_same_pair(taken_in, fingerprint(article, place)):
                return False
        note_page(project, place, page.content)
    write_if_changed(output, page.content)
    return True


def _holds_translations(project: Project, place: Path) -> bool:
    return project.locate(place) is not None


@contextmanager
def _machine_drafts(project: Project) -> Iterator[Callable[[str, str], str | None] | None]:
    """Yield what engines drafted, where a run of prefill noted it."""
    from l10n.engines.cache import FILE, DraftCache  # noqa: PLC0415 - engines load slowly

    path = project.derived / FILE
    # Opening it would make it, and a project that nobody drafted in has none.
    if not path.is_file():
        yield None
        return
    with DraftCache(path) as cache:

        def drafted(target: str, msgid: str) -> str | None:
            return next((text for _engine, text in cache.written(target, msgid)), None)

        yield drafted
