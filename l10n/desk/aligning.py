"""Aligning articles with their existing translations, and filling catalogs from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from l10n.align import (
    Alignment,
    Filling,
    Lexicon,
    Translate,
    align_articles,
    fill_catalog,
    fill_changed,
    leftovers,
)
from l10n.align.articles import align_lines
from l10n.align.encoders import load_encoder
from l10n.align.report import render_report
from l10n.align.site_report import ReportedPair, render_site_report
from l10n.articles import ArticleSource, open_article
from l10n.articles.fragments import Rereader
from l10n.articles.options import PLAIN
from l10n.catalog import Catalog, change_catalog
from l10n.desk.aligned import Aligned, AlignReport, AlignRequest
from l10n.desk.former_originals import FormerOriginal, former_originals
from l10n.desk.memories import vocabulary
from l10n.desk.pairs import Locales, Pair, pair_files, read_line_pair
from l10n.desk.watching import OnProblem, ignore
from l10n.engines import NO_ENGINE, Engine, EngineRecipe, pick_engine, resolve_pair, translator
from l10n.errors import ArticleError, L10nError
from l10n.files import write_atomically
from l10n.interface import gettext as _
from l10n.model import Article
from l10n.project import DEFAULT_ENGINES, RESERVED_SLUG, AlignSettings, Project
from l10n.project.pages import LEFT_OVER, TAKEN_IN, fingerprint
from l10n.workers import ALONE, Workers

SITE_REPORT = f"{RESERVED_SLUG}.html"
"""Name of the page about all pairs: no article has it."""


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
    workers: Workers = ALONE,
) -> AlignReport:
    """Align pair after pair, fill their catalogs and write pages to a folder; the rest is problems.

    The pages are a side-by-side one for each pair, and one about all of them, SITE_REPORT.
    """
    if not pairs:
        return AlignReport()
    aligner = _Aligner(request or AlignRequest(), project, on_problem, cores=workers.cores)
    results: list[Aligned] = []
    problems: list[L10nError] = []
    for outcome in aligner.outcomes(pairs, workers, with_page=reports is not None):
        try:
            result = aligner.filled(outcome)
        except L10nError as error:
            problems.append(error)
            on_problem(error)
            continue
        results.append(result)
        on_aligned(result)
        if reports is not None and outcome.page is not None:
            write_atomically(reports / outcome.pair.report_name, outcome.page)
    if reports is not None and results:
        write_atomically(reports / SITE_REPORT, _site_report(results).encode())
    return AlignReport(tuple(results), tuple(problems))


def _site_report(results: Sequence[Aligned]) -> str:
    return render_site_report(
        ReportedPair(
            result.pair.article,
            result.pair.target_locale,
            result.alignment,
            result.filled,
            result.pair.report_name,
        )
        for result in results
    )


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
    engine = aligner.engine(articles[0].locale, articles[1].locale)
    translate = None if engine is None else _translate_or_nothing(engine.engine)
    encode = load_encoder(aligner.encoder) if aligner.encoder else None
    return align_lines(*articles, translate=translate, encode=encode)


def write_report(alignment: Alignment, path: Path) -> None:
    """Write the side-by-side page."""
    write_atomically(path, render_report(alignment).encode())


@dataclass(frozen=True, slots=True)
class _Aids:
    """What helps comparing texts of two locales."""

    engine: EngineRecipe | None
    lexicon: Lexicon | None


@dataclass(frozen=True, slots=True)
class _PairSources:
    """Two articles to compare; travels to whoever does that."""

    pair: Pair
    sources: tuple[ArticleSource, ArticleSource] | L10nError
    """Or why they cannot be compared."""
    read_from: str = ""
    """Of the contents of both files: a change while they are aligned is seen as one."""
    former: ArticleSource | None = None
    """The original of the time of the translation, where it is another one today."""
    day: str = ""
    """Of that time."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of comparing two articles."""

    pair: Pair
    alignment: Alignment | L10nError
    read_from: str
    page: bytes | None = None
    """The side-by-side page, where it is wanted."""
    today: Article | None = None
    """The original as it is, where an earlier one was compared."""


