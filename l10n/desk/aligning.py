"""Aligning articles with their existing translations, and filling catalogs from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from l10n.align import (
    Alignment,
    Filling,
    Lexicon,
    Translate,
    align_articles,
    fill_catalog,
)
from l10n.align.articles import align_lines
from l10n.align.encoders import Encode, load_encoder
from l10n.align.report import render_report
from l10n.articles import read_article
from l10n.articles.fragments import Rereader
from l10n.articles.options import PLAIN
from l10n.catalog import Catalog, change_catalog
from l10n.desk.memories import vocabulary
from l10n.desk.pairs import Locales, Pair, pair_files, read_line_pair
from l10n.desk.watching import OnProblem, ignore
from l10n.engines import Engine, load_engine, pick_engine, resolve_pair, translator
from l10n.errors import L10nError
from l10n.files import write_atomically
from l10n.project import DEFAULT_ENGINES, AlignSettings, Project
from l10n.project.pages import TAKEN_IN, fingerprint

NO_ENGINE = "none"
"""The name that stands for comparing without any engine."""


@dataclass(frozen=True, slots=True)
class AlignRequest:
    """How articles are to be aligned."""

    trust: float | None = None
    """Score, 0 to 1, from which entries count as translated; None: all are drafts."""
    engine: str | None = None
    """Engine that helps comparing; None: the first that works here, `none`: no engine."""
    vectors: bool | None = None
    """Whether sentence vectors help; None: as the project says."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A pair that was aligned."""

    pair: Pair
    alignment: Alignment
    filled: int
    """Entries of the catalog that were filled; 0 for articles that do not belong together."""
    displaced: int = 0
    """Of these, drafts of the memory or an engine that nobody had touched."""


@dataclass(frozen=True, slots=True)
class AlignReport:
    """What aligning many pairs did."""

    aligned: tuple[Aligned, ...]
    problems: tuple[L10nError, ...]
    """Why the other pairs could not be aligned."""


def align_files(
    source: Path,
    target: Path,
    catalog: Path | None = None,
    request: AlignRequest | None = None,
    *,
    locales: Locales = (None, None),
    project: Project | None = None,
    on_problem: OnProblem = ignore,
) -> Aligned:
    """Align an article with its translation and fill a catalog, a new one where there is none."""
    pair = pair_files(source, target, project=project, locales=locales, catalog=catalog)
    return _Aligner(request or AlignRequest(), project, on_problem).align(pair)


def align(
    pairs: Sequence[Pair],
    request: AlignRequest | None = None,
    *,
    project: Project | None = None,
    reports: Path | None = None,
    on_aligned: Callable[[Aligned], object] = ignore,
    on_problem: OnProblem = ignore,
) -> AlignReport:
    """Align pair after pair, fill their catalogs and write side-by-side pages to a folder; the rest is problems."""
    if not pairs:
        return AlignReport((), ())
    aligner = _Aligner(request or AlignRequest(), project, on_problem)
    results: list[Aligned] = []
    problems: list[L10nError] = []
    for pair in pairs:
        try:
            result = aligner.align(pair)
        except L10nError as error:
            problems.append(error)
            on_problem(error)
            continue
        results.append(result)
        on_aligned(result)
        if reports is not None:
            write_report(result.alignment, reports / pair.report_name)
    return AlignReport(tuple(results), tuple(problems))


def align_line_files(
    source: Path,
    target: Path,
    request: AlignRequest | None = None,
    *,
    locales: Locales = (None, None),
) -> Alignment:
    """Align two files with one segment a line, blank ones too; no catalog is filled."""
    articles = read_line_pair(source, target, locales)
    aligner = _Aligner(request or AlignRequest(), None)
    translate = aligner.translation(articles[0].locale, articles[1].locale)
    return align_lines(*articles, translate=translate, encode=aligner.encode)


def write_report(alignment: Alignment, path: Path) -> None:
    """Write the side-by-side page."""
    write_atomically(path, render_report(alignment).encode())


