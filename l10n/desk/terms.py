"""The terms of a project: proposed from its articles, taken in from files, looked for in its translations."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.articles import read_article
from l10n.catalog import Catalog, Entry
from l10n.desk.watching import OnProblem, ignore
from l10n.errors import CatalogError, L10nError
from l10n.files import exclusive_folder, make_folder
from l10n.glossary import Glossary, Violation, tbx
from l10n.glossary.candidates import Candidate, extract_terms
from l10n.glossary.tables import SUFFIXES
from l10n.interface import gettext as _
from l10n.model import State
from l10n.project import Project
from l10n.text import markup


@dataclass(frozen=True, slots=True)
class Breach:
    """A translation that goes against the glossary."""

    path: Path
    entry: Entry
    violation: Violation


def propose_terms(
    project: Project, locale: str, *, minimum: int, limit: int, on_problem: OnProblem = ignore
) -> Sequence[Candidate]:
    """Return terms that articles of a locale use at least so many times and the glossary lacks."""
    terms = [term.source_term for term in Glossary.load(project.glossary_path).terms]
    texts = list(_article_texts(project, locale, on_problem))
    return extract_terms(texts, locale, known=terms, minimum=minimum, limit=limit)


def import_terms(project: Project, files: Sequence[Path]) -> int:
    """Add the terms of TBX files and tables to the glossary and return how many are new; what is there stays."""
    path = project.glossary_path
    make_folder(path.parent)
    # Read and written in one go: of two commands at once the second would write over the terms of the first.
    with exclusive_folder(path.parent):
        before = Glossary.load(path)
        merged = _with_terms_of(project, before, files)
        merged.save(path)
    return len(merged.terms) - len(before.terms)


def _with_terms_of(project: Project, glossary: Glossary, files: Sequence[Path]) -> Glossary:
    # A table of OmegaT names no locales: only where the project has one pair are they known.
    pair = (project.locales[0], project.locales[1]) if len(project.locales) == 2 else None
    for path in files:
        if path.suffix.lower() in SUFFIXES:
            if not path.is_file():
                raise L10nError(_("there is no such file"), path=path)
            glossary = glossary.merged(Glossary.load(path, pair=pair).terms)
            continue
        for source, target in itertools.permutations(project.locales, 2):
            glossary = glossary.merged(tbx.read(path, source, target))
    return glossary


def find_breaches(
    project: Project, catalogs: Sequence[Path], *, drafts: bool, on_problem: OnProblem = ignore
) -> Iterator[Breach]:
    """Yield what translations do against the glossary; catalogs that cannot be read are problems."""
    glossary = Glossary.load(project.glossary_path)
    states = {State.TRANSLATED, State.REVIEWED} | ({State.DRAFT} if drafts else set())
    for path in catalogs:
        try:
            catalog = Catalog.load(path)
        except CatalogError as error:
            on_problem(error)
            continue
        source = catalog.source_locale or project.source
        for entry in catalog.entries:
            if entry.state in states:
                texts = (entry.msgid, entry.msgstr)
                for violation in glossary.violations(*texts, source, catalog.target_locale):
                    yield Breach(path, entry, violation)


def _article_texts(project: Project, locale: str, on_problem: OnProblem) -> Iterator[str]:
    for ref in project.articles():
        path = {ref.locale: ref.path, **ref.translations}.get(locale)
        if path is None:
            continue
        try:
            article = read_article(path, locale, options=ref.options)
        except L10nError as error:
            on_problem(error)
            continue
        yield "\n".join(markup.plain(unit.msgid) for unit in article.units)