@dataclass
class _PairAligner:
    """Compares pairs; travels once to whoever does that, and makes there what helps."""

    aids: Mapping[tuple[str, str], _Aids]
    encoder: str | None
    with_page: bool

    def __call__(self, part: _PairSources) -> _Outcome:
        pair, sources = part.pair, part.sources
        if isinstance(sources, L10nError):
            return _Outcome(pair, sources, part.read_from)
        aids = self.aids[pair.source_locale, pair.target_locale]
        try:
            today = sources[0].read()
            former = _former(part, today)
            alignment = align_articles(
                today if former is None else former,
                sources[1].read(),
                translate=None
                if aids.engine is None
                else _translate_or_nothing(aids.engine.engine),
                lexicon=aids.lexicon,
                encode=_encoder(self.encoder) if self.encoder else None,
            )
            if former is not None:
                warning = _(
                    "compared with the original of {day}, which has been changed since"
                ).format(day=part.day)
                alignment = replace(alignment, warnings=(*alignment.warnings, warning))
            page = render_report(alignment).encode() if self.with_page else None
        except L10nError as error:
            return _Outcome(pair, error, part.read_from)
        return _Outcome(
            pair, alignment, part.read_from, page, None if former is None else today
        )


def _former(part: _PairSources, today: Article) -> Article | None:
    """Return the original of the time of the translation, where its texts are others."""
    if part.former is None:
        return None
    try:
        former = part.former.read()
    except ArticleError:
        # What it was cannot be read today, so nothing is known of it.
        return None
    units = [[block.unit.key for block in article.blocks] for article in (former, today)]
    return former if units[0] != units[1] else None


_encoder = cache(load_encoder)


