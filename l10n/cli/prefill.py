"""`l10n prefill`: drafts for what is untranslated, and word of how far they can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from l10n.catalog import Catalog
from l10n.cli import complain
from l10n.cli.progress import Progress
from l10n.cli.tm import open_memory
from l10n.drafting.prefill import MINIMUM, Drafted, PrefillReport
from l10n.drafting.prefill import prefill as fill
from l10n.drafting.trust import explain as in_words
from l10n.engines import Engine, Settings, load_engine, resolve_pair
from l10n.engines.cache import FILE as DRAFTS
from l10n.engines.cache import DraftCache, cached
from l10n.errors import CatalogError, EngineError, ProjectError, UsageError
from l10n.glossary import Glossary
from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.memory import Memory
from l10n.model import Band, Origin
from l10n.project import DEFAULT_ENGINES, Project, derived_folder, select_catalogs

_MACHINE = {
    Band.GOOD: N_("by machine, good"),
    Band.FAIR: N_("by machine, fair"),
    Band.POOR: N_("by machine, poor"),
}


@dataclass(frozen=True, slots=True)
class PrefillOptions:
    """What `l10n prefill` can be told."""

    engine: str | None = None
    """The only engine to use; None takes the project's."""
    only: str | None = None
    """`tm` or `mt`."""
    second: str | None = None
    """An engine to compare with."""
    minimum: int = MINIMUM
    """Percent from which a similar match is taken."""
    source: str | None = None
    """Source locale of catalogs that do not say it."""
    jobs: int | None = None
    dry_run: bool = False
    explain: bool = False


