"""The `#.` lines of an entry: what its placeholders stand for, written for translators and read again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from l10n.model import Placeholder, Unit


def describe(unit: Unit, *variants: Unit) -> tuple[str, ...]:
    """The `#.` lines of an entry: its kind, what each placeholder stands for, the author's notes.

    `variants` are further occurrences of the same unit whose markup stands for something else.
    The lines are the same in every interface language: catalogs do not change with the reader.
    """
    lines = [f"kind: {unit.kind}"]
    lines.extend(
        _describe_placeholder(placeholder)
        for occurrence in (unit, *variants)
        for placeholder in occurrence.placeholders
        if placeholder.stands_for
    )
    for occurrence in (unit, *variants):
        lines.extend(line for note in occurrence.notes for line in note.splitlines())
    return tuple(dict.fromkeys(lines))


def parse_description(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What each placeholder stands for, by name, every variant: the inverse of `describe`."""
    meanings: dict[str, tuple[str, ...]] = {}
    for line in lines:
        match = _DESCRIPTION.fullmatch(line.strip())
        if match:
            name, tag = match["name"], match["name"].rstrip("0123456789")
            stands_for = match["meaning"].removeprefix(_LEADS.get(tag, ""))
            meanings[name] = (*meanings.get(name, ()), stands_for)
    return meanings


def kind_of(lines: Iterable[str]) -> str:
    """Return the kind of block that the lines tell; empty when they do not."""
    return next((match[1] for line in lines if (match := _KIND.search(line))), "")


_KIND = re.compile(r"kind: *(\w+)")
_DESCRIPTION = re.compile(r"<(?P<name>[a-z][a-z-]*[1-9][0-9]*)/?> = (?P<meaning>.+)")
_LEADS = {"a": "link to ", "img": "image "}
"""Words that make a bare address readable in a `#.` line."""


def _describe_placeholder(placeholder: Placeholder) -> str:
    slash = "" if placeholder.paired else "/"
    return f"<{placeholder.name}{slash}> = {_LEADS.get(placeholder.tag, '')}{placeholder.stands_for}"
