"""The whole site: which pages a project publishes, and everything written in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from l10n.articles import formats, read_article
from l10n.catalog import Catalog
from l10n.errors import L10nError, ProjectError
from l10n.export.choices import Choice, Choices, choose
from l10n.export.in_place import PageKeeper
from l10n.export.pages.heading_ids import fragments
from l10n.export.pages.render import Rendered, incomplete, render_page
from l10n.export.paths import Outlet, inside, load_catalog, refuse_generators_page
from l10n.export.presence import absent
from l10n.export.redirects import redirects
from l10n.export.report import ExportReport
from l10n.export.site import Folder, Page, Site, clashes
from l10n.export.sitemap import sitemap
from l10n.files import read_bytes
from l10n.interface import gettext as _
from l10n.model import Article, Key, Kind, State
from l10n.project import ArticleRef, Project
from l10n.project.pages import TAKEN_IN, is_own, own_pages
from l10n.text.percent import reaches


@dataclass(frozen=True, slots=True)
class _Plan:
    """One page, and what it is made from."""

    ref: ArticleRef
    page: Page
    article: Article
    choices: Choices | None
    taken_in: str = ""
    """What the catalog says it was filled from."""


def export_project(
    project: Project,
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
    stops the whole export.
    """
    settings = project.export
    show_drafts = settings.drafts if drafts is None else drafts
    outlet = Outlet.of(project, out)
    refs = [ref for ref in project.articles() if ref.path not in without]
    refuse_generators_page(outlet, refs)
    report = ExportReport(outlet.root, dry=dry)
    keeper = PageKeeper(project, report, replace_theirs=replace_theirs)
    every = list(_plans(outlet, refs, report, drafts=show_drafts))
    plans = _decide(project, every, report, keeper)
    pages = [plan.page for plan in plans]
    leading = frozenset[str]().union(*(fragments(plan.article.text) for plan in plans))
    site = _site(project, refs, pages + report.kept + report.standing, leading)
    plans_to_write = [
        plan
        for plan in plans
        if (not locales or plan.page.locale in locales)
        and not (plan.page.original and outlet.is_in_place(plan.ref))
    ]
    assets: dict[str, Path] = {}
    # Only these are rendered beforehand: HTML articles can be large, and no template is at fault in them.
    ready = _through_own_templates(project, plans_to_write, site)
    for number, plan in enumerate(plans_to_write):
        rendered = ready.pop(plan.page.path, None) or _render(project, plan, site)
        try:
            _write(project, plan, rendered, report, assets=assets, keeper=keeper)
        except ProjectError:
            raise
        except L10nError as error:
            # A page that is read-only, a full disk: the others are written where they can be.
            report.problems.append(error)
            report.failed += 1
        except OSError as error:
            # `.html` made a name too long that was not as `.md`.
            report.problems.append(L10nError(error.strerror or str(error), path=plan.page.path))
            report.failed += 1
        if on_progress is not None:
            on_progress(number + 1, len(plans_to_write))
    keeper.write()
    _copy(assets, report)
    if not outlet.has_places:
        _lead_on(project, report, site, locales or project.locales)
        if site.base_url and settings.format == "html":
            report.note_file(inside(outlet.root, "sitemap.xml"), sitemap(site).encode())
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


def _plans(
    outlet: Outlet, refs: Sequence[ArticleRef], report: ExportReport, *, drafts: bool
) -> Iterator[_Plan]:
    project = outlet.project
    for ref in refs:
        try:
            article = read_article(ref.path, ref.locale, options=ref.options)
        except L10nError as error:
            report.problems.append(error)
            report.failed += 1 + len(project.targets_of(ref))
            report.kept += _published_before(outlet, ref)
            continue
        yield _Plan(ref, outlet.page(ref, ref.locale), article, None)
        for target in project.targets_of(ref):
            page = outlet.page(ref, target)
            try:
                catalog = load_catalog(project, ref, target)
                choices = _choices(project, catalog, page, article, report, drafts=drafts)
            except L10nError as error:
                report.problems.append(error)
                report.failed += 1
                if inside(report.out, page.path).exists():
                    report.kept.append(page)
                continue
            yield _Plan(
                ref,
                replace(page, indexable=_indexable(project, page, choices)),
                article,
                choices,
                catalog.header.get(TAKEN_IN, ""),
            )


def _published_before(outlet: Outlet, ref: ArticleRef) -> list[Page]:
    locales = (ref.locale, *outlet.project.targets_of(ref))
    pages = [outlet.page(ref, locale) for locale in locales]
    return [page for page in pages if inside(outlet.root, page.path).exists()]


def _choices(
    project: Project,
    catalog: Catalog,
    page: Page,
    article: Article,
    report: ExportReport,
    *,
    drafts: bool,
) -> Choices:
    path = project.catalog_path(page.slug, page.locale)
    choices = choose(article, catalog, drafts=drafts, published=page.bare)
    for choice, problem in refusals(article, choices, catalog, project.relative(path)):
        report.problems.append(problem)
        report.refused += choice.state is not State.DRAFT
    return choices


