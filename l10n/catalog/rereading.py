"""Translations carried over where the text of an article is the same and only our reading of it has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from l10n.catalog import comments
from l10n.catalog.entry import Entry, Snapshot
from l10n.catalog.stamp import digest
from l10n.model import Key, Severity, Unit
from l10n.text.carrying import carry_over
from l10n.text.description import describe, kind_of, parse_description
from l10n.text.markup import OMIT, marks, tokens, validate


class Read(Protocol):
    """Reads a msgid or msgstr as today's reader of its article would (`l10n.articles.fragments`)."""

    def __call__(
        self, text: str, kind: str, meanings: Mapping[str, Sequence[str]], *, in_lines: bool
    ) -> tuple[Unit, ...]:
        """Return the units that the text is today; none when it is no text any more."""
        ...


def carry_readings(
    dropped: Iterable[Entry],
    new: Mapping[Key, Unit],
    standing: Collection[Key],
    read: Read | None,
) -> tuple[dict[Key, Snapshot], set[Entry], set[Entry]]:
    """Return what new units say by their key, the entries that said it before, and those that are no text any more.

    An entry is carried over when its msgid, read again, is nothing but units of the article, new ones among
    them: then its source is what it was. What its msgstr is today comes from reading that in the same way.
    """
    carried: dict[Key, Snapshot] = {}
    spent: set[Entry] = set()
    wordless: set[Entry] = set()
    by_text = _by_text(new)
    for entry in dropped:
        if entry.obsolete or not any(entry.msgstrs) or entry.msgid_plural is not None:
            continue
        snapshots = _same_text(entry, by_text)
        if not snapshots and read is not None:
            if not read(
                entry.msgid,
                kind_of(entry.extracted),
                parse_description(entry.extracted),
                in_lines=True,
            ):
                # An import, an include, a fence: nobody translates what is code today.
                wordless.add(entry)
                continue
            snapshots = _reread(entry, new, standing, read)
        fresh = {key: snapshot for key, snapshot in snapshots.items() if key not in carried}
        if fresh:
            carried.update(fresh)
            spent.add(entry)
    return carried, spent, wordless


def _by_text(new: Mapping[Key, Unit]) -> dict[str, Unit]:
    """Return units by their text without comments and differences of white space, where it is of one unit alone."""
    texts = {key: _bare(unit) for key, unit in new.items()}
    counts = Counter(texts.values())
    return {texts[key]: unit for key, unit in new.items() if counts[texts[key]] == 1}


def _bare(unit: Unit) -> str:
    text = unit.msgid
    for name in _comments(unit):
        text = text.replace(f"<{name}/>", "")
    return " ".join(text.split())


def _comments(unit: Unit) -> list[str]:
    """Return the names of the placeholders that stand for comments, which readers do not see."""
    return [
        placeholder.name
        for placeholder in unit.placeholders
        if not placeholder.paired and placeholder.opening.startswith("<!--")
    ]


def _same_text(entry: Entry, by_text: Mapping[str, Unit]) -> dict[Key, Snapshot]:
    """Carry over to a unit of the same text with other white space, another context, or comments at their place."""
    unit = by_text.get(" ".join(entry.msgid.split()))
    if unit is None:
        return {}
    msgstr = entry.msgstr
    if msgstr.strip() != OMIT:
        # At the end of the text is where they stood on its page until now.
        msgstr += "".join(
            f"<{name}/>" for name in _comments(unit) if f"<{name}/>" not in msgstr
        )
    return {unit.key: _snapshot(entry, unit, msgstr)}


def _reread(
    entry: Entry, new: Mapping[Key, Unit], standing: Collection[Key], read: Read
) -> dict[Key, Snapshot]:
    meanings, kind = parse_description(entry.extracted), kind_of(entry.extracted)
    for in_lines in (False, True):
        units = read(entry.msgid, kind, meanings, in_lines=in_lines)
        keys = [unit.key for unit in units]
        if not any(key in new for key in keys):
            continue
        if all(key in new or key in standing for key in keys):
            break
    else:
        return {}
    if entry.msgstr.strip() == OMIT:
        return {key: _snapshot(entry, new[key], OMIT) for key in keys if key in new}
    translated = read(entry.msgstr, kind, meanings, in_lines=in_lines)
    if [unit.context for unit in translated] != [unit.context for unit in units]:
        return {}
    msgstrs = [
        _renamed(unit, translation) for unit, translation in zip(units, translated, strict=True)
    ]
    if any(msgstr is None for msgstr in msgstrs):
        return {}
    had_errors = _has_errors(entry.msgid, entry.msgstr)
    return {
        key: _snapshot(entry, new[key], msgstr)
        for key, msgstr in zip(keys, msgstrs, strict=True)
        if key in new
        and msgstr is not None
        and (had_errors or not _has_errors(new[key].msgid, msgstr))
    }


def _renamed(unit: Unit, translation: Unit) -> str | None:
    """Return a translation with the names that its placeholders have in the source; None where one has none there."""
    renamed = carry_over(
        translation.msgid,
        old_msgid=translation.msgid,
        old_lines=describe(translation),
        unit=unit,
        keep_emphasis=True,
    )
    is_whole = len(marks(renamed)) == len(tokens(translation.msgid))
    return renamed if is_whole else None


def _has_errors(msgid: str, msgstr: str) -> bool:
    return any(problem.severity is Severity.ERROR for problem in validate(msgid, msgstr))


def _snapshot(entry: Entry, unit: Unit, msgstr: str) -> Snapshot:
    """Return comments, flag and stamp of an entry with a text of a unit; a stamp that fitted fits it too."""
    lines, stamp = entry.snapshot().lines, entry.stamp
    lines = comments.without_stamps(lines)
    if stamp is not None:
        bound = digest(unit.context, unit.msgid, None, (msgstr,))
        lines = comments.with_stamp(lines, replace(stamp, hash=bound))
    return Snapshot(lines, (msgstr,))
