"""Lessons of a project, as they are taken for the length of a run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from l10n.desk.watching import OnProblem, ignore
from l10n.drafting.house import lessons_of, refresh
from l10n.drafting.lessons.lessons import Lessons
from l10n.drafting.teaching import FILE, LessonFile, Taught
from l10n.engines import Engine, pick_engine
from l10n.engines.cache import FILE as DRAFTS
from l10n.engines.cache import DraftCache, cached
from l10n.errors import EngineError
from l10n.interface import ngettext
from l10n.ledger import Ledger
from l10n.project import Project


class Rebuilt(NamedTuple):
    """What a project teaches about the drafts of an engine between two locales."""

    engine: str
    pair: tuple[str, str]
    taught: Taught


def lessons_for(
    project: Project,
    engine: Engine,
    pair: tuple[str, str],
    cache: DraftCache,
    *,
    on_problem: OnProblem = ignore,
    ledger: Ledger | None = None,
) -> Lessons | None:
    """Return what the project's reviews teach about an engine's drafts; None where that is nothing, or not wanted."""
    if not project.learn:
        return None
    taught, lessons = lessons_of(
        project, cached(engine, cache), pair, cache, on_error=on_problem, ledger=ledger
    )
    if taught.undrafted:
        on_problem(_undrafted(taught.undrafted))
    return lessons if taught.learnt.entries else None


def rebuild_lessons(project: Project, *, on_problem: OnProblem = ignore) -> Iterator[Rebuilt]:
    """Learn anew from all catalogs, pair by pair, with the first engine that works; entries without a draft get one."""
    if not project.learn:
        return
    with LessonFile(project.derived / FILE) as file:
        file.forget_lessons()
        refresh(file, project, on_problem)
        pairs = file.pairs()
    with DraftCache(project.derived / DRAFTS) as cache:
        for pair in pairs:
            engine = pick_engine(project.engines, *pair, settings=project.engine_settings)
            if engine is not None:
                taught, _lessons = lessons_of(
                    project, cached(engine, cache), pair, cache, most=None, on_error=on_problem
                )
                yield Rebuilt(engine.name, pair, taught)


def trials_of(project: Project) -> Iterator[Rebuilt]:
    """Yield the lessons that are kept, as they were learnt the last time."""
    with LessonFile(project.derived / FILE) as file:
        for engine, pair, learnt in file.kept():
            yield Rebuilt(engine, pair, Taught(learnt, len(learnt.entries), 0))


def _undrafted(count: int) -> EngineError:
    return EngineError(
        ngettext(
            "{n} reviewed entry teaches nothing yet: no engine has drafted it",
            "{n} reviewed entries teach nothing yet: no engine has drafted them",
            count,
        ).format(n=count),
        hint="l10n tm rebuild",
    )
