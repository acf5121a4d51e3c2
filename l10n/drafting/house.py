"""Lessons of a project, brought up to date with its catalogs; and what belongs to the person beside them.

What a person has forbidden, and how they changed drafts, cannot be worked out again: both lie in their own
folder, and not with the state of a project that may be deleted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from l10n.drafting.lessons.lessons import Learnt, Lessons
from l10n.drafting.lessons.review import Review
from l10n.drafting.teaching import AT_HAND, FILE, LessonFile, Taught
from l10n.engines import Engine
from l10n.engines.cache import DraftCache
from l10n.errors import CatalogError
from l10n.files import open_file, open_to_add
from l10n.foreign import ForeignError, load_json
from l10n.ledger import Ledger, ledger_of
from l10n.person import data_folder
from l10n.project import Project

Pair = tuple[str, str]


class PostEdit(NamedTuple):
    """How a person changed a draft."""

    engine: str
    """With its version."""
    source: str
    target: str
    msgid: str
    draft: str
    """The engine's own."""
    accepted: str
    given: str = ""
    """What stood there as a draft, corrected by lessons or not, as far as it is known."""


def lessons_of(
    project: Project,
    engine: Engine,
    pair: Pair,
    cache: DraftCache,
    *,
    most: int | None = AT_HAND,
    on_error: Callable[[CatalogError], None] = lambda _error: None,
    ledger: Ledger | None = None,
) -> tuple[Taught, Lessons]:
    """Return what the catalogs of a project teach about an engine's drafts, and lessons made of it."""
    with LessonFile(project.derived / FILE) as file:
        refresh(file, project, on_error, ledger)
        taught = file.taught(engine, pair, _learn, cache=cache, most=most)
    return taught, Lessons(taught.learnt, *pair, unlearnt=forbidden(engine.name, pair))


def refresh(
    file: LessonFile,
    project: Project,
    on_error: Callable[[CatalogError], None],
    ledger: Ledger | None = None,
) -> None:
    """Read what has changed in the catalogs of a project."""
    catalogs = (
        (path, project.relative(path), domain_of(project, path)) for path in project.catalogs()
    )
    with ledger_of(project.derived, ledger) as known:
        file.refresh(catalogs, source=project.source, on_error=on_error, ledger=known)


def domain_of(project: Project, catalog: Path) -> str:
    """Return what a catalog is about: the place or the first folder of its article; "" at the top of all."""
    slug = project.slug_of_catalog(catalog) or ""
    return slug.partition("/")[0] if "/" in slug else ""


def forbidden(engine: str, pair: Pair) -> frozenset[tuple[str, str]]:
    """Return the changes of an engine's drafts that the person has forbidden, phrase by phrase."""
    rows = _lines(data_folder() / "unlearnt.jsonl")
    return frozenset(
        (row[3], row[4])
        for row in rows
        if isinstance(row, list)
        and len(row) == 5
        and all(isinstance(field, str) for field in row)
        and row[:3] == [engine, *pair]
    )


def forbid(engine: str, pair: Pair, changes: Iterable[tuple[str, str]]) -> None:
    """Never again make such changes of an engine's drafts."""
    _add(data_folder() / "unlearnt.jsonl", [[engine, *pair, *change] for change in changes])


def collect(edits: Iterable[PostEdit]) -> None:
    """Keep how a person changed drafts: what no memory and no catalog tells."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ")
    _add(data_folder() / "postedits.jsonl", [{"at": now, **edit._asdict()} for edit in edits])


def _lines(path: Path) -> list[object]:
    try:
        with open_file(path) as stream:
            lines = stream.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    rows = []
    for line in lines:
        try:
            rows.append(load_json(line))
        except ForeignError:
            # Half a line that a kill has left.
            continue
    return rows


def _add(path: Path, rows: Sequence[object]) -> None:
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    if text:
        with open_to_add(path) as stream:
            stream.write(text.encode("utf-8", "surrogatepass"))


def _learn(
    reviews: Sequence[Review], pair: Pair, archive: Sequence[str], engine: str
) -> Learnt:
    from l10n.drafting.lessons.learning import learn  # noqa: PLC0415 - loads numpy

    return learn(reviews, *pair, archive, engine=engine)
