"""Which pages an export makes, and what it has to know of articles and catalogs before it makes the first.

What is known from an earlier run is not read again: an article and a catalog that nobody changed cost a look at their files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from l10n.articles import read_article, reading_of
from l10n.catalog import Catalog
from l10n.catalog.file import read_header
from l10n.catalog.header import former_paths
from l10n.errors import CatalogError, L10nError
from l10n.export.choices import Choice, Choices, choose
from l10n.export.pages.heading_ids import fragments
from l10n.export.paths import Outlet, load_catalog
from l10n.export.report import ExportReport
from l10n.export.site import Page
from l10n.foreign import ForeignError, fitting, foreign_data, texts
from l10n.interface import gettext as _
from l10n.ledger import Ledger
from l10n.model import Article, Key, State
from l10n.project import ArticleRef
from l10n.project.pages import TAKEN_IN
from l10n.text.percent import reaches


class Refusal(NamedTuple):
    """A translation that cannot be shown."""

    message: str
    line: int | None
    """Of its catalog."""
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What an export has to know of an article in one locale before it makes any page; empty for an original."""

    fragments: tuple[str, ...] = ()
    """Of an original: names of places that its links lead to."""
    reviewed: int = 0
    total: int = 0
    accepted: int = 0
    missing: int = 0
    drafts: int = 0
    """As `Choices` counts them."""
    taken_in: str = ""
    """What the catalog says it was filled from."""
    former: tuple[str, ...] = ()
    """Paths that the article had before, as the catalog tells."""
    refusals: tuple[Refusal, ...] = ()


class Original:
    """An article that is read when its text is asked for, once for all its pages."""

    def __init__(self, ref: ArticleRef, ledger: Ledger) -> None:
        self.ref = ref
        self.digest = ledger.digest(ref.path)
        self.reading = reading_of(ref.path, ref.locale, ref.options)

    @cached_property
    def article(self) -> Article:
        """The article; ArticleError where it cannot be read."""
        return read_article(self.ref.path, self.ref.locale, options=self.ref.options)


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
        self.facts = Facts()
        self.choices: Choices | None = None
        """What it shows, once that was asked for."""

    @property
    def is_translation(self) -> bool:
        """Whether it shows what a catalog says."""
        return self.catalog is not None

    @property
    def article(self) -> Article:
        """The article it shows."""
        return self.original.article


class Planner:
    """Plans the pages of a project; `plans` are all of them, and what cannot be read is in the report."""

    def __init__(
        self, outlet: Outlet, report: ExportReport, ledger: Ledger, *, drafts: bool
    ) -> None:
        self.outlet = outlet
        self.project = outlet.project
        self.report = report
        self.ledger = ledger
        self.drafts = drafts
        self.former: dict[str, dict[str, None]] = {}
        """Paths that articles had before, by slug, as their catalogs tell."""

    def plans(self, refs: Sequence[ArticleRef]) -> Iterator[Plan]:
        """Yield the plan of every page, article by article, the original first."""
        for ref in refs:
            original = Original(ref, self.ledger)
            try:
                plan = self._original(original)
            except L10nError as error:
                self.report.problems.append(error)
                self.report.failed += 1 + len(self.project.targets_of(ref))
                self.report.kept += self._published_before(ref)
                self._note_former(ref)
                continue
            yield plan
            for target in self.project.targets_of(ref):
                page = self.outlet.page(ref, target)
                try:
                    yield self._translation(original, page)
                except L10nError as error:
                    self.report.problems.append(error)
                    self.report.failed += 1
                    if self.outlet.file(page.path).exists():
                        self.report.kept.append(page)

    def choices(self, plan: Plan) -> Choices | None:
        """Return what a page shows; None for an original. Raises L10nError where article or catalog cannot be read."""
        if plan.choices is None and plan.catalog is not None:
            catalog = load_catalog(self.project, plan.ref, plan.page.locale)
            plan.choices = self._choose(plan, catalog)
        return plan.choices

    def _choose(self, plan: Plan, catalog: Catalog) -> Choices:
        return choose(plan.article, catalog, drafts=self.drafts, published=plan.page.bare)

    def is_current(self, plan: Plan) -> bool:
        """Whether article and catalog are still what they were when a page was planned."""
        return plan.inputs == self._inputs(plan.original, plan.page, plan.catalog, again=True)

    def _original(self, original: Original) -> Plan:
        ref = original.ref
        page = self.outlet.page(ref, ref.locale)
        plan = Plan(original, page, None, self._inputs(original, page, None))
        self._learn(plan)
        return plan

    def _translation(self, original: Original, page: Page) -> Plan:
        catalog = self.project.catalog_path(page.slug, page.locale)
        plan = Plan(original, page, catalog, self._inputs(original, page, catalog))
        self._learn(plan)
        name = self.project.relative(catalog)
        for message, line, is_draft in plan.facts.refusals:
            self.report.problems.append(L10nError(message, path=name, line=line))
            self.report.refused += not is_draft
        if plan.facts.former:
            self.former.setdefault(page.slug, {}).update(dict.fromkeys(plan.facts.former))
        plan.page = replace(page, indexable=self._indexable(plan))
        return plan

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

    def _learn(self, plan: Plan) -> None:
        """Find out what has to be known of a page, from an earlier run where nothing has changed since."""
        name = f"{plan.page.slug}\0{plan.page.locale}"
        known = self.ledger.recall("facts", name, plan.inputs)
        if isinstance(known, str):
            # What somebody else wrote, or a disk lost, is found out again.
            with suppress(ForeignError), foreign_data():
                plan.facts = _unpack(known)
                return
        plan.facts = self._facts(plan)
        if self.is_current(plan):
            self.ledger.keep("facts", name, plan.inputs, _pack(plan.facts))

    def _facts(self, plan: Plan) -> Facts:
        if plan.catalog is None:
            return Facts(tuple(sorted(fragments(plan.article.text))))
        article = plan.article
        catalog = load_catalog(self.project, plan.ref, plan.page.locale)
        plan.choices = choices = self._choose(plan, catalog)
        return Facts(
            (),
            choices.reviewed,
            choices.total,
            choices.accepted,
            choices.missing,
            choices.drafts,
            catalog.header.get(TAKEN_IN, ""),
            former_paths(catalog.header),
            tuple(
                Refusal(problem.message, problem.line, choice.state is State.DRAFT)
                for choice, problem in refusals(article, choices, catalog, plan.catalog)
            ),
        )

    def _indexable(self, plan: Plan) -> bool:
        """Whether search engines may list a page: reviewed enough, and not one passage only a machine saw."""
        facts = plan.facts
        threshold = self.project.thresholds(plan.page.locale, plan.page.slug).min_reviewed
        nobody = facts.total > 0 and facts.accepted == 0
        return reaches(facts.reviewed, facts.total, threshold) and not nobody

    def _note_former(self, ref: ArticleRef) -> None:
        """Note the paths that an article had before, though itself it cannot be read."""
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
        return [page for page in pages if self.outlet.file(page.path).exists()]


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


def _pack(facts: Facts) -> str:
    return json.dumps(astuple(facts), ensure_ascii=False)


def _unpack(text: str) -> Facts:
    names, reviewed, total, accepted, missing, drafts, taken_in, former, rows = json.loads(text)
    counts = (reviewed, total, accepted, missing, drafts)
    fitting((*counts, taken_in), (*[int] * 5, str))
    kinds = (str, (int, type(None)), bool)
    refused = tuple(Refusal(*fitting(row, kinds)) for row in rows)
    return Facts(texts(names), *counts, taken_in, texts(former), refused)
