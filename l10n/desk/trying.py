"""Trying engines: what each makes of units that people have reviewed, so that one sees which helps here."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from l10n.catalog import Catalog, Entry
from l10n.desk.watching import OnProblem, Track, ignore, untracked
from l10n.drafting.lessons.lessons import Lessons
from l10n.drafting.lessons.review import Review
from l10n.drafting.measures import LIGHT, Nearness, edit_rate, nearness
from l10n.drafting.teaching import ENOUGH
from l10n.drafting.units import UnitDraft, engine_drafts, translate_units
from l10n.engines import Engine, engine_names, load_engine, resolve_pair
from l10n.engines.cache import FILE as DRAFTS
from l10n.engines.cache import DraftCache, cached
from l10n.errors import CatalogError, EngineError
from l10n.glossary import Glossary
from l10n.model import Origin, State
from l10n.project import Project
from l10n.text import markup

_AT_ONCE = 50
"""Units sent to an engine between two words of progress."""

_DRAWS = 1000
"""Samples drawn again to tell a lead from chance."""


PLAIN, LEARNED = "plain", "learned"

_TEACHERS = 2000
"""Reviewed units that teach at most: an engine drafts them all first."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which drafts are made."""

    name: str
    draft: Callable[[Sequence[str]], Sequence[UnitDraft]]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A unit and what a person made of it."""

    catalog: str
    msgid: str
    msgstr: str
    is_from_engine: bool
    """Whether the person began with an engine's draft: that one comes nearer to it than it deserves."""


@dataclass(frozen=True, slots=True)
class EngineTrial:
    """How one engine fared on one pair."""

    engine: str
    version: str
    source: str
    target: str
    way: str
    """In which way its drafts were made: `plain`, as the engine gives them."""
    units: int
    refused: int
    """Of these, with no draft fit to show; they count as empty."""
    nearness: Nearness
    per_second: float
    """Units a second, the engine's start included."""
    rates: tuple[float, ...]
    """Edit rate of each unit, in an order that is the same for every engine."""
    sure: bool = True
    """Whether its lead over the next one is hardly chance; with none behind it, it is."""


@dataclass(frozen=True, slots=True)
class TrialReport:
    """The trials of all pairs, the best engine of a pair first."""

    trials: tuple[EngineTrial, ...]
    samples: Mapping[tuple[str, str], tuple[Reviewed, ...]]

    def order(self) -> tuple[str, ...]:
        """Return the engines in the order to write into `engines`: by the share of light edits over all pairs."""
        best: dict[tuple[str, str, str], tuple[float, float]] = {}
        for trial in self.trials:
            key = (trial.engine, trial.source, trial.target)
            best[key] = max(best.get(key, (0, 0)), (trial.nearness.light, trial.nearness.chrf))
        shares: dict[str, list[tuple[float, float]]] = {}
        for (engine, *_pair), measured in best.items():
            shares.setdefault(engine, []).append(measured)
        ranks = {
            name: tuple(map(_mean, zip(*rows, strict=True))) for name, rows in shares.items()
        }
        return tuple(sorted(ranks, key=lambda name: ranks[name], reverse=True))


