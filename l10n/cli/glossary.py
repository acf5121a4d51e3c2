"""`l10n glossary`: propose terms, exchange them as TBX, check translations against them."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from l10n.articles import read_article
from l10n.catalog import Catalog, Entry
from l10n.cli import complain
from l10n.errors import CatalogError, L10nError
from l10n.files import write_atomically
from l10n.glossary import COLUMNS, Glossary, Violation, tbx
from l10n.glossary.candidates import extract_terms
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import State
from l10n.project import Project, select_catalogs
from l10n.text import markup


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
    known = [term.source_term for term in Glossary.load(project.glossary_path).terms]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for locale in locales or project.locales:
        texts = _article_texts(project, locale)
        for found in extract_terms(texts, locale, known=known, minimum=minimum, limit=limit):
            note = ngettext("used {n} time", "used {n} times", found.count).format(
                n=found.count
            )
            for target in project.locales:
                if target != locale:
                    writer.writerow([locale, found.term, target, "", note, ""])
    click.echo(out.getvalue(), nl=False)


@glossary.command("import", help=_("Take in the terms of TBX or CSV files."))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_terms(files: tuple[Path, ...]) -> None:
    """Add the terms of files to the project's glossary; what is there already stays as it is."""
    project = Project.find()
    before = Glossary.load(project.glossary_path)
    merged = before
    for path in files:
        if path.suffix.lower() == ".csv":
            merged = merged.merged(_existing(path).terms)
            continue
        for source, target in itertools.permutations(project.locales, 2):
            merged = merged.merged(tbx.read(path, source, target))
    merged.save(project.glossary_path)
    added = len(merged.terms) - len(before.terms)
    click.echo(ngettext("{n} term added", "{n} terms added", added).format(n=added))


@glossary.command(help=_("Write the glossary as TBX, to a file or to standard output."))
@click.argument("file", required=False, type=click.Path(path_type=Path))
def export(file: Path | None) -> None:
    """Write the glossary as TBX."""
    project = Project.find()
    text = tbx.write(Glossary.load(project.glossary_path).terms)
    if file is None:
        click.echo(text, nl=False)
    else:
        write_atomically(file, text.encode())


@glossary.command(help=_("Report translations that go against the glossary; exit 1 if any."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option("--drafts", is_flag=True, help=_("Look at drafts too."))
def check(names: tuple[str, ...], drafts: bool) -> int:
    """Print violations, one a line."""
    project = Project.find()
    terms = Glossary.load(project.glossary_path)
    status = 0
    for path in select_catalogs(names, project):
        try:
            catalog = Catalog.load(path)
        except CatalogError as error:
            complain(error)
            status = 2
            continue
        for entry, violation in _violations(catalog, terms, project.source, drafts=drafts):
            click.echo(f"{project.relative(path)}:{entry.line}: {_described(violation)}")
            status = max(status, 1)
    return status


def _violations(
    catalog: Catalog, terms: Glossary, source: str, *, drafts: bool
) -> Iterator[tuple[Entry, Violation]]:
    wanted = {State.TRANSLATED, State.REVIEWED} | ({State.DRAFT} if drafts else set())
    for entry in catalog.entries:
        if entry.state in wanted:
            found = terms.violations(
                entry.msgid,
                entry.msgstr,
                catalog.source_locale or source,
                catalog.target_locale,
            )
            yield from ((entry, violation) for violation in found)


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


def _article_texts(project: Project, locale: str) -> list[str]:
    texts = []
    for ref in project.articles():
        paths = {ref.locale: ref.path, **ref.translations}
        if locale not in paths:
            continue
        try:
            article = read_article(paths[locale], locale)
        except L10nError as error:
            complain(error)
            continue
        texts.append("\n".join(markup.plain(unit.msgid) for unit in article.units))
    return texts


def _existing(path: Path) -> Glossary:
    if not path.is_file():
        raise L10nError(_("there is no such file"), path=path)
    return Glossary.load(path)
