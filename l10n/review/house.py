"""Lessons while somebody reviews: every approval teaches about the drafts of the rest of the article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from l10n.catalog import Catalog
from l10n.drafting.house import PostEdit, collect, domain_of, forbid, lessons_of
from l10n.drafting.lessons.learning import Teacher
from l10n.drafting.lessons.lessons import Lessons
from l10n.drafting.lessons.review import Review
from l10n.drafting.postediting import changed
from l10n.drafting.units import engine_drafts
from l10n.engines import Engine
from l10n.engines.cache import FILE as DRAFTS
from l10n.engines.cache import DraftCache, cached
from l10n.model import State
from l10n.project import Project
from l10n.text.markup import OMIT

Pair = tuple[str, str]


class House:
    """What a project has taught about an engine's drafts, and what the catalog under review goes on to teach."""

    def __init__(self, project: Project, catalog: Path, engine: Engine, pair: Pair) -> None:
        self._project, self._path, self._pair = project, catalog, pair
        self.name = project.relative(catalog)
        """Of the catalog under review, as lessons name it."""
        self._cache = DraftCache(project.derived / DRAFTS)
        self._engine = cached(engine, self._cache)
        taught, lessons = lessons_of(project, self._engine, pair, self._cache)
        self._lessons = lessons.in_domain(domain_of(project, catalog))
        self._teacher = Teacher(self._lessons)
        reviewed = self._reviewed()
        self._known = set(reviewed)
        # Where too few reviews have taught anything yet, those of this article do all the same.
        if not taught.learnt.entries:
            self._teach(reviewed)
        self._seen = self._state()

    def lessons(self) -> Lessons:
        """Return the lessons, with what was approved up to now."""
        self.take_in()
        return self._lessons

    def take_in(self) -> int:
        """Learn from what was approved since, and keep how drafts were changed for it; returns how many entries that is.

        What was corrected or taken back since is counted too, and teaches no longer.
        """
        state = self._state()
        if state == self._seen:
            return 0
        self._seen = state
        reviewed = self._reviewed()
        corrected = self._known.difference(reviewed)
        for msgid, text in corrected:
            self._teacher.take_back(self.name, msgid, text)
        new = [row for row in reviewed if row not in self._known]
        self._known = set(reviewed)
        label = f"{self._engine.name}:{self._engine.version(*self._pair)}"
        reviews = self._teach(new)
        collect(
            PostEdit(
                label,
                *self._pair,
                review.msgid,
                review.draft,
                review.accepted,
                self._given(review),
            )
            for review in reviews
        )
        return len(reviews) + len(corrected)

    def _given(self, review: Review) -> str:
        """Return the draft that a review began with: of several that were written, the nearest."""
        written = [text for _engine, text in self._cache.written(self._pair[1], review.msgid)]
        return min(written, key=lambda text: changed(text, review.accepted), default="")

    def unlearn(self, changes: Sequence[tuple[str, str]]) -> None:
        """Never again make some changes."""
        for old, new in changes:
            self._lessons.unlearn(old, new)
        forbid(self._engine.name, self._pair, changes)

    def _teach(self, rows: Sequence[tuple[str, str]]) -> list[Review]:
        """Teach msgids with their accepted texts, beside what the engine alone makes of them."""
        if not rows:
            return []
        drafts = engine_drafts([msgid for msgid, _text in rows], self._engine, *self._pair)
        reviews = [
            Review(self.name, msgid, draft, text)
            for (msgid, text), draft in zip(rows, drafts, strict=True)
            if draft
        ]
        for review in reviews:
            self._teacher.teach(review)
        return reviews

    def _state(self) -> tuple[int, int]:
        status = self._path.stat()
        return status.st_size, status.st_mtime_ns

    def _reviewed(self) -> list[tuple[str, str]]:
        return [
            (entry.msgid, entry.msgstr)
            for entry in Catalog.load(self._path).entries
            if entry.state is State.REVIEWED
            and entry.msgid_plural is None
            and entry.msgstr != OMIT
        ]