@click.command(help=_("Draft what is untranslated: exact and similar matches, then an engine."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option("--engine", metavar=_("NAME"), help=_("Use this engine and no other."))
@click.option(
    "--only", type=click.Choice(["tm", "mt"]), help=_("Only the memory, or only an engine.")
)
@click.option("--second", metavar=_("NAME"), help=_("Compare drafts with another engine's."))
@click.option(
    "--minimum",
    type=click.IntRange(50, 100),
    default=MINIMUM,
    metavar=_("PERCENT"),
    help=_("Least likeness of a match from the memory (75)."),
)
@click.option(
    "--from", "source", metavar=_("LOCALE"), help=_("Source locale, if a catalog does not say.")
)
@click.option("--jobs", type=click.IntRange(1), help=_("Processor cores to use."))
@click.option("--dry-run", is_flag=True, help=_("Say what would be done, change nothing."))
@click.option("--explain", is_flag=True, help=_("List every draft with its band and reasons."))
def prefill(*, names: tuple[str, ...], **options: Any) -> int:
    """Draft the catalogs that are named, or all of the project."""
    try:
        project = Project.find()
    except ProjectError:
        if not names:
            raise
        project = None
    paths = select_catalogs(names, project)
    return prefill_catalogs(project, paths, PrefillOptions(**options))


def prefill_catalogs(
    project: Project | None, paths: Sequence[Path], options: PrefillOptions
) -> int:
    """Draft catalogs and say what was done; gives the exit status."""
    catalogs, damaged = _load(paths)
    with ExitStack() as stack:
        drafting = _Drafting(
            options,
            project,
            stack.enter_context(DraftCache(derived_folder(project) / DRAFTS)),
            stack.enter_context(open_memory(project)) if project else None,
            Glossary.load(project.glossary_path) if project else Glossary(),
        )
        try:
            for pair, group in drafting.by_pair(catalogs).items():
                drafting.draft(group, *pair)
        except KeyboardInterrupt:
            click.echo(
                _("Interrupted. What was finished is saved; type it again to go on."), err=True
            )
            raise
    click.echo(summary(drafting.report, dry_run=options.dry_run), err=True)
    return 2 if damaged else 0


def summary(report: PrefillReport, *, dry_run: bool = False) -> str:
    """Say in one line what a run did."""
    if dry_run:
        return _(
            "Would take {exact} exact and {fuzzy} similar matches and send {machine} entries to an engine."
        ).format(exact=report.exact, fuzzy=report.fuzzy, machine=report.machine)
    good, fair, poor = (report.bands[band] for band in Band)
    told = (
        (good, ngettext("{n} good", "{n} good", good)),
        (fair, ngettext("{n} fair", "{n} fair", fair)),
        (poor, ngettext("{n} poor", "{n} poor", poor)),
    )
    bands = ", ".join(text.format(n=n) for n, text in told if n)
    parts = [
        (report.exact, ngettext("{n} exact match", "{n} exact matches", report.exact)),
        (report.fuzzy, ngettext("{n} similar match", "{n} similar matches", report.fuzzy)),
        (
            report.machine,
            ngettext("{n} by machine ({bands})", "{n} by machine ({bands})", report.machine),
        ),
        (report.left, ngettext("{n} left untranslated", "{n} left untranslated", report.left)),
    ]
    said = ", ".join(text.format(n=n, bands=bands) for n, text in parts if n)
    return _("Drafts: {said}.").format(said=said) if said else _("Nothing to draft.")


@dataclass(slots=True)
class _Drafting:
    """A run over catalogs of several pairs."""

    options: PrefillOptions
    project: Project | None
    cache: DraftCache
    memory: Memory | None
    glossary: Glossary
    report: PrefillReport = field(default_factory=PrefillReport)

    def by_pair(self, catalogs: Iterable[Catalog]) -> dict[tuple[str, str], list[Catalog]]:
        """Group catalogs by source and target locale; UsageError where the source is unknown."""
        groups: dict[tuple[str, str], list[Catalog]] = {}
        for catalog in catalogs:
            source = catalog.source_locale or self.options.source
            if source is None and self.project:
                source = self.project.source
            if source is None:
                raise UsageError(
                    _("the catalog does not say its source locale"),
                    path=catalog.path,
                    hint="l10n prefill --from LOCALE …",
                )
            groups.setdefault((source, catalog.target_locale), []).append(catalog)
        return groups

    def draft(self, catalogs: Sequence[Catalog], source: str, target: str) -> None:
        """Draft catalogs of one pair with the first engine that works; the memory alone without any."""
        before = self.report
        for engine in self._engines(source, target):
            try:
                self._run(catalogs, source, target, engine)
            except EngineError as error:
                # What the memory gave is saved; the next engine takes what is left.
                complain(error)
                self.report = before
            else:
                return
        self._run(catalogs, source, target, None)
        if self.options.only != "tm" and self.report.left > before.left:
            complain(_no_engine(source, target))

    def _engines(self, source: str, target: str) -> Iterable[Engine]:
        """Give the engines that can do a pair here, each made when it is its turn."""
        if self.options.only == "tm":
            return
        named = self.options.engine
        names = (named,) if named else self.project.engines if self.project else DEFAULT_ENGINES
        for name in names:
            try:
                engine = load_engine(name, self._settings(name))
                if resolve_pair(engine.pairs(), source, target):
                    yield cached(engine, self.cache)
            except EngineError as error:
                if named:
                    raise
                # A missing program is told once, with all else that is missing.
                if not error.hint:
                    complain(error)

    def _settings(self, name: str) -> Settings:
        settings = dict(self.project.engine_settings(name)) if self.project else {}
        return settings | ({"threads": self.options.jobs} if self.options.jobs else {})

    def _run(
        self, catalogs: Sequence[Catalog], source: str, target: str, engine: Engine | None
    ) -> None:
        second = self.options.second
        with Progress(f"{source} → {target}") as progress:
            report = fill(
                catalogs,
                engine=engine,
                memory=self.memory,
                glossary=self.glossary,
                second=load_engine(second, self._settings(second)) if second else None,
                drafts=self.cache,
                source=source,
                only=self.options.only,
                minimum=self.options.minimum,
                dry_run=self.options.dry_run,
                on_progress=progress,
                on_entry=_explain if self.options.explain else None,
            )
        self.report = self.report + report


def _no_engine(source: str, target: str) -> EngineError:
    one, two = source.partition("-")[0], target.partition("-")[0]
    commands = f"l10n engines install {one} {two}"
    if {one, two} == {"en", "es"}:
        commands += _("  or: {command}").format(command="apt install apertium-eng-spa")
    return EngineError(
        _("no engine here translates {source} to {target}").format(
            source=source, target=target
        ),
        hint=commands,
    )


def _load(paths: Iterable[Path]) -> tuple[list[Catalog], int]:
    """Load catalogs; a damaged one is told and counted."""
    catalogs, damaged = [], 0
    for path in paths:
        try:
            catalogs.append(Catalog.load(path))
        except CatalogError as error:
            complain(error)
            damaged += 1
    return catalogs, damaged


def _explain(drafted: Drafted) -> None:
    """Print one entry: where, how good, the texts, and why."""
    entry = drafted.entry
    place = f"{drafted.catalog.path}:{entry.line}"
    if drafted.match:
        said = _("memory, {percent} %").format(percent=drafted.match.percent)
    elif drafted.origin is Origin.MT and drafted.verdict:
        said = _(_MACHINE[drafted.verdict.band])
    else:
        said = _("left empty")
    click.echo(f"{place}: {said}")
    click.echo(f"    {entry.msgid}")
    if entry.msgstr:
        click.echo(f"    {entry.msgstr}")
    for reason in in_words(drafted.verdict.reasons if drafted.verdict else ()):
        click.echo(f"    - {reason}")
