"""Catalogs and sittings for the tests of the reviewer."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.model import Kind, Origin, Unit
from l10n.project.judging import Criteria
from l10n.review.judge import Judge
from l10n.review.keeper import Keeper
from l10n.review.opening import resolve
from l10n.review.session import Session
from tests.review.driving import WIDE, HandClock, Open, Opened, settle
from tui.app import ReviewApp

SOURCES = (
    "La feria abre sus puertas.",
    "El niño lee <a1>un cuento</a1>.",
    "Hay 300 casetas en el parque.",
    "Más información",
    "<b1>Ojo:</b1> mañana llueve.",
    "Pingüinos y cigüeñas.",
)
TARGETS = (
    "The fair opens its doors.",
    "The child reads <a1>a story</a1>.",
    "There are 300 stalls in the park.",
    "More information",
    "<b1>Careful:</b1> it rains tomorrow.",
    "Penguins and storks.",
)
KINDS = (Kind.HEADLINE, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.LABEL, Kind.QUOTE, Kind.ITEM)

PLURALS = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Queda una caseta. Mire."
msgid_plural "Quedan %d casetas. Mire."
msgstr[0] ""
msgstr[1] ""

#, fuzzy
msgid "Mañana llueve."
msgstr "It rains tomorrow."
"""
TWO_FORMS = ("One stall is left. Look.", "%d stalls are left. Look.")


@dataclass
class Desk:
    """A catalog in a folder, and the sittings at it."""

    path: Path
    sittings: list[Session] = field(default_factory=list)

    def write(self, *, drafts: bool = True) -> Path:
        """Write a catalog of six units, drafted by machine or empty."""
        catalog = Catalog.new(self.path, source="es", target="en", article="es/feria.html")
        units = [Unit(text, kind=kind) for text, kind in zip(SOURCES, KINDS, strict=True)]
        catalog.merge(units, article="es/feria.html")
        if drafts:
            for entry, text in zip(catalog.entries, TARGETS, strict=True):
                entry.fill(text, origin=Origin.MT, mt="argos:1.0", band="good")
        catalog.save(overwrite=True)
        return self.path

    def write_plurals(self) -> Path:
        """Write a catalog of a unit with plural forms, drafted by machine, and one without."""
        self.path.write_text(PLURALS, encoding="utf-8")
        catalog = Catalog.load(self.path)
        catalog.entries[0].fill(TWO_FORMS, origin=Origin.MT, mt="argos:1.0", band="good")
        catalog.save()
        return self.path

    def sit_down(self, *, reviewer: str = "Ana", force: bool = False) -> Session:
        """Open the catalog for review, lock and journal included."""
        keeper = Keeper.open(self.path)
        session = Session(
            keeper, reviewer=reviewer, judge=Judge(Criteria("en"), keeper.catalog)
        )
        session.read_only = keeper.start(reviewer, force=force) is not None
        self.sittings.append(session)
        return session

    def save(self, session: Session) -> str:
        """Save the way the screen does, merging with others; gives what went wrong."""
        for _round in range(5):
            if not session.keeper.is_dirty:
                return ""
            outcome = session.keeper.save(session.keeper.plan())
            if outcome.theirs is None:
                session.keeper.settle(outcome)
                return outcome.problem
            session.adopt(outcome)
        return "somebody keeps on writing"

    def die(self, session: Session) -> None:
        """End a sitting the way SIGKILL does: what it held is let go, nothing is written."""
        keeper = session.keeper
        for holder in (keeper.journal, keeper.lock):
            if holder is not None:
                os.close(holder._descriptor)
        keeper.journal = keeper.lock = None
        self.sittings.remove(session)

    def on_disk(self) -> Catalog:
        """Read the file."""
        return Catalog.load(self.path)

    def texts(self) -> list[str]:
        """Give the translations the file holds."""
        return [entry.msgstr for entry in self.on_disk().entries]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A catalog of six machine drafts; sittings left open are closed."""
    desk = Desk(tmp_path / "feria.po")
    desk.write()
    yield desk
    for session in desk.sittings:
        session.keeper.close()


@pytest.fixture
def review(desk: Desk) -> Open:
    """Open the desk's catalog in a terminal that exists only in memory."""

    @asynccontextmanager
    async def open_it(
        size: tuple[int, int] = WIDE, **settings: object
    ) -> AsyncIterator[Opened]:
        project, places = resolve(str(desk.path))
        chosen = {"engine_ahead": False, "begin_in": "list", **settings}
        app = ReviewApp(places, project, reviewer="Ana", settings=chosen, clock=HandClock())
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield app, pilot

    return open_it
