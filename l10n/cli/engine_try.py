"""`l10n engines try`: which engine helps here, told by what people have reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import click

from l10n.cli.progress import Progress
from l10n.cli.streams import complain, print_data, say
from l10n.desk.trying import LEARNED, PLAIN, EngineTrial, TrialReport, try_engines
from l10n.errors import L10nError
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.project import Project, select_catalogs
from l10n.text.percent import with_sign
from l10n.text.tables import format_table
from l10n.text.visible import dump_json

_FEW = 50
"""Units below which shares say little."""


@click.command(
    "try",
    help=_("Let each engine draft reviewed units, and compare with what people made of them."),
)
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option(
    "--sample",
    type=click.IntRange(1),
    default=200,
    metavar="N",
    help=_("Reviewed units of each pair at most (200)."),
)
@click.option(
    "--engine",
    "engines",
    multiple=True,
    metavar=_("NAME"),
    help=_("Try this engine; can be given several times."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help=_("Form of the table."),
)
def try_(names: tuple[str, ...], sample: int, engines: tuple[str, ...], form: str) -> int:
    """Print how near each engine comes to the reviewed translations, and the order to write down."""
    project = Project.find()
    failed = 0

    def on_problem(problem: L10nError) -> None:
        nonlocal failed
        failed += 1
        complain(problem)

    report = try_engines(
        select_catalogs(names, project),
        project,
        names=engines,
        sample=sample,
        on_problem=on_problem,
        track=Progress,
    )
    if form == "json":
        print_data(dump_json(_rows(report), indent=2) + "\n")
    elif report.trials:
        say(_table(report.trials))
        _advise(report, project)
    elif not report.samples:
        nothing = _("no unit is reviewed yet: there is nothing to compare with")
        complain(L10nError(nothing, hint="l10n review"))
    elif not failed:
        complain(L10nError(_("no engine works here"), hint="l10n engines list"))
    # An engine that was asked for by name and cannot work is no success.
    return 2 if engines and failed else 0


def _table(trials: Sequence[EngineTrial]) -> str:
    heads = (
        _("engine"),
        _("pair"),
        _("drafts"),
        _("units"),
        _("light edits"),
        "chrF",
        "TER",
        _("none"),
        _("a second"),
    )
    ways = {PLAIN: _("plain"), LEARNED: _("learned")}
    rows = [
        (
            trial.engine,
            f"{trial.source} → {trial.target}",
            ways.get(trial.way, trial.way),
            str(trial.units),
            with_sign(round(trial.nearness.light * trial.units), trial.units),
            f"{trial.nearness.chrf:.1f}",
            f"{trial.nearness.ter:.2f}",
            str(trial.refused),
            f"{trial.per_second:.1f}",
        )
        for trial in trials
    ]
    return format_table([heads, *rows], rules=(1,))


def _advise(report: TrialReport, project: Project) -> None:
    """Say which order follows, and how much it is worth."""
    order = report.order()
    names = ", ".join(f'"{name}"' for name in order)
    is_so = tuple(name for name in project.engines if name in order) == order
    say("")
    if is_so:
        say(_("The order of your engines is that of their drafts here."))
    else:
        say(_("Advice: engines = [{names}]  (l10n.toml)").format(names=names))
    for trial in report.trials:
        if not trial.sure:
            text = _("{source} → {target}: the lead of {engine} over the next may be chance.")
            say(text.format(source=trial.source, target=trial.target, engine=trial.engine))
    for (source, target), units in report.samples.items():
        begun = sum(unit.is_from_engine for unit in units)
        if len(units) < _FEW:
            text = ngettext(
                "{source} → {target}: {n} reviewed unit is little to judge by.",
                "{source} → {target}: {n} reviewed units are little to judge by.",
                len(units),
            )
            say(text.format(source=source, target=target, n=len(units)))
        if begun:
            text = ngettext(
                "{source} → {target}: {n} unit began as a draft of an engine, which comes out better for it.",
                "{source} → {target}: {n} units began as drafts of an engine, which comes out better for it.",
                begun,
            )
            say(text.format(source=source, target=target, n=begun))


def _rows(report: TrialReport) -> dict[str, object]:
    trials = [{**asdict(trial), "rates": list(trial.rates)} for trial in report.trials]
    return {"trials": trials, "order": list(report.order())}
