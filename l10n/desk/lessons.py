"""Lessons of a project: brought up to date with its catalogs, and taken as they are for the length of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from l10n.desk.watching import OnProblem, ignore
from l10n.drafting.lessons.lessons import Learnt, Lessons
from l10n.drafting.teaching import AT_HAND, FILE, LessonFile, Taught
from l10n.engines import pick_engine
from l10n.engines.cache import FILE as DRAFTS
from l10n.engines.cache import DraftCache, cached
from l10n.errors import EngineError
from l10n.interface import ngettext
from l10n.project import Project

if TYPE_CHECKING:
    from l10n.drafting.lessons.review import Review
    from l10n.engines import Engine


def lessons_for(
    project: Project,
    engine: Engine,
    pair: tuple[str, str],
    cache: DraftCache,
    *,
    on_problem: OnProblem = ignore,
) -> Lessons | None:
    """Return what the project's reviews teach about an engine's drafts; None where that is nothing, or not wanted."""
    if not project.learn:
        return None
    taught = _taught(project, engine, pair, cache, on_problem=on_problem)
    if taught.undrafted:
        on_problem(_undrafted(taught.undrafted))
    return Lessons(taught.learnt, *pair) if taught.learnt.entries else None


def domain_of(project: Project, catalog: Path) -> str:
    """Return what a catalog is about: the place or the first folder of its article; "" at the top of all."""
    slug = project.slug_of_catalog(catalog) or ""
    return slug.partition("/")[0] if "/" in slug else ""


class Rebuilt(NamedTuple):
    """What a project teaches about the drafts of an engine between two locales."""

    engine: str
    pair: tuple[str, str]
    taught: Taught


def rebuild_lessons(project: Project, *, on_problem: OnProblem = ignore) -> Iterator[Rebuilt]:
    """Learn anew from all catalogs, pair by pair, with the first engine that works; entries without a draft get one."""
    if not project.learn:
        return
    with LessonFile(project.derived / FILE) as file:
        file.forget_lessons()
        _refresh(file, project, on_problem)
        pairs = file.pairs()
    with DraftCache(project.derived / DRAFTS) as cache:
        for pair in pairs:
            engine = pick_engine(project.engines, *pair, settings=project.engine_settings)
            if engine is not None:
                taught = _taught(
                    project,
                    cached(engine, cache),
                    pair,
                    cache,
                    on_problem=on_problem,
                    most=None,
                )
                yield Rebuilt(engine.name, pair, taught)


def _refresh(file: LessonFile, project: Project, on_problem: OnProblem) -> None:
    file.refresh(
        (
            (path, project.relative(path), domain_of(project, path))
            for path in project.catalogs()
        ),
        source=project.source,
        on_error=on_problem,
    )


def _taught(
    project: Project,
    engine: Engine,
    pair: tuple[str, str],
    cache: DraftCache,
    *,
    on_problem: OnProblem,
    most: int | None = AT_HAND,
) -> Taught:
    with LessonFile(project.derived / FILE) as file:
        _refresh(file, project, on_problem)
        return file.taught(engine, pair, _learn, cache=cache, most=most)


def _learn(reviews: Sequence[Review], pair: tuple[str, str], archive: Sequence[str]) -> Learnt:
    from l10n.drafting.lessons.learning import learn  # noqa: PLC0415 - loads numpy

    return learn(reviews, *pair, archive)


def _undrafted(count: int) -> EngineError:
    return EngineError(
        ngettext(
            "{n} reviewed entry teaches nothing yet: no engine has drafted it",
            "{n} reviewed entries teach nothing yet: no engine has drafted them",
            count,
        ).format(n=count),
        hint="l10n tm rebuild",
    )
