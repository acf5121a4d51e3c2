"""Structured data: the JSON-LD of a page, written for a template or edited in place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from l10n.articles.html import jsonld
from l10n.export.edits import Edit
from l10n.export.languages import primary
from l10n.export.links import Links
from l10n.export.site import Page, Site

_SPACE = re.compile(r"[ \t\r\n]*")
_CREATIVE = re.compile(r"(?:Article|Posting|Page|Report|CreativeWork|Guide|Recipe|Review)$")
"""Ends of the schema.org types that have a language and translations."""

_ADDRESSES = frozenset({"url", "mainEntityOfPage", "@id"})
_PICTURES = frozenset({"image", "thumbnailUrl"})
_NAMING = frozenset({"@id", "url", "contentUrl", "thumbnailUrl"})
"""Members that tell where the thing that an object is about is to be found."""
_DEPTH = 4
"""How deep objects may lie in one another; more is no article, and may be meant to exhaust us."""


def article_json(
    *, headline: str, description: str, language: str, date: str, author: str
) -> str:
    """Return the JSON-LD of a page that is made from a template; what is empty is left out.

    What ties it to its translations is added when the page is dressed, as on any other page.
    """
    members = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": headline,
        "description": description,
        "inLanguage": language,
        "datePublished": date,
        "author": {"@type": "Person", "name": author} if author else "",
    }
    return _written({key: value for key, value in members.items() if value}, indent=1)


def _translation_members(page: Page, site: Site) -> dict[str, object]:
    """Return the members that every article on a page must have, or with None must not have.

    A further one is an entry here: it goes into the JSON-LD of every page, made by whatever format.
    """
    members: dict[str, object] = {"inLanguage": page.locale}
    original = site.original(page.slug)
    if site.base_url and page.original:
        translations = [
            {"@id": site.url(other)} for other in site.alternates(page) if not other.original
        ]
        if translations:
            members["workTranslation"] = translations
    elif site.base_url and original is not None:
        members |= {"translationOfWork": {"@id": site.url(original)}, "workTranslation": None}
    return members


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
    page: Page,
    site: Site,
    links: Links,
    left_texts: frozenset[str] = frozenset(),
) -> list[Edit]:
    """Return the edits that set language, translations and addresses on every article in a JSON-LD script.

    The original keeps an `es-MX` that is there for es, and an article whose texts are all among `left_texts`,
    those nobody translated, keeps the language that they are in. Addresses that an article names itself or its
    pictures by are exchanged inside lists and objects, too. What is not JSON stays as it is.
    """
    script = source[start:end]
    required = _translation_members(page, site)
    exchanged = _exchanged(page, site, links)
    edits: list[Edit] = []
    try:
        for offset, members in _works(script):
            present = {member.key: member for member in members}
            changes = dict(required)
            if (
                page.original and _is_language(script, present.get("inLanguage"), page.locale)
            ) or not _is_translated(script, offset, left_texts):
                del changes["inLanguage"]
            body = present.get("articleBody")
            # Half a page in another language is no help: the words stand on the page itself.
            if body and _DECODER.raw_decode(script, body.start)[0] in left_texts:
                changes["articleBody"] = None
            edits += _set_members(script, offset, present, changes)
            for key in _ADDRESSES | _PICTURES:
                if key in present:
                    edits += _exchange(script, key, present[key].start, exchanged)
    except (ValueError, RecursionError):
        return []
    return [Edit(start + edit.start, start + edit.end, edit.text) for edit in edits]


def _exchanged(page: Page, site: Site, links: Links) -> Callable[[str, str], str | None]:
    """Return what gives the address for a member and the address it has; None where that stays."""
    original = site.original(page.slug)

    def exchanged(key: str, value: str) -> str | None:
        if key in _PICTURES:
            return links.asset(value)
        address, _hash, fragment = value.partition("#")
        if not original or address != site.url(original):
            return None
        return f"{site.url(page)}#{fragment}" if fragment else site.url(page)

    return exchanged


def _works(
    script: str, offset: int | None = None, depth: int = 0
) -> Iterator[tuple[int, list[Member]]]:
    """Yield the articles of a script: offset behind the brace, members; in lists and `@graph` too."""
    offset = _skip(script, 0) if offset is None else offset
    if depth > _DEPTH or offset >= len(script):
        return
    if script[offset] == "[":
        for item in _items(script, offset):
            yield from _works(script, item, depth + 1)
    if script[offset] != "{":
        return
    members = list(_members(script, offset))
    for member in members:
        if member.key == "@type" and _CREATIVE.search(_text(script, member).strip('[]" ')):
            yield offset + 1, members
        elif member.key == "@graph":
            yield from _works(script, member.start, depth + 1)


def _members(script: str, offset: int) -> Iterator[Member]:
    offset = _skip(script, offset + 1)
    while script[offset : offset + 1] == '"':
        key, offset = _DECODER.raw_decode(script, offset)
        offset = _skip(script, offset)
        if script[offset : offset + 1] != ":":
            raise ValueError(script)
        start = _skip(script, offset + 1)
        _value, end = _DECODER.raw_decode(script, start)
        yield Member(key, start, end)
        offset = _skip(script, end)
        if script[offset : offset + 1] == ",":
            offset = _skip(script, offset + 1)


def _items(script: str, offset: int) -> Iterator[int]:
    offset = _skip(script, offset + 1)
    while offset < len(script) and script[offset] != "]":
        _value, end = _DECODER.raw_decode(script, offset)
        yield offset
        offset = _skip(script, end)
        if script[offset : offset + 1] == ",":
            offset = _skip(script, offset + 1)


def _set_members(
    script: str, offset: int, present: Mapping[str, Member], required: Mapping[str, object]
) -> list[Edit]:
    edits = []
    added = ""
    indent = _SPACE.match(script, offset)
    for key, value in required.items():
        member = present.get(key)
        # Only what says something else is replaced, so that the spelling of an author stays.
        if value is None:
            edits += [_removal(script, member)] if member else []
        elif member is None:
            added += f"{indent[0] if indent else ''}{_written(key)}: {_written(value)},"
        elif json.loads(_text(script, member)) != value:
            edits.append(Edit(member.start, member.end, _written(value)))
    if added:
        edits.append(Edit(offset, offset, added if present else added.rstrip(",")))
    return edits


def _removal(script: str, member: Member) -> Edit:
    """Take a member out, with the comma that parts it from its neighbour."""
    start = script.rindex(json.dumps(member.key), 0, member.start)
    end = _skip(script, member.end)
    if script[end : end + 1] == ",":
        return Edit(start, _skip(script, end + 1), "")
    before = script[:start].rstrip(" \t\r\n")
    return Edit(len(before) - before.endswith(","), member.end, "")


def _is_translated(script: str, offset: int, left_texts: frozenset[str]) -> bool:
    """Whether a text of the article that begins before an offset is translated; one without texts is its page."""
    if not left_texts:
        return True
    _value, end = _DECODER.raw_decode(script, offset - 1)
    texts = [string.value for string in jsonld.strings(script, offset - 1, end)]
    return not texts or not left_texts.issuperset(texts)


def _is_language(script: str, member: Member | None, language: str) -> bool:
    value = json.loads(_text(script, member)) if member else None
    return isinstance(value, str) and primary(value) == primary(language)


def _exchange(
    script: str,
    key: str,
    offset: int,
    exchanged: Callable[[str, str], str | None],
    depth: int = 0,
) -> list[Edit]:
    """Return the edits that exchange the addresses in a value: itself, those of a list, those an object goes by."""
    if depth > _DEPTH:
        return []
    if script[offset] == "[":
        items = _items(script, offset)
        return [
            edit
            for item in items
            for edit in _exchange(script, key, item, exchanged, depth + 1)
        ]
    if script[offset] == "{":
        return [
            edit
            for member in _members(script, offset)
            if member.key in _NAMING
            for edit in _exchange(script, key, member.start, exchanged, depth + 1)
        ]
    value, end = _DECODER.raw_decode(script, offset)
    other = exchanged(key, value) if isinstance(value, str) else None
    return [Edit(offset, end, _written(other))] if other not in (None, value) else []


def _text(script: str, member: Member) -> str:
    return script[member.start : member.end]


def _written(value: object, *, indent: int | None = None) -> str:
    """Return a value as JSON that can end no script element."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _skip(script: str, offset: int) -> int:
    space = _SPACE.match(script, offset)
    return space.end() if space else offset


_DECODER = json.JSONDecoder(strict=False)
