"""Two reviewers and somebody with another program at one catalog, in any order: nothing gets lost.

Every text that anybody writes is unique, and remembers the text it replaced. At the end, each must be
in the file, or be what the text in the file came from, or have been shown to somebody as a conflict.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from l10n.catalog import Catalog
from l10n.review.session import Session

if TYPE_CHECKING:
    from tests.review.conftest import Desk

ROUNDS = int(os.environ.get("L10N_INTERLEAVINGS", "30"))
"""How many random orders are tried."""
STEPS = 25


class World:
    """Three people at one file."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.chance = random.Random(seed)
        self.came_from: dict[str, set[str]] = defaultdict(set)
        self.shown: set[str] = set()
        self.written: set[str] = set()
        self.number = 0
        self.unrest = 0.3
        """How often somebody does something in the middle of a save."""
        self.sessions = [
            desk.sit_down(reviewer="Ana"),
            desk.sit_down(reviewer="Luis", force=True),
        ]

    def new_text(self, replaced: str) -> str:
        self.number += 1
        text = f"text {self.number}"
        self.came_from[text].add(replaced)
        self.written.add(text)
        return text

    def step(self) -> None:
        session = self.chance.choice(self.sessions)
        self.chance.choice(
            [
                self.approve,
                self.approve,
                self.type,
                self.save,
                self.save,
                self.look,
                self.outside,
                self.undo,
            ]
        )(session)

    def approve(self, session: Session) -> None:
        session.go_to(self.chance.randrange(len(session.entries)))
        session.type(self.new_text(session.text), 0)
        session.approve(force=True)

    def type(self, session: Session) -> None:
        session.go_to(self.chance.randrange(len(session.entries)))
        session.type(self.new_text(session.text), 0)

    def undo(self, session: Session) -> None:
        before = [session.text_of(entry) for entry in session.entries]
        session.undo()
        for old, entry in zip(before, session.entries, strict=True):
            new = session.text_of(entry)
            if new != old:  # taken back on purpose, by somebody who saw it
                self.came_from[new].add(old)

    def save(self, session: Session) -> None:
        for _round in range(5):
            if not session.keeper.is_dirty:
                return
            job = session.keeper.plan()
            if self.chance.random() < self.unrest:
                self.outside(session)
            outcome = session.keeper.save(job)
            if outcome.theirs is None:
                assert outcome.problem == ""
                if self.chance.random() < self.unrest:
                    self.approve(session)  # while the file was being written
                session.keeper.settle(outcome)
                return
            self.adopt(session, outcome)

    def look(self, session: Session) -> None:
        outcome = session.keeper.read_disk()
        if outcome.theirs is not None:
            self.adopt(session, outcome)

    def adopt(self, session: Session, outcome: object) -> None:
        merged = session.adopt(outcome)  # type: ignore[arg-type]
        assert merged is not None
        for conflict in merged.conflicts:
            ours, theirs = conflict.ours["msgstrs"][0], conflict.theirs["msgstrs"][0]
            self.shown |= {ours, theirs}
            session.keeper.decided(conflict.key)
            if self.chance.random() < 0.5:
                session.put_content(conflict.key, conflict.ours, "Mine")
                self.came_from[ours].add(theirs)
            else:
                self.came_from[theirs].add(ours)

    def outside(self, _session: Session) -> None:
        catalog = Catalog.load(self.desk.path)
        entry = self.chance.choice(catalog.entries)
        entry.translate(self.new_text(entry.msgstr))
        catalog.save()

    def finish(self) -> None:
        self.unrest = 0
        for session in self.sessions * 2:
            session.keep_text()
            self.save(session)
        for session in self.sessions:
            self.look(session)
            self.save(session)

    def lost(self) -> set[str]:
        known = set(self.desk.texts()) | self.shown
        pending = list(known)
        while pending:
            for parent in self.came_from.get(pending.pop(), ()):
                if parent not in known:
                    known.add(parent)
                    pending.append(parent)
        return self.written - known


class Sittings(World):
    """The same people, each with the lock: they take over, notice that, sit down again, and die."""

    def step(self) -> None:
        session = self.chance.choice(self.sessions)
        act = self.chance.choice(
            [
                self.approve,
                self.approve,
                self.type,
                self.tick,
                self.tick,
                self.outside,
                self.undo,
            ]
            if not session.read_only
            else [self.look, self.sit_down_again, self.outside]
        )
        act(session)
        if self.chance.random() < 0.06:
            self.chance.choice([self.sit_down_again, self.die])(
                self.chance.choice(self.sessions)
            )

    def tick(self, session: Session) -> None:
        """Do what the screen does once a second."""
        lock = session.keeper.lock
        if lock is not None and not lock.is_held():
            session.keep_text()
            while session.keeper.is_dirty:
                self.save(session)
                session.keep_text()
            session.read_only = True
        elif session.keeper.is_dirty:
            self.save(session)
        else:
            self.look(session)

    def sit_down_again(self, session: Session) -> None:
        """Leave, having saved, and take the catalog over from whoever has it now."""
        if not session.read_only:
            session.keep_text()
            self.save(session)
        session.keeper.close()
        self.desk.sittings.remove(session)
        self.replace(session)

    def die(self, session: Session) -> None:
        """Die, and start again."""
        if not session.read_only:
            self.desk.die(session)
            self.replace(session)

    def replace(self, session: Session) -> None:
        """Start again, take the catalog over and put back what the journal has."""
        fresh = self.desk.sit_down(reviewer=session.reviewer, force=True)
        self.sessions[self.sessions.index(session)] = fresh
        offered = fresh.keeper.recoverable()
        for one in offered:
            self.shown.add(one.record.state["msgstrs"][0])
            self.shown.add(one.now["msgstrs"][0])
        fresh.recover(offered)
        fresh.keeper.settle_left_behind()

    def finish(self) -> None:
        self.unrest = 0
        for session in list(self.sessions):
            if not session.read_only:
                self.sit_down_again(session)
        for session in self.sessions:
            self.tick(session)


@pytest.mark.parametrize("kind", [World, Sittings])
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_nothing_is_lost_in_any_order(desk: Desk, seed: int, kind: type[World]) -> None:
    world = kind(desk, seed)
    for _number in range(STEPS):
        world.step()
        Catalog.load(desk.path)  # never damaged
    world.finish()
    assert world.lost() == set()
