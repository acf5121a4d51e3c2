"""Exchanging catalogs with other people's tools: XLIFF out, their answers in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from l10n.catalog import Catalog, Entry, change_catalog
from l10n.catalog.header import bcp47, posix_locale
from l10n.desk.memories import open_memory
from l10n.desk.watching import OnProblem, ignore
from l10n.errors import L10nError
from l10n.exchange import reading, tables, xliff12, xliff21
from l10n.exchange.answers import Acceptance, Change, Effect, take_in
from l10n.exchange.inline import words
from l10n.exchange.messages import AnsweredFile, FindMatches, texts_of
from l10n.interface import gettext as _
from l10n.languages import primary
from l10n.memory import Memory
from l10n.model import Match
from l10n.project import Project

Version = Literal["1.2", "2.1"]

SUFFIX = ".xlf"
_ENOUGH = 0.5
"""Share of the answers that must be to texts of a catalog that their file does not name."""
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
            find_matches = None if memory is None else _matches_in(memory, group[0])
            text = write(group, segmented=request.segmented, find_matches=find_matches)
            yield Document(name, text)


def _documents(
    catalogs: Sequence[Catalog], project: Project | None, *, joined: bool
) -> Iterator[tuple[str, Sequence[Catalog]]]:
    """Yield the catalogs of each document, and its name."""
    if not joined:
        for catalog in catalogs:
            yield (
                f"{catalog.target_locale or 'und'}/{_slug(catalog, project)}{SUFFIX}",
                (catalog,),
            )
        return
    pairs: dict[tuple[str, str], list[Catalog]] = {}
    for catalog in catalogs:
        pair = (catalog.source_locale or "und", catalog.target_locale or "und")
        pairs.setdefault(pair, []).append(catalog)
    for (source, target), group in pairs.items():
        yield f"{source}-{target}{SUFFIX}", group


def _slug(catalog: Catalog, project: Project | None) -> str:
    path = catalog.path or Path("catalog")
    return (project.slug_of_catalog(path) if project else None) or path.stem


def _matches_in(memory: Memory, catalog: Catalog) -> FindMatches:
    source, target = catalog.source_locale or "", catalog.target_locale

    def find(entry: Entry) -> Sequence[Match]:
        matches = memory.search(entry.msgid, source, target, minimum=_LEAST, limit=_FEW + 1)
        # What the catalog itself says of a text goes out with it.
        return [match for match in matches if match.target != entry.msgstr][:_FEW]

    return find


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What the answers for one catalog did to it."""

    answer: Path
    catalog: Path
    changes: tuple[Change, ...]

    def count(self, effect: Effect) -> int:
        """Return how many answers had an effect."""
        return sum(change.effect is effect for change in self.changes)

    @property
    def has_findings(self) -> bool:
        """Whether anything of it could not be taken in as its translator meant it."""
        return any(change.effect in FINDINGS for change in self.changes)


FINDINGS = frozenset({Effect.KEPT, Effect.UNKNOWN, Effect.BROKEN})
"""Effects that somebody should look at."""


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
    return _import(files, reading.read, acceptance, catalogs, project, dry_run=dry_run)


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
    return _import(files, tables.read, acceptance, catalogs, project, dry_run=dry_run)


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
            target = out / locale / "LC_MESSAGES" / f"{_slug(catalog, project)}.mo"
        catalog.write_mo(target)
        yield target


def _import(
    files: Sequence[Path],
    read: Callable[[Path], tuple[AnsweredFile, ...]],
    acceptance: Acceptance | None,
    catalogs: Sequence[Path] | None,
    project: Project | None,
    *,
    dry_run: bool,
) -> Iterator[TakenIn]:
    acceptance = acceptance or Acceptance()
    loaded = _Catalogs(catalogs, project)
    pairs = [
        (path, answered, loaded.find(answered, path))
        for path in files
        for answered in read(path)
    ]
    for path, answered, catalog in pairs:
        yield TakenIn(path, catalog, _take_in(catalog, answered, acceptance, dry_run=dry_run))


def _take_in(
    path: Path, answered: AnsweredFile, acceptance: Acceptance, *, dry_run: bool
) -> tuple[Change, ...]:
    if dry_run:
        return take_in(Catalog.load(path), answered.answers, acceptance)
    return change_catalog(
        lambda: Catalog.load(path),
        lambda catalog: take_in(catalog, answered.answers, acceptance),
    )


class _Catalogs:
    """The catalogs that answers may be for."""

    def __init__(self, paths: Sequence[Path] | None, project: Project | None) -> None:
        if paths is None:
            paths = (project or Project.find()).catalogs()
        self._paths = paths
        self._loaded: dict[Path, Catalog] = {}

    def find(self, answered: AnsweredFile, path: Path) -> Path:
        """Return the catalog of the article that an exchange file names, or else of its texts."""
        candidates = [
            catalog for catalog in self._paths if self._is_into(catalog, answered.target_locale)
        ]
        for catalog in candidates:
            if self._load(catalog).article == answered.original:
                return catalog
        # A tool that named it otherwise has its texts all the same.
        shares = [(self._share(catalog, answered), catalog) for catalog in candidates]
        share, catalog = max(shares, default=(0.0, Path()))
        if share >= _ENOUGH:
            return catalog
        message = _("no catalog into {locale} is of {article}").format(
            locale=answered.target_locale or "?", article=answered.original or "?"
        )
        hint = _("say which with --catalog PO")
        raise L10nError(message, path=path, line=answered.line, hint=hint)

    def _is_into(self, path: Path, locale: str) -> bool:
        target = self._load(path).target_locale
        # A tool may write `es` for `es-MX`, or nothing.
        return not locale or not target or primary(target) == primary(bcp47(locale))

    def _share(self, path: Path, answered: AnsweredFile) -> float:
        """Return which part of the answers is to texts of a catalog."""
        texts = texts_of(self._load(path))
        known = sum(words(answer.source) in texts for answer in answered.answers)
        return known / max(1, len(answered.answers))

    def _load(self, path: Path) -> Catalog:
        if path not in self._loaded:
            self._loaded[path] = Catalog.load(path)
        return self._loaded[path]