def try_engines(
    catalogs: Sequence[Path],
    project: Project,
    *,
    names: Sequence[str] = (),
    sample: int = 200,
    on_problem: OnProblem = ignore,
    track: Track = untracked,
) -> TrialReport:
    """Let each engine that works here draft reviewed units anew, without the memory, which knows the answers.

    `names` are the engines to try, all but `pseudo` where none is named; an engine that fails is a problem, and the
    others go on.
    """
    known = {
        pair: _drawn(units) for pair, units in _reviewed(catalogs, project, on_problem).items()
    }
    samples = {pair: tuple(units[:sample]) for pair, units in known.items()}
    with DraftCache(project.derived / DRAFTS) as cache:
        bench = _Bench(Glossary.load(project.glossary_path), cache, project.learn)
        return _tried(samples, known, project, names, bench, on_problem, track)


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every engine is tried with."""

    glossary: Glossary
    cache: DraftCache
    """Of drafts that lessons are learnt from; those that are measured are made anew."""
    learns: bool


def _tried(
    samples: Mapping[tuple[str, str], tuple[Reviewed, ...]],
    known: Mapping[tuple[str, str], Sequence[Reviewed]],
    project: Project,
    names: Sequence[str],
    bench: _Bench,
    *tell: Any,
) -> TrialReport:
    on_problem, track = tell
    trials: list[EngineTrial] = []
    for pair, units in samples.items():
        tried: list[EngineTrial] = []
        for name in names or [name for name in engine_names() if name != "pseudo"]:
            try:
                engine = load_engine(name, project.engine_settings(name))
                if resolve_pair(engine.pairs(), *pair) is None:
                    continue
                tried += [
                    _trial(engine, way, units, pair, track)
                    for way in _ways(engine, pair, units, known[pair], bench)
                ]
            except EngineError as error:
                # That something is not installed is no news, unless it was asked for.
                if names or not error.hint.startswith(("pip ", "apt ", "[engine.", "ollama ")):
                    on_problem(error)
        trials += _ranked(tried)
    return TrialReport(tuple(trials), samples)


def _ways(
    engine: Engine,
    pair: tuple[str, str],
    units: Sequence[Reviewed],
    known: Sequence[Reviewed],
    bench: _Bench,
) -> Iterator[Way]:
    """Yield the ways in which drafts of an engine can be made here: of its own, and as lessons correct them."""
    draft = partial(
        translate_units, engine=engine, source=pair[0], target=pair[1], glossary=bench.glossary
    )
    yield Way(PLAIN, draft)
    if not bench.learns:
        return
    # No article may teach how it itself was translated, for it says the same again and again: each half of them is
    # drafted with what all others teach.
    halves = _halves(units)
    lessons = [_lessons(engine, pair, half, known, bench.cache) for half in halves]
    if None in lessons:
        return
    half_of = {unit.msgid: number for number, half in enumerate(halves) for unit in half}

    def learned(texts: Sequence[str]) -> Sequence[UnitDraft]:
        drafts: dict[str, UnitDraft] = {}
        for number, taught in enumerate(lessons):
            mine = [text for text in texts if half_of[text] == number]
            drafts |= zip(mine, draft(mine, lessons=taught), strict=True)
        return [drafts[text] for text in texts]

    yield Way(LEARNED, learned)


def _halves(units: Sequence[Reviewed]) -> tuple[list[Reviewed], list[Reviewed]]:
    """Return units in two parts of whole catalogs, as large as each other as far as that goes."""
    by_catalog: dict[str, list[Reviewed]] = {}
    for unit in units:
        by_catalog.setdefault(unit.catalog, []).append(unit)
    halves: tuple[list[Reviewed], list[Reviewed]] = ([], [])
    for part in sorted(by_catalog.values(), key=len, reverse=True):
        min(halves, key=len).extend(part)
    return halves


def _lessons(
    engine: Engine,
    pair: tuple[str, str],
    held_out: Sequence[Reviewed],
    known: Sequence[Reviewed],
    cache: DraftCache,
) -> Lessons | None:
    """Return what the units of all other catalogs teach, up to a number; None where they are too few to learn from."""
    from l10n.drafting.lessons.learning import learn  # noqa: PLC0415 - loads numpy

    hidden = {unit.catalog for unit in held_out}
    teachers = [unit for unit in known if unit.catalog not in hidden][:_TEACHERS]
    if len(teachers) < ENOUGH:
        return None
    drafts = engine_drafts([unit.msgid for unit in teachers], cached(engine, cache), *pair)
    reviews = [
        Review(unit.catalog, unit.msgid, draft, unit.msgstr)
        for unit, draft in zip(teachers, drafts, strict=True)
        if draft
    ]
    return Lessons(learn(reviews, *pair, engine=engine.name), *pair)


def _trial(
    engine: Engine,
    way: Way,
    units: Sequence[Reviewed],
    pair: tuple[str, str],
    track: Track,
) -> EngineTrial:
    drafts: list[str] = []
    begun = time.perf_counter()
    with track(f"{engine.name}: {' → '.join(pair)}") as on_progress:
        for first in range(0, len(units), _AT_ONCE):
            texts = [unit.msgid for unit in units[first : first + _AT_ONCE]]
            drafts += [markup.plain(answer.text) for answer in way.draft(texts)]
            on_progress(len(drafts), len(units))
    seconds = time.perf_counter() - begun
    references = [markup.plain(unit.msgstr) for unit in units]
    return EngineTrial(
        engine.name,
        engine.version(*pair),
        *pair,
        way=way.name,
        units=len(units),
        refused=sum(not draft for draft in drafts),
        nearness=nearness(drafts, references),
        per_second=len(units) / max(seconds, 1e-9),
        rates=tuple(map(edit_rate, drafts, references)),
    )


def _reviewed(
    paths: Iterable[Path], project: Project, on_problem: OnProblem
) -> dict[tuple[str, str], list[Reviewed]]:
    """Return the reviewed units by pair of locales, each text once."""
    units: dict[tuple[str, str], dict[str, Reviewed]] = {}
    for path in paths:
        try:
            catalog = Catalog.load(path)
        except CatalogError as error:
            on_problem(error)
            continue
        pair = (catalog.source_locale or project.source, catalog.target_locale)
        for entry in _worth_trying(catalog):
            stamp = entry.stamp
            began = stamp.origin is Origin.MT if stamp else False
            units.setdefault(pair, {}).setdefault(
                entry.msgid,
                Reviewed(project.relative(path), entry.msgid, entry.msgstr, began),
            )
    return {pair: list(texts.values()) for pair, texts in units.items()}


def _worth_trying(catalog: Catalog) -> Iterator[Entry]:
    for entry in catalog.entries:
        if (
            entry.state is State.REVIEWED
            and entry.msgid_plural is None
            and entry.msgstr != markup.OMIT
            and any(char.isalpha() for char in markup.plain(entry.msgid))
        ):
            yield entry


def _drawn(units: Sequence[Reviewed]) -> list[Reviewed]:
    """Return units as they are drawn, those first that no engine's draft stood behind; the same way every time."""

    def chance(unit: Reviewed) -> tuple[bool, bytes]:
        return unit.is_from_engine, hashlib.sha256(unit.msgid.encode()).digest()

    return sorted(units, key=chance)


