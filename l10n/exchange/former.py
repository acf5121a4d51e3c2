"""Answers to texts that an article no longer has: carried to what these became, as `update` carries translations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from l10n.catalog import Catalog, Entry, comments
from l10n.catalog.entry import Snapshot
from l10n.catalog.matching import match_edits
from l10n.catalog.source import Source
from l10n.catalog.stamp import digest
from l10n.exchange.inline import join, says_the_same, split
from l10n.exchange.messages import Answer, is_free
from l10n.model import Key, Kind, Origin, Placeholder, State, Unit
from l10n.text.carrying import carry_over
from l10n.text.description import kind_of, parse_description
from l10n.text.markup import tokens


class Place(NamedTuple):
    """The entry that the answer to a former text is for."""

    entry: Entry
    is_taken: bool
    """False where the entry has other text of a person, which stays."""


def place_former(
    catalog: Catalog, answers: Sequence[Answer], order: Sequence[Key], *, replace: bool
) -> list[Place | None]:
    """Put translations of former texts as drafts into what these texts became; None for one that became nothing.

    `order` are the keys of all texts that came back, in their order: neighbours tell which text was edited.
    """
    olds = [_as_entry(answer) for answer in answers]
    places: dict[Entry, Place] = {}
    rest: list[Entry] = []
    for answer, old in zip(answers, olds, strict=True):
        entry = _successor(catalog, old)
        if entry is None:
            rest.append(old)
        else:
            places[old] = Place(entry, _put(entry, old, answer, replace=replace))
    taken = {place.entry for place in places.values()}
    units = {
        entry.key: entry
        for entry in catalog.entries
        if entry.state is State.UNTRANSLATED and entry not in taken
    }
    matches = match_edits(
        [_as_unit(entry) for entry in units.values()],
        rest,
        [entry.key for entry in catalog.entries],
        order,
    )
    for key, old in matches.items():
        answer = answers[olds.index(old)]
        places[old] = Place(units[key], _put(units[key], old, answer, replace=replace))
    return [places.get(old) for old in olds]


def _as_entry(answer: Answer) -> Entry:
    """Return the entry that an answer would be, had its source stayed."""
    snapshot = Snapshot((), (join(answer.target),))
    return Entry(Source(b""), join(answer.source), answer.context, snapshot)


def _successor(catalog: Catalog, old: Entry) -> Entry | None:
    """Return what says of itself that it was this text before; an obsolete one may come back."""
    source = split(old.msgid)
    for entry in catalog.entries:
        previous = entry.previous_msgid
        if previous is not None and says_the_same(split(previous), source):
            return entry
    keys = (entry for entry in catalog.obsolete if entry.key == old.key)
    return next(keys, None)


def _put(entry: Entry, old: Entry, answer: Answer, *, replace: bool) -> bool:
    """Write a former translation as a draft; False where the entry has something that is worth more."""
    if entry.obsolete:
        if not (replace or is_free(entry, answer.basis)):
            return False
        entry.translate(old.msgstr)
        return True
    msgstr = carry_over(
        old.msgstr, old_msgid=old.msgid, old_lines=entry.extracted, unit=_as_unit(entry)
    )
    if says_the_same(split(entry.msgstr), split(msgstr)):
        return True
    # Of a draft that came from the former translation the hash tells whether it still is that one.
    left = digest(old.msgctxt, old.msgid, None, entry.msgstrs)
    is_as_left = answer.basis is not None and answer.basis.hash == left
    if not (replace or entry.is_open or (entry.origin is Origin.SOURCE_CHANGED and is_as_left)):
        return False
    entry.save_draft(msgstr)
    lines = comments.without_stamps(comments.without_previous(entry.snapshot().lines))
    previous = comments.previous_lines(old.msgctxt, old.msgid, None)
    entry.restore(Snapshot((*lines, *previous), entry.msgstrs))
    return True


def _as_unit(entry: Entry) -> Unit:
    """Return the unit that an entry was made from, as far as its catalog tells."""
    meanings = parse_description(entry.extracted)
    placeholders = tuple(
        Placeholder(
            token.tag,
            token.number,
            paired=token.form == "open",
            opening="",
            stands_for=meanings.get(token.name, ("",))[0],
        )
        for token in tokens(entry.msgid)
        if token.form != "close" and token.number
    )
    kind = kind_of(entry.extracted)
    known = Kind(kind) if kind in set(Kind) else Kind.OTHER
    return Unit(entry.msgid, entry.msgctxt, known, placeholders)