@dataclass(frozen=True, slots=True)
class _Aids:
    """What helps comparing texts of two locales."""

    translate: Translate | None
    lexicon: Lexicon | None


class _Aligner:
    """Aligns pairs; what helps with two locales is made once for all their pairs."""

    def __init__(
        self, request: AlignRequest, project: Project | None, on_problem: OnProblem = ignore
    ) -> None:
        self.request = request
        self.project = project
        self.on_problem = on_problem
        settings = project.align if project is not None else AlignSettings()
        uses_vectors = settings.vectors if request.vectors is None else request.vectors
        self.encode: Encode | None = load_encoder(settings.encoder) if uses_vectors else None
        self._aids: dict[tuple[str, str], _Aids] = {}

    def align(self, pair: Pair) -> Aligned:
        """Align one pair and fill its catalog."""
        aids = self.aids(pair.source_locale, pair.target_locale)
        # Of the contents that are read next: a change while they are aligned is seen as one.
        read_from = fingerprint(pair.source, pair.target)
        options = self.project.options if self.project is not None else PLAIN
        alignment = align_articles(
            read_article(pair.source, pair.source_locale, options=options),
            read_article(pair.target, pair.target_locale, options=options),
            translate=aids.translate,
            lexicon=aids.lexicon,
            encode=self.encode,
        )
        # Two articles that are no translations of each other would fill a catalog with nonsense.
        if alignment.unrelated or pair.catalog is None:
            return Aligned(pair, alignment, 0)
        filling = _fill(pair, pair.catalog, alignment, self.request.trust, read_from)
        return Aligned(pair, alignment, filling.filled, filling.displaced)

    def aids(self, source: str, target: str) -> _Aids:
        """Return what helps comparing two locales."""
        if (source, target) not in self._aids:
            lexicon = None
            if self.project is not None:
                lexicon = vocabulary(self.project, source, target, on_problem=self.on_problem)
            self._aids[source, target] = _Aids(self.translation(source, target), lexicon)
        return self._aids[source, target]

    def translation(self, source: str, target: str) -> Translate | None:
        """Return the translation that helps comparing, by the engine that was named or the first that works."""
        name, project = self.request.engine, self.project
        if name == NO_ENGINE:
            return None
        settings = project.engine_settings if project is not None else None
        if name is not None:
            return _translate_or_nothing(
                load_engine(name, settings(name) if settings else None)
            )
        engines = project.engines if project is not None else DEFAULT_ENGINES
        # Pseudo-translations say nothing about the other language.
        names = [engine for engine in engines if engine != "pseudo"]
        for pair in ((source, target), (target, source)):
            engine = pick_engine(names, *pair, settings=settings)
            if engine is not None:
                return _translate_or_nothing(engine)
        return None


def _translate_or_nothing(engine: Engine) -> Translate:
    """Return a translation that answers with nothing for a pair the engine does not know."""
    translate = translator(engine)
    pairs = engine.pairs()

    def translate_or_not(texts: Sequence[str], source: str, target: str) -> list[str]:
        if resolve_pair(pairs, source, target) is None:
            return [""] * len(texts)
        return translate(texts, source, target)

    return translate_or_not


def _fill(
    pair: Pair, path: Path, alignment: Alignment, trust: float | None, read_from: str
) -> Filling:
    """Fill the catalog of a pair, a new one where there is none, and note in it what it was filled from."""
    source = alignment.source

    def fill(catalog: Catalog) -> Filling:
        # Of an article that was edited meanwhile this is the old text: it would take out what is new.
        if fingerprint(pair.source, pair.target) == read_from:
            catalog.merge(source.units, article=pair.article, read=Rereader(source).read)
        # In one file with the texts: whatever stops the run, what is noted is there.
        catalog.set_field(TAKEN_IN, read_from)
        return fill_catalog(catalog, alignment, trust=trust)

    locales = {"source": pair.source_locale, "target": pair.target_locale}
    return change_catalog(
        partial(Catalog.open_or_new, path, **locales, article=pair.article), fill
    )
