"""Exchanging catalogs with other people's tools: XLIFF out, their answers in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from l10n.catalog import Catalog, Entry
from l10n.catalog.header import posix_locale
from l10n.desk.answering import Catalogs, TakenIn, take_answers
from l10n.desk.memories import open_memory
from l10n.desk.watching import OnProblem, ignore
from l10n.exchange import reading, tables, xliff12, xliff21
from l10n.exchange.answers import Acceptance
from l10n.exchange.messages import AnsweredFile, FindMatches
from l10n.memory import Memory
from l10n.model import Match
from l10n.project import Project

Version = Literal["1.2", "2.1"]

SUFFIX = ".xlf"
_FEW = 3
"""Matches that go out with a text, and from how many percent on."""
_LEAST = 70


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """How catalogs go out."""

    version: Version = "1.2"
    segmented: bool = False
    """Whether the sentences of a text are segments of their own."""
    joined: bool = False
    """Whether all catalogs of a locale are one document."""
    matches: bool = True
    """Whether what the memory knows goes along."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be written."""

    name: str
    """Its path below the folder it goes to: `en/feria.xlf`."""
    text: str


def export_xliff(
    catalogs: Sequence[Path],
    request: ExportRequest | None = None,
    *,
    project: Project | None = None,
    on_problem: OnProblem = ignore,
) -> Iterator[Document]:
    """Yield a document for each catalog, or each pair of locales; CatalogError where a catalog is damaged.

    Matches come from the memory of the project; without one there are none.
    """
    request = request or ExportRequest()
    loaded = [Catalog.load(path) for path in catalogs]
    write = xliff12.write if request.version == "1.2" else xliff21.write
    with ExitStack() as stack:
        memory = None
        if project is not None and request.matches:
            memory = stack.enter_context(open_memory(project, on_problem=on_problem))
        for name, group in _documents(loaded, project, joined=request.joined):
            find_matches = None if memory is None else matches_in(memory, group[0])
            text = write(group, segmented=request.segmented, find_matches=find_matches)
            yield Document(name, text)


def _documents(
    catalogs: Sequence[Catalog], project: Project | None, *, joined: bool
) -> Iterator[tuple[str, Sequence[Catalog]]]:
    """Yield the catalogs of each document, and its name."""
    if not joined:
        for catalog in catalogs:
            yield (
                f"{catalog.target_locale or 'und'}/{slug_of(catalog, project)}{SUFFIX}",
                (catalog,),
            )
        return
    pairs: dict[tuple[str, str], list[Catalog]] = {}
    for catalog in catalogs:
        pair = (catalog.source_locale or "und", catalog.target_locale or "und")
        pairs.setdefault(pair, []).append(catalog)
    for (source, target), group in pairs.items():
        yield f"{source}-{target}{SUFFIX}", group


def slug_of(catalog: Catalog, project: Project | None) -> str:
    """Return the name of a catalog among those of its locale."""
    path = catalog.path or Path("catalog")
    return (project.slug_of_catalog(path) if project else None) or path.stem


def matches_in(memory: Memory, catalog: Catalog) -> FindMatches:
    """Return what finds the matches of an entry, each a text and the translation that it was given."""
    source, target = catalog.source_locale or "", catalog.target_locale

    def find(entry: Entry) -> Sequence[Match]:
        matches = memory.search(entry.msgid, source, target, minimum=_LEAST, limit=_FEW + 1)
        # What the catalog itself says of a text goes out with it.
        matches = [match for match in matches if match.target != entry.msgstr][:_FEW]
        return [_as_remembered(memory, match, source, target) for match in matches]

    return find


def import_xliff(
    files: Sequence[Path],
    acceptance: Acceptance | None = None,
    *,
    catalogs: Sequence[Path] | None = None,
    project: Project | None = None,
    dry_run: bool = False,
) -> Iterator[TakenIn]:
    """Take answers into the catalogs that they are for, and yield what each did; nothing is written in a dry run.

    `catalogs` are those that may be meant; None: all of the project. Every file is read, and its catalog found,
    before any is changed: L10nError, with its line, for what is no XLIFF and for what no catalog is meant by.
    """
    return _import(
        files, reading.read, acceptance, Catalogs(catalogs, project), dry_run=dry_run
    )


def export_tables(
    catalogs: Sequence[Path],
    *,
    separator: str = ",",
    joined: bool = False,
    project: Project | None = None,
) -> Iterator[Document]:
    """Yield a table for each catalog, or each pair of locales; CatalogError where a catalog is damaged."""
    suffix = ".tsv" if separator == "\t" else ".csv"
    loaded = [Catalog.load(path) for path in catalogs]
    for name, group in _documents(loaded, project, joined=joined):
        # With its mark Excel takes it for UTF-8.
        text = "\ufeff" + tables.write(group, separator=separator)
        yield Document(name.removesuffix(SUFFIX) + suffix, text)


def import_tables(
    files: Sequence[Path],
    acceptance: Acceptance | None = None,
    *,
    catalogs: Sequence[Path] | None = None,
    project: Project | None = None,
    dry_run: bool = False,
) -> Iterator[TakenIn]:
    """Take tables that came back into their catalogs, as `import_xliff` takes in XLIFF."""
    return _import(files, tables.read, acceptance, Catalogs(catalogs, project), dry_run=dry_run)


def compile_catalogs(
    catalogs: Sequence[Path], out: Path | None = None, *, project: Project | None = None
) -> Iterator[Path]:
    """Write what is finished of catalogs for programs, and yield the files: `.mo` beside them, or below a folder.

    Below a folder they stand as gettext looks for them: `es/LC_MESSAGES/NAME.mo`.
    """
    for catalog in [Catalog.load(path) for path in catalogs]:
        path = catalog.path or Path()
        target = path.with_suffix(".mo")
        if out is not None:
            locale = posix_locale(catalog.target_locale or "und")
            target = out / locale / "LC_MESSAGES" / f"{slug_of(catalog, project)}.mo"
        catalog.write_mo(target)
        yield target


def _import(
    files: Sequence[Path],
    read: Callable[[Path], tuple[AnsweredFile, ...]],
    acceptance: Acceptance | None,
    catalogs: Catalogs,
    *,
    dry_run: bool,
) -> Iterator[TakenIn]:
    answered = [
        (path, file, catalogs.find(file, path)) for path in files for file in read(path)
    ]
    return take_answers(answered, acceptance or Acceptance(), dry_run=dry_run)


def _as_remembered(memory: Memory, match: Match, source: str, target: str) -> Match:
    """Return a match with the translation of its own source, not with the numbers of the text that was searched for."""
    exact = memory.exact(match.source, source, target)
    return match if exact is None else replace(match, target=exact.target)
