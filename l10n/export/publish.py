"""The whole site: which pages a project publishes, and everything written in one go."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.articles import formats
from l10n.catalog import Catalog
from l10n.errors import L10nError, ProjectError
from l10n.export.choices import Choice, Choices
from l10n.export.front_page import NAME as FRONT_PAGE
from l10n.export.front_page import front_page, is_ours
from l10n.export.in_place import PageKeeper
from l10n.export.pages.render import Rendered, incomplete, render_page
from l10n.export.paths import Outlet, refuse_generators_page
from l10n.export.planning import Plan, Planner, Refusal
from l10n.export.presence import absent
from l10n.export.records import PageRecord, PageRecords
from l10n.export.redirects import redirects
from l10n.export.report import ExportReport, joined
from l10n.export.site import Folder, Page, Site, clashes
from l10n.export.sitemap import sitemap
from l10n.files import read_bytes
from l10n.interface import gettext as _
from l10n.ledger import Ledger
from l10n.model import Article, Key, Kind, State
from l10n.project import ArticleRef, Project
from l10n.project.pages import is_own, own_pages


def export_project(
    project: Project,
    ledger: Ledger,
    *,
    locales: Sequence[str] = (),
    out: Path | None = None,
    drafts: bool | None = None,
    replace_theirs: bool = False,
    dry: bool = False,
    without: frozenset[Path] = frozenset(),
    on_progress: Callable[[int, int], None] | None = None,
) -> ExportReport:
    """Write the pages of some locales, or of all; what is set in the project file holds unless said otherwise.

    Every page is planned before the first is written, so that pages know of each other and
    `missing = "fail"` leaves everything as it was, as a mistake in a template does. An article or catalog that
    cannot be read is a problem in the report and leaves the page published before; raises L10nError for what
    stops the whole export. A page is made when anything that it is made of is not as the `ledger` knows it.
    """
    refs = [ref for ref in project.articles() if ref.path not in without]
    run = _Run(
        ledger,
        locales,
        project.export.drafts if drafts is None else drafts,
        replace_theirs,
        dry,
    )
    outlets = Outlet.of(project, out)
    for outlet in outlets:
        refuse_generators_page(outlet, refs)
    reports = [
        _export(outlet, [ref for ref in refs if outlet.takes(ref)], run, on_progress)
        for outlet in outlets
    ]
    return joined(reports)


@dataclass(frozen=True, slots=True)
class _Run:
    """What is asked of an export, whatever it goes to."""

    ledger: Ledger
    locales: Sequence[str]
    drafts: bool
    replace_theirs: bool
    dry: bool


def _export(
    outlet: Outlet,
    refs: Sequence[ArticleRef],
    run: _Run,
    on_progress: Callable[[int, int], None] | None,
) -> ExportReport:
    """Write the pages that go to one outlet."""
    project, locales = outlet.project, run.locales
    report = ExportReport(outlet.root, dry=run.dry)
    keeper = PageKeeper(project, report, replace_theirs=run.replace_theirs)
    planner = Planner(outlet, report, run.ledger, drafts=run.drafts)
    every = list(planner.plans(refs))
    plans = _decide(outlet, every, report, keeper)
    pages = [plan.page for plan in plans]
    leading = frozenset(name for plan in plans for name in plan.facts.fragments)
    site = _site(project, refs, pages + report.kept + report.standing, leading)
    plans_to_write = [
        plan
        for plan in plans
        if (not locales or plan.page.locale in locales)
        and not (plan.page.original and outlet.is_in_place(plan.ref))
    ]
    writer = _Writer(site, planner, keeper)
    writer.write(plans_to_write, on_progress)
    keeper.write()
    writer.copy_assets()
    if not outlet.has_places:
        writer.lead_on(refs, locales or project.locales)
        as_html = project.export.format == "html"
        front = outlet.file(FRONT_PAGE)
        if as_html and is_ours(front) and site.page_at(FRONT_PAGE) is None:
            report.note_file(front, front_page(site).encode())
        if site.base_url and as_html:
            report.note_file(outlet.file("sitemap.xml"), sitemap(site).encode())
    report.unused_counterparts = _unused_counterparts(project, report, locales)
    report.stale = sorted(_stale(outlet, report, locales or project.locales))
    return report


def _unused_counterparts(
    project: Project, report: ExportReport, locales: Sequence[str]
) -> list[tuple[str, str]]:
    # A page that was not made may have what the others lack.
    if report.failed or report.hidden or report.kept:
        return []
    return [
        (locale, address)
        for address, by_locale in project.links.items()
        for locale in by_locale
        if (not locales or locale in locales)
        and (locale, address) not in report.counterparts_used
    ]


def lost(
    article: Article, choices: Choices, page: str, catalog: Path, name: Path | str
) -> Iterator[tuple[Choice, L10nError]]:
    """Yield the translations that a finished page should show and does not, each once; `name` is what the catalog is called."""
    numbers = list(absent(article, choices, page))
    if not numbers:
        return
    entries = Catalog.load(catalog)
    reported: set[Key] = set()
    for number in numbers:
        unit, choice = article.blocks[number].unit, choices.blocks[number]
        if unit.key in reported:
            continue
        reported.add(unit.key)
        entry = entries.find(unit.msgid, unit.context)
        reason = (
            _("the page has no place for {field}").format(field=unit.context)
            if unit.kind is Kind.METADATA
            else _("the page cannot hold it where its source stands")
        )
        message = _("not shown: {problem}").format(problem=reason)
        yield choice, L10nError(message, path=name, line=entry.line if entry else None)


def _decide(
    outlet: Outlet, plans: list[Plan], report: ExportReport, keeper: PageKeeper
) -> list[Plan]:
    """Apply `missing`, and in place consent: give the plans that are carried out."""
    project = outlet.project
    published = []
    for plan in plans:
        if plan.page.bare and plan.is_translation and not plan.facts.accepted:
            place = outlet.file(plan.page.path)
            report.unaccepted.append(plan.page)
            if place.exists():
                report.standing.append(plan.page)
                keeper.leave(plan.ref, place, plan.facts.taken_in)
            continue
        missing = plan.facts.missing
        if missing and project.export.missing == "fail":
            raise incomplete(plan.ref.path, plan.page.locale, missing)
        if missing and project.export.missing == "hide-page":
            report.hidden.append(plan.page)
        elif missing and project.export.missing == "keep":
            is_published = outlet.file(plan.page.path).exists()
            (report.kept if is_published else report.hidden).append(plan.page)
        else:
            published.append(plan)
    for first, second in clashes(plan.page for plan in published):
        raise ProjectError(
            _("{one} and {other} would both be written to {path}").format(
                one=first.slug, other=second.slug, path=second.path
            ),
            path=project.file,
            hint=f'[[article]] out = {{ {second.locale} = "…" }}',
        )
    return published


def _site(
    project: Project,
    refs: Sequence[ArticleRef],
    pages: Sequence[Page],
    fragments: frozenset[str],
) -> Site:
    files: dict[Path, tuple[str, str]] = {}
    for ref in refs:
        files[ref.path] = (ref.slug, ref.locale)
        files.update({path: (ref.slug, locale) for locale, path in ref.translations.items()})
    return Site(
        pages=tuple(pages),
        fragments=fragments,
        base_url=project.export.base_url,
        root=project.root,
        files=files,
        counterparts={locale: project.counterparts(locale) for locale in project.locales},
        folders={
            folder: Folder(locale, place.name, place.folders)
            for place in project.places
            for locale, folder in reversed(list(place.folders.items()))
        },
        switcher=project.export.switcher,
        notice=project.export.notice,
        keys=project.export.keys,
    )


class _Writer:
    """Makes the pages that are not as they should be, and leaves the others as they are."""

    def __init__(
        self,
        site: Site,
        planner: Planner,
        keeper: PageKeeper,
    ) -> None:
        self.site = site
        self.planner = planner
        self.project = project = planner.project
        self.report = planner.report
        self.outlet = planner.outlet
        self.keeper = keeper
        folder = project.root / "templates"
        self.templates = folder if folder.is_dir() else None
        self.records = PageRecords(
            planner.ledger,
            site,
            project.root,
            [project.format_of(place) for place in project.places],
            self.templates,
        )
        self.assets: dict[str, Path] = {}

    def write(
        self, plans: Sequence[Plan], on_progress: Callable[[int, int], None] | None
    ) -> None:
        """Write the pages; a mistake in a template of the project stops all before the first is written."""
        places = [self.outlet.file(plan.page.path) for plan in plans]
        known = [
            self.records.recall(plan, place) for plan, place in zip(plans, places, strict=True)
        ]
        # Only these are rendered beforehand: HTML articles can be large, and no template is at fault in them.
        ready = {
            plan.page.path: self.render(plan)
            for plan, record in zip(plans, known, strict=True)
            if record is None and self.has_own_template(plan)
        }
        rows = zip(plans, places, known, strict=True)
        for number, (plan, place, record) in enumerate(rows, 1):
            try:
                if record is not None:
                    self.report.unchanged.append(place)
                made = record or self.make(plan, place, ready.pop(plan.page.path, None))
                self.note(plan, made)
            except ProjectError:
                raise
            except L10nError as error:
                # A page that is read-only, a full disk: the others are written where they can be.
                self.report.problems.append(error)
                self.report.failed += 1
            except OSError as error:
                # `.html` made a name too long that was not as `.md`.
                self.report.problems.append(
                    L10nError(error.strerror or str(error), path=plan.page.path)
                )
                self.report.failed += 1
            if on_progress is not None:
                on_progress(number, len(plans))

    def has_own_template(self, plan: Plan) -> bool:
        return (
            self.templates is not None
            and self.project.format_of(plan.ref.place) == "html"
            and not formats()[plan.article.format].is_page
        )

    def render(self, plan: Plan) -> tuple[Rendered, Site]:
        site = self.site.noting()
        rendered = render_page(
            plan.article,
            self.planner.choices(plan),
            plan.page,
            site,
            format=self.project.format_of(plan.ref.place),
            templates=self.templates,
        )
        return rendered, site

    def make(self, plan: Plan, place: Path, ready: tuple[Rendered, Site] | None) -> PageRecord:
        """Make a page, write it, and return what is to be known of it."""
        rendered, site = ready or self.render(plan)
        content = encode(rendered.text, plan.article)
        if plan.page.bare:
            self.keeper.take(plan.ref, place, content, plan.facts.taken_in)
        else:
            self.report.note(place, content)
        refusals: tuple[Refusal, ...] = ()
        choices = self.planner.choices(plan)
        if choices is not None and plan.catalog is not None:
            refusals = tuple(
                Refusal(problem.message, problem.line, choice.state is State.DRAFT)
                for choice, problem in lost(
                    plan.article, choices, rendered.text, plan.catalog, plan.catalog
                )
            )
        record = PageRecord(rendered.assets, rendered.counterparts, refusals)
        if not self.report.dry and self.planner.is_current(plan):
            self.records.keep(plan, place, content, record, site)
        return record

    def note(self, plan: Plan, record: PageRecord) -> None:
        """Enter a page that is as it should be into the report."""
        report = self.report
        report.counterparts_used |= {
            (plan.page.locale, address) for address in record.counterparts
        }
        for path, file in record.assets.items():
            other = self.assets.setdefault(path, file)
            if other != file and read_bytes(other) != read_bytes(file):
                message = _("{one} and {other} would both be copied to {path}").format(
                    one=self.project.relative(other),
                    other=self.project.relative(file),
                    path=path,
                )
                report.problems.append(
                    ProjectError(message, path=self.project.relative(plan.ref.path))
                )
        if plan.catalog is not None:
            name = self.project.relative(plan.catalog) if record.refusals else ""
            for message, line, is_draft in record.refusals:
                report.problems.append(L10nError(message, path=name, line=line))
                report.refused += not is_draft
            report.drafts += plan.facts.drafts
            report.untranslated += plan.facts.missing

    def copy_assets(self) -> None:
        """Copy the files that pages need beside them."""
        report = self.report
        for path, file in self.assets.items():
            place = self.outlet.file(path)
            try:
                self.records.copy(report, place, file)
            except OSError as error:
                report.problems.append(L10nError(error.strerror or str(error), path=file))
                continue
            except L10nError as error:
                report.problems.append(error)
                continue
            report.assets.append(place)

    def lead_on(self, refs: Sequence[ArticleRef], locales: Sequence[str]) -> None:
        """Write the pages that lead from earlier addresses of articles to those of today."""
        as_html = self.project.export.format == "html"
        former = self.planner.former
        for path, content in redirects(refs, former, self.site, locales, as_html=as_html):
            place = self.outlet.file(path)
            self.records.write(self.report, place, content)
            self.report.redirects.append(place)


def encode(page: str, article: Article) -> bytes:
    """Return the bytes of a page: in the encoding of its article where that is a page too, which names it."""
    # Of nothing, an encoding with a byte order mark makes a file of two bytes.
    if page and formats()[article.format].is_page:
        return page.encode(article.encoding, "xmlcharrefreplace")
    return page.encode()


def _stale(outlet: Outlet, report: ExportReport, locales: Sequence[str]) -> Iterator[Path]:
    accounted = {*report.written, *report.unchanged, *report.assets, *report.redirects}
    accounted |= {report.out / page.path for page in (*report.kept, *report.standing)}
    accounted |= {page for _article, page in report.theirs}
    if outlet.has_places:
        project = outlet.project
        pages = own_pages(project)
        for name in pages:
            path = project.root / name
            location = project.locate(path)
            if (
                location is not None
                and location.locale in locales
                and path not in accounted
                and is_own(project, pages, path)
            ):
                yield path
        return
    names = set(map(str, accounted))
    for locale in locales:
        for place, _folders, files in os.walk(report.out / locale):
            for name in files:
                file = os.path.join(place, name)  # noqa: PTH118 - thousands of files, nearly all of them ours
                if file not in names and os.path.isfile(file):  # noqa: PTH113
                    yield Path(file)