def refusals(
    article: Article, choices: Choices, catalog: Catalog, path: Path | str
) -> Iterator[tuple[Choice, L10nError]]:
    """Yield the translations that cannot be shown, each once, and why; `path` is how the catalog is named."""
    reported: set[Key] = set()
    for block, choice in zip(article.blocks, choices.blocks, strict=True):
        if choice.problem and block.unit.key not in reported:
            reported.add(block.unit.key)
            entry = catalog.find(block.unit.msgid, block.unit.context)
            line = entry.line if entry is not None else None
            message = _("not shown: {problem}").format(problem=choice.problem)
            yield choice, L10nError(message, path=path, line=line)


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


def _indexable(project: Project, page: Page, choices: Choices) -> bool:
    """Whether search engines may list a page: reviewed enough, and not one passage only a machine saw."""
    threshold = project.thresholds(page.locale, page.slug).min_reviewed
    nobody = choices.total > 0 and choices.accepted == 0
    return reaches(choices.reviewed, choices.total, threshold) and not nobody


def _decide(
    project: Project, plans: list[_Plan], report: ExportReport, keeper: PageKeeper
) -> list[_Plan]:
    """Apply `missing`, and in place consent: give the plans that are carried out."""
    published = []
    for plan in plans:
        if plan.page.bare and plan.choices is not None and not plan.choices.accepted:
            place = inside(report.out, plan.page.path)
            report.unaccepted.append(plan.page)
            if place.exists():
                report.standing.append(plan.page)
                keeper.leave(plan.ref, place, plan.taken_in)
            continue
        missing = plan.choices is not None and not plan.choices.is_complete
        if missing and project.export.missing == "fail" and plan.choices is not None:
            raise incomplete(plan.article, plan.page.locale, plan.choices)
        if missing and project.export.missing == "hide-page":
            report.hidden.append(plan.page)
        elif missing and project.export.missing == "keep":
            is_published = inside(report.out, plan.page.path).exists()
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


def _own_templates(project: Project) -> Path | None:
    folder = project.root / "templates"
    return folder if folder.is_dir() else None


def _through_own_templates(
    project: Project, plans: Sequence[_Plan], site: Site
) -> dict[str, Rendered]:
    """Return by path the pages that the project's own templates make: a mistake there stops all before it begins."""
    if _own_templates(project) is None or project.export.format != "html":
        return {}
    made = (plan for plan in plans if not formats()[plan.article.format].is_page)
    return {plan.page.path: _render(project, plan, site) for plan in made}


def _render(project: Project, plan: _Plan, site: Site) -> Rendered:
    return render_page(
        plan.article,
        plan.choices,
        plan.page,
        site,
        format=project.export.format,
        templates=_own_templates(project),
    )


def _write(
    project: Project,
    plan: _Plan,
    rendered: Rendered,
    report: ExportReport,
    *,
    assets: dict[str, Path],
    keeper: PageKeeper,
) -> None:
    place, content = inside(report.out, plan.page.path), encode(rendered.text, plan.article)
    if plan.page.bare:
        keeper.take(plan.ref, place, content, plan.taken_in)
    else:
        report.note(place, content)
    report.counterparts_used |= {
        (plan.page.locale, address) for address in rendered.counterparts
    }
    for path, file in rendered.assets.items():
        if assets.setdefault(path, file) != file and read_bytes(assets[path]) != read_bytes(
            file
        ):
            message = _("{one} and {other} would both be copied to {path}").format(
                one=project.relative(assets[path]), other=project.relative(file), path=path
            )
            report.problems.append(
                ProjectError(message, path=project.relative(plan.article.path))
            )
    if plan.choices is not None:
        catalog = project.catalog_path(plan.page.slug, plan.page.locale)
        name = project.relative(catalog)
        for choice, problem in lost(plan.article, plan.choices, rendered.text, catalog, name):
            report.problems.append(problem)
            report.refused += choice.state is not State.DRAFT
        report.drafts += plan.choices.drafts
        report.untranslated += plan.choices.missing


def encode(page: str, article: Article) -> bytes:
    """Return the bytes of a page: in the encoding of its article where that is a page too, which names it."""
    # Of nothing, an encoding with a byte order mark makes a file of two bytes.
    if page and formats()[article.format].is_page:
        return page.encode(article.encoding, "xmlcharrefreplace")
    return page.encode()


def _copy(assets: dict[str, Path], report: ExportReport) -> None:
    for path, file in assets.items():
        place = inside(report.out, path)
        try:
            report.note_file(place, read_bytes(file))
        except OSError as error:
            report.problems.append(L10nError(error.strerror or str(error), path=file))
            continue
        except L10nError as error:
            report.problems.append(error)
            continue
        report.assets.append(place)


def _lead_on(
    project: Project, report: ExportReport, site: Site, locales: Sequence[str]
) -> None:
    taken = {page.path for page in site.pages}
    for path, content in redirects(project, site, taken, locales):
        report.note_file(place := inside(report.out, path), content)
        report.redirects.append(place)


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
    for locale in locales:
        for path in (report.out / locale).rglob("*"):
            if path.is_file() and path not in accounted:
                yield path