def _ranked(trials: Sequence[EngineTrial]) -> list[EngineTrial]:
    """Return trials of one pair, the best first, with word of which leads may be chance."""
    best = sorted(
        trials, key=lambda trial: (trial.nearness.light, trial.nearness.chrf), reverse=True
    )
    return [
        replace(trial, sure=rival is None or _leads(trial, rival))
        for place, trial in enumerate(best)
        for rival in [_rival(trial, best[place + 1 :])]
    ]


def _rival(trial: EngineTrial, behind: Sequence[EngineTrial]) -> EngineTrial | None:
    """Return the next one behind it that is of another engine: which of its two ways is better is no question of order."""
    return next((other for other in behind if other.engine != trial.engine), None)


def _leads(first: EngineTrial, second: EngineTrial) -> bool:
    """Whether the lead in light edits holds in 95 of 100 samples drawn from the units again (Koehn 2004)."""
    gains = [
        (one <= LIGHT) - (other <= LIGHT)
        for one, other in zip(first.rates, second.rates, strict=True)
    ]
    dice = random.Random(1)  # noqa: S311 - no secret: the same units give the same answer
    wins = sum(sum(dice.choices(gains, k=len(gains))) > 0 for _draw in range(_DRAWS))
    return wins >= 0.95 * _DRAWS


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
