"""Which pages an export makes, and what it has to know of articles and catalogs before it makes the first.

What is known from an earlier run is not read again: an article and a catalog that nobody changed cost a look at their files.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from functools import cached_property
from pathlib import Path

from l10n.articles import open_article, reading_of, suffixes
from l10n.catalog.header import former_paths
from l10n.errors import CatalogError, L10nError
from l10n.export.making import (
    ArticleText,
    CatalogSource,
    Facts,
    PageSource,
    Refusal,
    Source,
    find_facts,
)
from l10n.export.paths import Outlet
from l10n.export.report import ExportReport
from l10n.export.site import Page
from l10n.foreign import fitting, stored_json, texts, understood
from l10n.ledger import Ledger
from l10n.project import ArticleRef
from l10n.text.percent import reaches
from l10n.workers import ALONE, Workers

_MOST_KEPT = 1000
"""Articles as they were read that are kept until their pages are written: some 4 kB a text, and an archive has millions."""


class Original:
    """An article that is read when its text is asked for, once for all its pages."""

    def __init__(self, ref: ArticleRef, ledger: Ledger) -> None:
        self.ref = ref
        self.digest = ledger.digest(ref.path)
        self.reading = reading_of(ref.path, ref.locale, ref.options)
        self.format = suffixes().get(ref.path.suffix.lower(), "")

    @cached_property
    def text(self) -> ArticleText:
        """Its text; ArticleError where it cannot be read."""
        return ArticleText(
            open_article(self.ref.path, self.ref.locale, options=self.ref.options)
        )


class Plan:
    """One page, and what it is made from."""

    def __init__(
        self, original: Original, page: Page, catalog: Path | None, inputs: bytes
    ) -> None:
        self.original = original
        self.ref = original.ref
        self.page = page
        self.catalog = catalog
        """None for the original itself."""
        self.inputs = inputs
        """What article and catalog were when it was planned."""
        self.facts: Facts | None = None
        """What has to be known of it; None where that is not found out yet."""
        self.made_from: PageSource | None = None
        """What it is made from, once that was asked for."""

    @property
    def is_translation(self) -> bool:
        """Whether it shows what a catalog says."""
        return self.catalog is not None

    def forget_text(self) -> None:
        """Let go of what the page is made from: it is read again when it is needed, and an archive does not fit into memory."""
        self.made_from = None
        self.original.__dict__.pop("text", None)


class Planner:
    """Plans the pages of a project; `plans` are all of them, and what cannot be read is in the report."""

    def __init__(
        self,
        outlet: Outlet,
        report: ExportReport,
        ledger: Ledger,
        *,
        drafts: bool,
        workers: Workers = ALONE,
    ) -> None:
        self.outlet = outlet
        self.project = outlet.project
        self.report = report
        self.ledger = ledger
        self.drafts = drafts
        self.workers = workers
        self.former: dict[str, dict[str, None]] = {}
        """Paths that articles had before, by slug, as their catalogs tell."""

    def plans(self, refs: Sequence[ArticleRef]) -> Iterator[Plan]:
        """Yield the plan of every page, article by article, the original first."""
        waiting: deque[Plan] = deque()
        unread: set[Path] = set()
        kept = 0

        def sources() -> Iterator[Source]:
            for ref in refs:
                original = Original(ref, self.ledger)
                for locale in (ref.locale, *self.project.targets_of(ref)):
                    plan = self._plan(original, locale)
                    waiting.append(plan)
                    if plan.facts is None:
                        yield self.source(plan)

        for facts in self.workers.map(find_facts, sources()):
            while waiting[0].facts is not None:
                yield from self._ready(waiting.popleft(), unread)
            plan = waiting.popleft()
            if plan.made_from is not None:
                # Read here for what it says, it need not be read again to be written, as long as there are not many.
                kept += plan.made_from.text.is_read
                if not plan.made_from.text.is_read or kept > _MOST_KEPT:
                    plan.forget_text()
            if isinstance(facts, L10nError):
                self._give_up(plan, facts, unread)
                continue
            plan.facts = facts
            if self.is_current(plan):
                self.ledger.keep("facts", _name(plan), plan.inputs, _pack(facts))
            yield from self._ready(plan, unread)
        while waiting:
            yield from self._ready(waiting.popleft(), unread)

    def source(self, plan: Plan) -> Source:
        """Return what a page is made from, or why it cannot be made."""
        if plan.made_from is None:
            try:
                plan.made_from = PageSource(
                    plan.original.text,
                    self._catalog(plan),
                    plan.page,
                    self.drafts,
                    self.project.format_of(plan.ref.place),
                )
            except L10nError as error:
                return error
        plan.made_from.page = plan.page
        return plan.made_from

    def _catalog(self, plan: Plan) -> CatalogSource | None:
        if plan.catalog is None:
            return None
        from l10n.catalog.file import content_of  # noqa: PLC0415 - where nothing has changed no catalog is read

        return CatalogSource(
            plan.catalog,
            content_of(plan.catalog),
            plan.ref.locale,
            plan.page.locale,
            self.project.relative(plan.ref.path),
        )

    def _give_up(self, plan: Plan, error: L10nError, unread: set[Path]) -> None:
        """Note a page that cannot be made; with an original go all its translations."""
        ref = plan.ref
        if ref.path in unread:
            return
        self.report.problems.append(error)
        if plan.is_translation:
            self.report.failed += 1
            if self.outlet.file(plan.page.path).exists():
                self.report.kept.append(plan.page)
            return
        unread.add(ref.path)
        self.report.failed += 1 + len(self.project.targets_of(ref))
        self.report.kept += self._published_before(ref)
        self._note_former(ref)

    def is_current(self, plan: Plan) -> bool:
        """Whether article and catalog are still what they were when a page was planned."""
        return plan.inputs == self._inputs(plan.original, plan.page, plan.catalog, again=True)

    def _plan(self, original: Original, locale: str) -> Plan:
        """Return the plan of a page, with what is known of it from an earlier run where nothing has changed since."""
        page = self.outlet.page(original.ref, locale)
        is_original = locale == original.ref.locale
        catalog = None if is_original else self.project.catalog_path(page.slug, locale)
        plan = Plan(original, page, catalog, self._inputs(original, page, catalog))
        known = self.ledger.recall("facts", _name(plan), plan.inputs)
        if isinstance(known, str):
            # What somebody else wrote, or a disk lost, is found out again.
            plan.facts = understood(_unpack, known)
        return plan

    def _ready(self, plan: Plan, unread: set[Path]) -> Iterator[Plan]:
        """Yield a plan of which all is known, with what that says about the page."""
        if plan.ref.path in unread or plan.facts is None:
            return
        if plan.catalog is not None:
            name = self.project.relative(plan.catalog) if plan.facts.refusals else ""
            for message, line, is_draft in plan.facts.refusals:
                self.report.problems.append(L10nError(message, path=name, line=line))
                self.report.refused += not is_draft
            if plan.facts.former:
                former = self.former.setdefault(plan.page.slug, {})
                former.update(dict.fromkeys(plan.facts.former))
            if plan.page.indexable != (indexable := self._indexable(plan.facts, plan.page)):
                plan.page = replace(plan.page, indexable=indexable)
        yield plan

    def _inputs(
        self, original: Original, page: Page, catalog: Path | None, *, again: bool = False
    ) -> bytes:
        article = self.ledger.digest(original.ref.path) if again else original.digest
        parts = (article, original.reading, page.locale, f"{self.drafts:d}{page.bare:d}")
        if catalog is None:
            return self.ledger.fingerprint(*parts)
        content = self.ledger.digest(catalog)
        # Without a catalog nothing is translated; one that cannot be read is a problem.
        return self.ledger.fingerprint(*parts, content or str(catalog.exists()))

    def _indexable(self, facts: Facts, page: Page) -> bool:
        """Whether search engines may list a page: reviewed enough, and not one passage only a machine saw."""
        threshold = self.project.thresholds(page.locale, page.slug).min_reviewed
        nobody = facts.total > 0 and facts.accepted == 0
        return reaches(facts.reviewed, facts.total, threshold) and not nobody

    def _note_former(self, ref: ArticleRef) -> None:
        """Note the paths that an article had before, though itself it cannot be read."""
        from l10n.catalog.file import read_header  # noqa: PLC0415 - as above

        for target in self.project.targets_of(ref):
            catalog = self.project.catalog_path(ref.slug, target)
            try:
                header = read_header(catalog) if catalog.exists() else {}
            except CatalogError:
                # The check names it.
                continue
            if paths := former_paths(header):
                self.former.setdefault(ref.slug, {}).update(dict.fromkeys(paths))

    def _published_before(self, ref: ArticleRef) -> list[Page]:
        locales = (ref.locale, *self.project.targets_of(ref))
        pages = [self.outlet.page(ref, locale) for locale in locales]
        # In place the original lies where its page would.
        files = ((page, self.outlet.file(page.path)) for page in pages)
        return [page for page, file in files if file != ref.path and file.exists()]


def facts_of(plan: Plan) -> Facts:
    """Return what is known of a page that was planned."""
    return plan.facts or Facts()


def _name(plan: Plan) -> str:
    return f"{plan.page.slug}\0{plan.page.locale}"


def _pack(facts: Facts) -> str:
    return json.dumps(astuple(facts), ensure_ascii=False)


def _unpack(text: str) -> Facts:
    names, claimed, *counts, taken_in, former, rows = stored_json(text)
    fitting((*counts, taken_in), (*[int] * 7, str))
    reviewed, total, accepted, missing, changed, unknown, drafts = counts
    kinds = (str, (int, type(None)), bool)
    refused = tuple(Refusal(*fitting(row, kinds)) for row in rows)
    return Facts(
        texts(names),
        texts(claimed),
        reviewed,
        total,
        accepted,
        missing,
        changed,
        unknown,
        drafts,
        taken_in,
        texts(former),
        refused,
    )
