"""Structured data: the language and the translation of an article in its JSON-LD, edited in place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from l10n.export.edits import Edit
from l10n.export.languages import primary

_SPACE = re.compile(r"[ \t\r\n]*")
_CREATIVE = re.compile(r"(?:Article|Posting|Page|Report|CreativeWork|Guide|Recipe|Review)$")
"""Ends of the schema.org types that have a language and translations."""

ADDRESSES = frozenset({"url", "mainEntityOfPage", "@id"})
PICTURES = frozenset({"image", "thumbnailUrl"})
_NAMING = frozenset({"@id", "url", "contentUrl", "thumbnailUrl"})
"""Members that tell where the thing that an object is about is to be found."""
_DEPTH = 4


class Member(NamedTuple):
    """A member of a JSON object, with the offsets of its value."""

    key: str
    start: int
    end: int


def localize_json(
    source: str,
    start: int,
    end: int,
    *,
    language: str,
    keep_region: bool,
    links: Mapping[str, object],
    replaced: Callable[[str, str], str | None],
) -> list[Edit]:
    """Give the edits that set `inLanguage` and the links to translations on every article in a JSON-LD script.

    With `keep_region` an `es-MX` that is there stays for es. `links` are the members to set by key, or with None to
    take out. `replaced` is given the key and value of each address an article names itself or its pictures by, also
    inside lists and objects, and gives another one. What is no JSON stays as it is.
    """
    script = source[start:end]
    edits: list[Edit] = []
    try:
        for place, members in _works(script):
            known = {member.key: member for member in members}
            wanted = {"inLanguage": language, **links}
            if keep_region and _is_language(script, known.get("inLanguage"), language):
                del wanted["inLanguage"]
            edits += _set_members(script, place, known, wanted)
            for key in ADDRESSES | PICTURES:
                if key in known:
                    edits += _exchange(script, key, known[key].start, replaced)
    except (ValueError, RecursionError):
        return []
    return [Edit(start + edit.start, start + edit.end, edit.text) for edit in edits]


def _works(
    script: str, place: int | None = None, depth: int = 0
) -> Iterator[tuple[int, list[Member]]]:
    """Give the articles of a script: offset behind the brace, members; in lists and `@graph` too."""
    place = _skip(script, 0) if place is None else place
    if depth > _DEPTH or place >= len(script):
        return
    if script[place] == "[":
        for item in _items(script, place):
            yield from _works(script, item, depth + 1)
    if script[place] != "{":
        return
    members = list(_members(script, place))
    for member in members:
        if member.key == "@type" and _CREATIVE.search(_text(script, member).strip('[]" ')):
            yield place + 1, members
        elif member.key == "@graph":
            yield from _works(script, member.start, depth + 1)


def _members(script: str, place: int) -> Iterator[Member]:
    place = _skip(script, place + 1)
    while script[place : place + 1] == '"':
        key, place = _DECODER.raw_decode(script, place)
        place = _skip(script, place)
        if script[place : place + 1] != ":":
            raise ValueError(script)
        start = _skip(script, place + 1)
        _value, end = _DECODER.raw_decode(script, start)
        yield Member(key, start, end)
        place = _skip(script, end)
        if script[place : place + 1] == ",":
            place = _skip(script, place + 1)


def _items(script: str, place: int) -> Iterator[int]:
    place = _skip(script, place + 1)
    while place < len(script) and script[place] != "]":
        _value, end = _DECODER.raw_decode(script, place)
        yield place
        place = _skip(script, end)
        if script[place : place + 1] == ",":
            place = _skip(script, place + 1)


def _set_members(
    script: str, place: int, known: Mapping[str, Member], wanted: Mapping[str, object]
) -> list[Edit]:
    edits = []
    added = ""
    indent = _SPACE.match(script, place)
    for key, value in wanted.items():
        member = known.get(key)
        if value is None:
            edits += [_removal(script, member)] if member else []
        elif member is None:
            added += f"{indent[0] if indent else ''}{_written(key)}: {_written(value)},"
        elif json.loads(_text(script, member)) != value:
            edits.append(Edit(member.start, member.end, _written(value)))
    if added:
        edits.append(Edit(place, place, added if known else added.rstrip(",")))
    return edits


def _removal(script: str, member: Member) -> Edit:
    """Take a member out, with the comma that parts it from its neighbour."""
    start = script.rindex(json.dumps(member.key), 0, member.start)
    end = _skip(script, member.end)
    if script[end : end + 1] == ",":
        return Edit(start, _skip(script, end + 1), "")
    before = script[:start].rstrip(" \t\r\n")
    return Edit(len(before) - before.endswith(","), member.end, "")


def _is_language(script: str, member: Member | None, language: str) -> bool:
    value = json.loads(_text(script, member)) if member else None
    return isinstance(value, str) and primary(value) == primary(language)


def _exchange(
    script: str,
    key: str,
    place: int,
    replaced: Callable[[str, str], str | None],
    depth: int = 0,
) -> list[Edit]:
    """Give the edits that exchange the addresses in a value: itself, those of a list, those an object goes by."""
    if depth > _DEPTH:
        return []
    if script[place] == "[":
        items = _items(script, place)
        return [e for item in items for e in _exchange(script, key, item, replaced, depth + 1)]
    if script[place] == "{":
        return [
            edit
            for member in _members(script, place)
            if member.key in _NAMING
            for edit in _exchange(script, key, member.start, replaced, depth + 1)
        ]
    value, end = _DECODER.raw_decode(script, place)
    other = replaced(key, value) if isinstance(value, str) else None
    return [Edit(place, end, _written(other))] if other not in (None, value) else []


def _text(script: str, member: Member) -> str:
    return script[member.start : member.end]


def _written(value: object) -> str:
    """Write a value so that it can end no script element."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _skip(script: str, place: int) -> int:
    found = _SPACE.match(script, place)
    return found.end() if found else place


_DECODER = json.JSONDecoder(strict=False)