class _Aligner:
    """Aligns pairs; what helps with two locales is made once for all their pairs."""

    def __init__(
        self,
        request: AlignRequest,
        project: Project | None,
        on_problem: OnProblem = ignore,
        *,
        cores: int | None = None,
    ) -> None:
        self.request = request
        self.project = project
        self.on_problem = on_problem
        self.cores = cores
        settings = project.align if project is not None else AlignSettings()
        uses_vectors = settings.vectors if request.vectors is None else request.vectors
        self.encoder = settings.encoder if uses_vectors else None
        if self.encoder is not None:
            _encoder(self.encoder)  # what is missing is said before anything is done
        self._aids: dict[tuple[str, str], _Aids | L10nError] = {}

    def align(self, pair: Pair) -> Aligned:
        """Align one pair and fill its catalog."""
        return next(self.filled(outcome) for outcome in self.outcomes([pair], ALONE))

    def outcomes(
        self, pairs: Sequence[Pair], workers: Workers, *, with_page: bool = False
    ) -> Iterator[_Outcome]:
        """Yield what comes of comparing each pair, in their order; no catalog is touched."""
        # For all before the first: what one pair teaches does not change how the next is seen.
        locales = dict.fromkeys((pair.source_locale, pair.target_locale) for pair in pairs)
        aids = {both: self._aids_or_problem(*both) for both in locales}
        known = {both: aid for both, aid in aids.items() if isinstance(aid, _Aids)}
        former: Mapping[Pair, FormerOriginal] = {}
        if self.project is not None:
            filled = [pair for pair in pairs if pair.catalog is not None]
            former = former_originals(self.project.root, filled, self.on_problem)
        parts = (
            self._part(pair, aids[pair.source_locale, pair.target_locale], former.get(pair))
            for pair in pairs
        )
        return workers.map(_PairAligner(known, self.encoder, with_page), parts)

    def _part(
        self, pair: Pair, aids: _Aids | L10nError, former: FormerOriginal | None
    ) -> _PairSources:
        if isinstance(aids, L10nError):
            return _PairSources(pair, aids)
        # A translation is read as its original is, whatever file it has.
        options = PLAIN if self.project is None else self.project.options_at(pair.source)
        try:
            # Of the contents that are read next.
            read_from = fingerprint(pair.source, pair.target)
            source = open_article(pair.source, pair.source_locale, options=options)
            target = open_article(pair.target, pair.target_locale, options=options)
        except L10nError as error:
            return _PairSources(pair, error)
        if former is None:
            return _PairSources(pair, (source, target), read_from)
        return _PairSources(
            pair, (source, target), read_from, former.source(source), former.day
        )

    def filled(self, outcome: _Outcome) -> Aligned:
        """Fill the catalog of a pair that was aligned; raises what made that impossible."""
        pair, alignment = outcome.pair, outcome.alignment
        if isinstance(alignment, L10nError):
            raise alignment
        # Two articles that are no translations of each other would fill a catalog with nonsense.
        if alignment.unrelated or pair.catalog is None:
            return Aligned(pair, alignment, 0)
        filling = _fill(outcome, pair.catalog, alignment, self.request.trust)
        return Aligned(pair, alignment, filling.filled, filling.displaced)

    def _aids_or_problem(self, source: str, target: str) -> _Aids | L10nError:
        try:
            engine = self.engine(source, target)
            lexicon = None
            if self.project is not None:
                lexicon = vocabulary(self.project, source, target, on_problem=self.on_problem)
        except L10nError as error:
            return error
        return _Aids(engine, lexicon)

    def engine(self, source: str, target: str) -> EngineRecipe | None:
        """Return the engine that helps comparing: the one that was named, or the first that works."""
        name, project = self.request.engine, self.project
        if name == NO_ENGINE:
            return None
        if name is not None:
            recipe = EngineRecipe(name, self._settings(name))
            recipe.engine.pairs()
            return recipe
        engines = project.engines if project is not None else DEFAULT_ENGINES
        # Pseudo-translations say nothing about the other language.
        names = [engine for engine in engines if engine != "pseudo"]
        for pair in ((source, target), (target, source)):
            engine = pick_engine(names, *pair, settings=self._settings)
            if engine is not None:
                return EngineRecipe(engine.name, self._settings(engine.name))
        return None

    def _settings(self, name: str) -> dict[str, object]:
        settings = self.project.engine_settings(name) if self.project is not None else {}
        return dict(settings) | ({"threads": self.cores} if self.cores else {})


def _translate_or_nothing(engine: Engine) -> Translate:
    """Return a translation that answers with nothing for a pair the engine does not know."""
    translate = translator(engine)
    pairs = engine.pairs()

    def translate_or_not(texts: Sequence[str], source: str, target: str) -> list[str]:
        if resolve_pair(pairs, source, target) is None:
            return [""] * len(texts)
        return translate(texts, source, target)

    return translate_or_not


def _fill(outcome: _Outcome, path: Path, alignment: Alignment, trust: float | None) -> Filling:
    """Fill the catalog of a pair, a new one where there is none, and note in it what it was filled from."""
    pair, read_from = outcome.pair, outcome.read_from
    source = alignment.source if outcome.today is None else outcome.today

    def fill(catalog: Catalog) -> Filling:
        # Of an article that was edited meanwhile this is the old text: it would take out what is new.
        if fingerprint(pair.source, pair.target) == read_from:
            catalog.merge(source.units, article=pair.article, read=Rereader(source).read)
        # In one file with the texts: whatever stops the run, what is noted is there.
        catalog.set_field(TAKEN_IN, read_from)
        left = len(leftovers(alignment))
        if left or LEFT_OVER in catalog.header:
            catalog.set_field(LEFT_OVER, str(left))
        filling = fill_catalog(catalog, alignment, trust=trust)
        if outcome.today is None:
            return filling
        changed = fill_changed(catalog, alignment, outcome.today)
        return Filling(filling.filled + changed.filled, filling.displaced + changed.displaced)

    locales = {"source": pair.source_locale, "target": pair.target_locale}
    return change_catalog(
        partial(Catalog.open_or_new, path, **locales, article=pair.article), fill
    )
