"""The whole site: which pages a project publishes, and everything written in one go."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from l10n.articles import formats
from l10n.errors import L10nError, ProjectError
from l10n.export.in_place import PageKeeper
from l10n.export.making import MadePage, PageMaker
from l10n.export.paths import Outlet, refuse_generators_page
from l10n.export.planning import Plan, Planner, facts_of
from l10n.export.records import PageRecord, PageRecords
from l10n.export.redirects import is_plain, redirects
from l10n.export.report import ExportReport, joined
from l10n.export.site import FRONT_PAGE, Folder, Page, Site, clashes
from l10n.files import read_bytes
from l10n.interface import gettext as _
from l10n.ledger import Ledger
from l10n.project import ArticleRef, Project
from l10n.project.meant import EVERYTHING, Meant
from l10n.project.pages import is_own, own_pages
from l10n.workers import ALONE, Workers


def export_project(
    project: Project,
    ledger: Ledger,
    *,
    meant: Meant = EVERYTHING,
    out: Path | None = None,
    drafts: bool | None = None,
    replace_theirs: bool = False,
    dry: bool = False,
    without: frozenset[Path] = frozenset(),
    on_progress: Callable[[int, int], None] | None = None,
    workers: Workers = ALONE,
) -> ExportReport:
    """Write the pages that are meant, or all; what is set in the project file holds unless said otherwise.

    Every page is planned before the first is written, so that pages know of each other and
    `missing = "fail"` leaves everything as it was, as a mistake in a template does. An article or catalog that
    cannot be read is a problem in the report and leaves the page published before; raises L10nError for what
    stops the whole export. A page is made when anything that it is made of is not as the `ledger` knows it.
    """
    refs = [ref for ref in project.articles() if ref.path not in without]
    run = _Run(
        ledger,
        meant,
        project.export.drafts if drafts is None else drafts,
        replace_theirs,
        dry,
        workers,
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
    meant: Meant
    drafts: bool
    replace_theirs: bool
    dry: bool
    workers: Workers


def _export(
    outlet: Outlet,
    refs: Sequence[ArticleRef],
    run: _Run,
    on_progress: Callable[[int, int], None] | None,
) -> ExportReport:
    """Write the pages that go to one outlet."""
    project = outlet.project
    locales = sorted(run.meant.locales)
    report = ExportReport(outlet.root, dry=run.dry)
    keeper = PageKeeper(project, report, replace_theirs=run.replace_theirs)
    planner = Planner(outlet, report, run.ledger, drafts=run.drafts, workers=run.workers)
    every = list(planner.plans(refs))
    plans = _decide(outlet, every, run.meant, keeper)
    pages = [plan.page for plan in plans]
    leading = frozenset(name for plan in plans for name in facts_of(plan).fragments)
    claims = {
        address: plan.ref.slug
        for plan in every
        if plan.page.original
        for address in facts_of(plan).claimed
    }
    site = _site(project, refs, pages + report.kept + report.standing, leading, claims)
    plans_to_write = [
        plan
        for plan in plans
        if run.meant.includes(plan.ref.slug, plan.page.locale)
        and not (plan.page.original and outlet.is_in_place(plan.ref))
    ]
    writer = _Writer(site, planner, keeper)
    writer.write(plans_to_write, on_progress)
    keeper.write()
    writer.copy_assets()
    if not outlet.has_places:
        writer.lead_on(refs, locales or project.locales)
        as_html = project.export.format == "html"
        if as_html:
            writer.write_pages_of_site()
    # Of some articles alone nobody can tell what is left over of the others.
    if run.meant.is_by_article:
        return report
    report.unused_counterparts = _unused_counterparts(project, report, locales)
    report.stale = sorted(_stale(outlet, report, locales or project.locales))
    return report


def _unused_counterparts(
    project: Project, report: ExportReport, locales: Sequence[str]
) -> list[tuple[str, str]]:
    # A page that was not made may have what the others lack.
    if report.failed or report.hidden or report.kept or report.standing or report.unaccepted:
        return []
    return [
        (locale, address)
        for address, by_locale in project.links.items()
        for locale in by_locale
        if (not locales or locale in locales)
        and (locale, address) not in report.counterparts_used
    ]


def _decide(outlet: Outlet, plans: list[Plan], meant: Meant, keeper: PageKeeper) -> list[Plan]:
    """Apply `missing`, and in place consent: give the plans that are carried out."""
    project, report = outlet.project, keeper.report
    published = []
    for plan in plans:
        if plan.page.bare and plan.is_translation and _is_left(outlet, plan, meant, keeper):
            continue
        missing = facts_of(plan).missing
        if missing and project.export.missing == "fail":
            from l10n.export.pages.render import incomplete  # noqa: PLC0415 - parsers load slowly

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


def _is_left(outlet: Outlet, plan: Plan, meant: Meant, keeper: PageKeeper) -> bool:
    """Whether a page in place is not written: nobody has accepted any passage, or one has to be looked at again."""
    facts = facts_of(plan)
    if facts.is_begun and not facts.is_waiting:
        return False
    page = _standing(outlet, plan)
    place = outlet.file(page.path)
    stands = place.exists()
    # The source in the place of what was translated would take from readers what they have.
    waits = stands and facts.is_waiting and outlet.project.export.missing == "source"
    if facts.is_begun and not waits:
        return False
    if not waits:
        keeper.report.unaccepted.append(plan.page)
    if stands:
        keeper.report.standing.append(page)
        if meant.includes(plan.ref.slug, plan.page.locale):
            keeper.leave(plan.ref, place, facts, plan.page.locale)
    return True


def _standing(outlet: Outlet, plan: Plan) -> Page:
    """Return the page that readers have of a plan: its own, or the one it had before its article was renamed."""
    if not outlet.file(plan.page.path).exists():
        for name in filter(is_plain, facts_of(plan).former):
            page = outlet.page(plan.ref, plan.page.locale, name)
            if outlet.file(page.path).exists():
                return page
    return plan.page


def _site(
    project: Project,
    refs: Sequence[ArticleRef],
    pages: Sequence[Page],
    fragments: frozenset[str],
    claims: Mapping[str, str],
) -> Site:
    files: dict[Path, tuple[str, str]] = {}
    for ref in refs:
        files[ref.path] = (ref.slug, ref.locale)
        files.update({path: (ref.slug, locale) for locale, path in ref.translations.items()})
    return Site(
        pages=tuple(pages),
        fragments=fragments,
        claims={posixpath.normpath(unquote(path)): slug for path, slug in claims.items()},
        base_url=project.export.base_url,
        root=project.root,
        files=files,
        counterparts={locale: project.counterparts(locale) for locale in project.locales},
        folders={
            folder: Folder(locale, place.name, place.folders)
            for place in project.places
            for locale, folder in reversed(list(place.folders.items()))
        },
        names=project.export.names,
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
        self.templates = project.templates if project.templates.is_dir() else None
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
        missing = [plan for plan, record in zip(plans, known, strict=True) if record is None]
        # Only these are rendered beforehand: HTML articles can be large, and no template is at fault in them.
        ready = list(self.made([plan for plan in missing if self.has_own_template(plan)]))
        for made in ready:
            if isinstance(made, L10nError):
                raise made
        beforehand = iter(ready)
        others = self.made([plan for plan in missing if not self.has_own_template(plan)])
        rows = zip(plans, places, known, strict=True)
        for number, (plan, place, record) in enumerate(rows, 1):
            try:
                if record is not None:
                    self.report.unchanged.append(place)
                    if plan.page.bare:
                        self.keeper.adopt(place, self.records.digest(place))
                    self.note(plan, record)
                else:
                    made = next(beforehand if self.has_own_template(plan) else others)
                    self.note(plan, self.take(plan, place, made))
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
            # It is not needed any more, and an archive has a million; the next page may be of the same article.
            plan.made_from = None
            if number == len(plans) or plans[number].original is not plan.original:
                plan.forget_text()
            if on_progress is not None:
                on_progress(number, len(plans))

    def has_own_template(self, plan: Plan) -> bool:
        return (
            self.templates is not None
            and self.project.format_of(plan.ref.place) == "html"
            and not formats()[plan.original.format].is_page
        )

    def made(self, plans: Sequence[Plan]) -> Iterator[MadePage | L10nError]:
        """Yield pages in the order of their plans, by whoever makes them."""
        maker = PageMaker(self.site, self.templates)
        return self.planner.workers.map(maker, (self.planner.source(plan) for plan in plans))

    def take(self, plan: Plan, place: Path, made: MadePage | L10nError) -> PageRecord:
        """Write a page that was made, and return what is to be known of it; raises what made that impossible."""
        if isinstance(made, L10nError):
            raise made
        if plan.page.bare:
            self.keeper.take(plan.ref, place, made, facts_of(plan), plan.page.locale)
        else:
            self.report.note(place, made.content)
        record = PageRecord(made.assets, made.counterparts, made.refusals)
        if not self.report.dry and self.planner.is_current(plan):
            self.records.keep(plan, place, made.content, record, made.asked)
        return record

    def note(self, plan: Plan, record: PageRecord) -> None:
        """Enter a page that is as it should be into the report."""
        report = self.report
        for address in record.counterparts:
            report.counterparts_used.add((plan.page.locale, address))
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
            report.drafts += facts_of(plan).drafts
            report.untranslated += facts_of(plan).missing

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

    def write_pages_of_site(self) -> None:
        """Write what a server shows for `/`, unless somebody else's page is there, and the list for search engines."""
        site = self.site
        front = self.outlet.file(FRONT_PAGE)

        def front_content() -> bytes | None:
            # Names of languages load slowly.
            from l10n.export.front_page import front_page, is_ours  # noqa: PLC0415

            return front_page(site).encode() if is_ours(front) else None

        def map_content() -> bytes:
            from l10n.export.sitemap import sitemap  # noqa: PLC0415 - what writes tags loads slowly

            return sitemap(site).encode()

        if all(page.path != FRONT_PAGE for page in site.pages):
            self.records.write_of_site(self.report, front, front_content)
        if site.base_url:
            self.records.write_of_site(
                self.report, self.outlet.file("sitemap.xml"), map_content
            )

    def lead_on(self, refs: Sequence[ArticleRef], locales: Sequence[str]) -> None:
        """Write the pages that lead from earlier addresses of articles to those of today."""
        as_html = self.project.export.format == "html"
        former = self.planner.former
        for path, content in redirects(refs, former, self.site, locales, as_html=as_html):
            place = self.outlet.file(path)
            self.records.write(self.report, place, content)
            self.report.redirects.append(place)


def _stale(outlet: Outlet, report: ExportReport, locales: Sequence[str]) -> Iterator[Path]:
    # As texts: thousands of paths, and a Path is slow to compare.
    accounted = {*map(str, report.written), *map(str, report.unchanged)}
    accounted |= {*map(str, report.assets), *map(str, report.redirects)}
    accounted |= {f"{report.out}/{page.path}" for page in (*report.kept, *report.standing)}
    accounted |= {str(page) for _article, page in report.theirs}
    accounted |= {str(losing.page) for losing in report.losing}
    if outlet.has_places:
        project = outlet.project
        pages = own_pages(project)
        for name in pages:
            path = project.root / name
            location = project.locate(path)
            if (
                location is not None
                and location.locale in locales
                and str(path) not in accounted
                and is_own(project, pages, path)
            ):
                yield path
        return
    for locale in locales:
        for place, _folders, files in os.walk(report.out / locale):
            for name in files:
                file = os.path.join(place, name)  # noqa: PTH118 - thousands of files, nearly all of them ours
                if file not in accounted and os.path.isfile(file):  # noqa: PTH113
                    yield Path(file)
