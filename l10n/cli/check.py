"""`l10n check`: arguments in, a report out, and the exit status that CI goes by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from l10n import desk
from l10n.cli.reports import (
    FORMATS,
    SEVERITIES,
    complain_of_damage,
    output_file,
    print_as,
    write_as,
)
from l10n.cli.streams import print_data, say
from l10n.cli.workers import workers_for, workers_options
from l10n.interface import gettext as _
from l10n.interface import ngettext


@click.command(help=_("Report findings and completeness; exit 1 when CI should stop."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    metavar=_("FORMAT"),
    help=_("Form of the report on standard output: {formats}.").format(
        formats=", ".join(FORMATS)
    ),
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar=_("FORMAT=FILE"),
    help=_("Also write a report to a file; repeatable."),
)
@click.option(
    "--only",
    multiple=True,
    metavar=_("RULE"),
    help=_("Only these rules; `completeness` counts and nothing else; repeatable."),
)
@click.option(
    "--severity",
    type=click.Choice([*SEVERITIES]),
    default="warning",
    help=_("Least severity that the text shows."),
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    help=_("From which severity on the exit status is 1."),
)
@click.option(
    "--min-translated",
    type=click.FloatRange(0, 100),
    metavar=_("PERCENT"),
    help=_("Wanted of every catalog, instead of what the project says."),
)
@click.option(
    "--min-reviewed",
    type=click.FloatRange(0, 100),
    metavar=_("PERCENT"),
    help=_("Wanted of every catalog, instead of what the project says."),
)
@click.option(
    "--since",
    metavar=_("REV"),
    help=_("Only articles and catalogs that changed since this branch left a git revision."),
)
@click.option(
    "--no-worse-than",
    metavar=_("REV"),
    help=_("Fail when a catalog is less complete than it was there."),
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Leave out the findings that this file knows."),
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Write the findings to a file as known."),
)
@click.option("--drafts", is_flag=True, help=_("Apply the quality rules to drafts too."))
@click.option("--fix", is_flag=True, help=_("Show what can be mended, ask, and mend it."))
@click.option("--yes", is_flag=True, help=_("With --fix: do not ask."))
@click.option(
    "--include-reviewed",
    is_flag=True,
    help=_("With --fix: mend reviewed translations too; they lose their stamp."),
)
@click.option(
    "--explain",
    metavar=_("RULE"),
    help=_("Print the page of a rule (`all`: of every rule) and stop."),
)
@click.option("--no-cache", is_flag=True, help=_("Neither use nor keep what is remembered."))
@workers_options
def check(
    *,
    names: tuple[str, ...],
    form: str,
    outputs: tuple[str, ...],
    severity: str,
    fix: bool,
    yes: bool,
    include_reviewed: bool,
    explain: str | None,
    no_cache: bool,
    jobs: int | None,
    scheduler: str | None,
    **request: Any,
) -> int:
    """Check catalogs and say what was found."""
    if explain is not None:
        return _explain(explain)
    from l10n.project import project_here  # noqa: PLC0415

    files = [output_file(output) for output in outputs]
    project = project_here(required=not names)
    plan = desk.plan_check(
        names, desk.CheckRequest(use_cache=not no_cache, **request), project=project
    )
    if fix:
        from l10n.cli.mending import mend  # noqa: PLC0415

        mend(plan.mendings(include_reviewed=include_reviewed), sure=yes)
    with workers_for(project, jobs, scheduler, ()) as workers:
        result = plan.check(workers)
    if result.newly_known is not None:
        message = ngettext(
            "{n} finding is known now", "{n} findings are known now", result.newly_known
        )
        say(message.format(n=result.newly_known), err=True)
    print_as(result.report, form, SEVERITIES[severity])
    for name, path in files:
        write_as(result.report, name, path)
    complain_of_damage(result.report)
    return 2 if result.report.damaged else int(bool(result.failures))


def _explain(name: str) -> int:
    from l10n.checks.explain import explain, explain_all  # noqa: PLC0415
    from l10n.checks.rulebook import find_rule  # noqa: PLC0415

    print_data(explain_all() if name == "all" else explain(find_rule(name)))
    return 0
