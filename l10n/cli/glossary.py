"""`l10n glossary`: propose terms, exchange them as TBX, check translations against them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import click

from l10n.cli.streams import complain, print_data, say
from l10n.desk.terms import find_breaches, propose_terms
from l10n.desk.terms import import_terms as import_into_glossary
from l10n.errors import L10nError
from l10n.files import write_atomically
from l10n.glossary import COLUMNS, Glossary, Violation, tbx
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.project import Project, select_catalogs
from l10n.project.outputs import refuse_project_file


@click.group(help=_("Look after the glossary."))
def glossary() -> None:
    """Look after the glossary."""


@glossary.command(help=_("Propose terms from the articles, as lines of the glossary file."))
@click.argument("locales", nargs=-1, metavar=_("[LOCALE]…"))
@click.option("--minimum", type=click.IntRange(2), default=3, help=_("Least number of uses."))
@click.option(
    "--limit", type=click.IntRange(1), default=50, help=_("At most so many a locale.")
)
def extract(locales: tuple[str, ...], minimum: int, limit: int) -> None:
    """Print candidates as CSV lines to complete; how often each is used stands in the note."""
    project = Project.find()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for locale in locales or project.locales:
        for candidate in propose_terms(
            project, locale, minimum=minimum, limit=limit, on_problem=complain
        ):
            note = ngettext("used {n} time", "used {n} times", candidate.count)
            for target in project.locales:
                if target != locale:
                    text = note.format(n=candidate.count)
                    writer.writerow([locale, candidate.term, target, "", text, ""])
    print_data(out.getvalue())


@glossary.command(
    "import", help=_("Take in the terms of TBX files, or of CSV, Excel or OmegaT tables.")
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_terms(files: tuple[Path, ...]) -> None:
    """Add the terms of files to the project's glossary; what is there already stays as it is."""
    added = import_into_glossary(Project.find(), files)
    say(ngettext("{n} term added", "{n} terms added", added).format(n=added))


@glossary.command(help=_("Write the glossary as TBX, to a file or to standard output."))
@click.argument("file", required=False, type=click.Path(path_type=Path))
def export(file: Path | None) -> None:
    """Write the glossary as TBX."""
    project = Project.find()
    text = tbx.write(Glossary.load(project.glossary_path).terms)
    if file is None:
        print_data(text)
    else:
        refuse_project_file(file)
        write_atomically(file, text.encode())


@glossary.command(help=_("Report translations that go against the glossary; exit 1 if any."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option("--drafts", is_flag=True, help=_("Look at drafts too."))
def check(names: tuple[str, ...], drafts: bool) -> int:
    """Print violations, one a line."""
    project = Project.find()
    problems: list[L10nError] = []

    def hear(problem: L10nError) -> None:
        problems.append(problem)
        complain(problem)

    status = 0
    catalogs = select_catalogs(names, project)
    for breach in find_breaches(project, catalogs, drafts=drafts, on_problem=hear):
        place = f"{project.relative(breach.path)}:{breach.entry.line}"
        say(f"{place}: {_described(breach.violation)}")
        status = 1
    return 2 if problems else status


def _described(violation: Violation) -> str:
    if violation.found and violation.wanted:
        return _("“{found}” must not stand for “{term}”; write {wanted}").format(
            found=violation.found,
            term=violation.source_term,
            wanted=_listed(violation.wanted),
        )
    if violation.found:
        return _("“{found}” must not be used").format(found=violation.found)
    return _("“{term}” should be {wanted}").format(
        term=violation.source_term, wanted=_listed(violation.wanted)
    )


def _listed(terms: Sequence[str]) -> str:
    return _(" or ").join(f"“{term}”" for term in terms)
