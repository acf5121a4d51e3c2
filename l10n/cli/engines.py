"""`l10n engines`: what can translate here, installing models, and which engine helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import click

from l10n.cli.engine_models import add, install, licence_line, remove
from l10n.cli.engine_try import try_
from l10n.cli.lessons import print_trials
from l10n.cli.streams import complain, print_data, say
from l10n.desk.lessons import trials_of
from l10n.drafting.postediting import EngineUse, report_use
from l10n.engines import ANY, Engine, LicensedEngine, Pair, engine_names, load_engine
from l10n.engines.cache import FILE as DRAFTS
from l10n.engines.cache import DraftCache
from l10n.errors import EngineError, L10nError, ProjectError
from l10n.interface import gettext as _
from l10n.project import Project, select_catalogs
from l10n.text.percent import with_sign
from l10n.text.tables import format_table
from l10n.text.visible import dump_json


@click.group(help=_("List and install translation engines."))
def engines() -> None:
    """Look after engines."""


@engines.command("list", help=_("Show what each engine can translate here."))
def list_engines() -> None:
    """Print engine, pairs and versions; what is missing goes to stderr."""
    project = _project()
    rows = []
    for name in engine_names():
        try:
            engine = load_engine(name, project.engine_settings(name) if project else None)
            pairs = sorted(engine.pairs())
            rows += [
                (name, _("any") if pair[0] == ANY else " → ".join(pair), _version(engine, pair))
                for pair in pairs
            ]
            if not pairs:
                rows.append((name, _("nothing installed"), ""))
        except EngineError as error:
            rows.append(
                (name, _("not here: {reason}").format(reason=error.message), error.hint)
            )
    say(format_table([(_("engine"), _("pair"), _("version")), *rows], rules=(1,)))
    for broken in _broken_packages():
        complain(broken)


engines.add_command(install)
engines.add_command(add)
engines.add_command(remove)
engines.add_command(try_)


@engines.command(help=_("Show how much reviewers changed the drafts of each engine."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help=_("Form of the table."),
)
def report(names: tuple[str, ...], form: str) -> None:
    """Print what became of drafts, by engine and pair."""
    project = Project.find()
    with DraftCache(project.derived / DRAFTS) as cache:
        uses = report_use(select_catalogs(names, project), cache)
    trials = list(trials_of(project)) if project.learn else []
    if form == "json":
        print_data(dump_json([asdict(use) for use in uses], indent=2) + "\n")
        return
    print_trials(trials)
    if uses:
        say(_use_table(uses))
    else:
        say(_("No reviewed translation began as a draft yet."), err=True)


def _version(engine: Engine, pair: Pair) -> str:
    """Name the model behind a pair, and its licence where it has one of its own."""
    try:
        version = engine.version(*pair)
        if isinstance(engine, LicensedEngine):
            version += f"  {licence_line(engine.licence(*pair))}"
    except EngineError as error:
        # One folder that is gone hides no other.
        return _("not here: {reason}").format(reason=error)
    return version


def _use_table(uses: Iterable[EngineUse]) -> str:
    heads: tuple[str, ...] = (
        _("draft from"),
        _("locale"),
        _("reviewed"),
        _("unchanged"),
        _("changed on average"),
        _("nobody knows how much"),
    )
    rows: list[tuple[str, ...]] = [
        (
            use.engine,
            use.target,
            str(use.reviewed),
            with_sign(use.unchanged, use.reviewed - use.unknown) if known else "",
            f"{100 * use.edits:.0f} %" if use.edits is not None else "",
            str(use.unknown or ""),
        )
        for use in uses
        for known in [use.reviewed > use.unknown]
    ]
    if not any(use.unknown for use in uses):
        heads, rows = heads[:-1], [row[:-1] for row in rows]
    return format_table([heads, *rows], rules=(1,))


def _broken_packages() -> list[L10nError]:
    broken: list[L10nError] = []
    try:
        from l10n.engines.argos.packages import installed_packages  # noqa: PLC0415 - as above

        installed_packages(broken.append)
    except EngineError:
        # The table says already why the engine cannot work.
        return []
    return broken


def _project() -> Project | None:
    try:
        return Project.find()
    except ProjectError:
        return None
