"""XLIFF 1.2, written: https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html, of its strict schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from l10n import __version__
from l10n.catalog import Catalog
from l10n.exchange.elements import text_and_unwritable, write_attributes, write_text
from l10n.exchange.inline import Code, Parts, Shape, split
from l10n.exchange.messages import FindMatches, Message, messages_of
from l10n.exchange.segments import Piece, face
from l10n.model import Match, Origin, State

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

_STATES = {
    State.UNTRANSLATED: "new",
    State.DRAFT: "needs-review-translation",
    State.TRANSLATED: "translated",
    State.REVIEWED: "final",
}
_QUALIFIERS = {
    Origin.MT: "leveraged-mt",
    Origin.TM: "fuzzy-match",
    Origin.ALIGNED: "x-aligned",
    Origin.SOURCE_CHANGED: "x-source-changed",
}
_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underlined",
    "a": "link",
    "img": "image",
    "br": "lb",
}
_IMAGE_TYPES = {"image", "lb"}
"""Types that the schema keeps for `<x/>`; those of `<g>` are others."""
_GROUP_TYPES = {"bold", "italic", "underlined", "link"}


def write(
    catalogs: Iterable[Catalog],
    *,
    segmented: bool = False,
    find_matches: FindMatches | None = None,
) -> str:
    """Return a document with a `<file>` for each catalog."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff version="1.2" xmlns="{NAMESPACE}">',
    ]
    for catalog in catalogs:
        lines += _file(catalog, segmented, find_matches)
    return "\n".join([*lines, "</xliff>", ""])


def _file(catalog: Catalog, segmented: bool, find_matches: FindMatches | None) -> Iterator[str]:
    source = catalog.source_locale or "und"
    locales = (source, catalog.target_locale)
    attributes = write_attributes(
        original=catalog.article or (catalog.path.stem if catalog.path else ""),
        source__language=source,
        target__language=catalog.target_locale,
        datatype="plaintext",
        xml_space="preserve",
        tool__id="l10n-workbench",
    )
    yield f"<file{attributes}>"
    tool = write_attributes(
        tool__id="l10n-workbench", tool__name="l10n-workbench", tool__version=__version__
    )
    yield f"<header><tool{tool}/></header>"
    yield "<body>"
    for entry, messages in groupby(
        messages_of(catalog, find_matches), key=lambda message: message.entry
    ):
        units = [_unit(message, locales, segmented) for message in messages]
        if entry.msgid_plural is None:
            yield from units
        else:
            # As the OASIS guide to PO in XLIFF 1.2 has it, and translate-toolkit reads it.
            yield f"<group{write_attributes(restype='x-gettext-plurals')}>"
            yield from units
            yield "</group>"
    yield "</body>"
    yield "</file>"


def _unit(message: Message, locales: tuple[str, str], segmented: bool) -> str:
    entry = message.entry
    state = entry.state
    attributes = write_attributes(
        id=message.identifier,
        approved="yes" if state is State.REVIEWED else None,
        xml_space="preserve",
        restype=f"x-{message.kind}" if message.kind else None,
        extradata=message.basis,
        maxwidth=message.longest,
        size__unit=None if message.longest is None else "char",
    )
    whole = split(message.source, verbatim=message.verbatim)
    target = split(message.target, verbatim=message.verbatim)
    lines = [f"<trans-unit{attributes}>", f"<source>{_inline(whole)}</source>"]
    pieces = (
        face(message.source, message.target, locales, verbatim=message.verbatim)
        if segmented
        else ((), ())
    )
    written = _inline(target)
    if len(pieces[0]) > 1:
        lines.append(f"<seg-source>{_segments(pieces[0])}</seg-source>")
        # Empty segments are what a tool for segments fills in.
        written = _segments(pieces[1] or tuple(Piece((), piece.space) for piece in pieces[0]))
    # A plural is as far as all of its forms: a form without a text is new all the same.
    mine = state if message.target else State.UNTRANSLATED
    qualifier = _QUALIFIERS[entry.origin] if entry.origin and message.target else None
    attributes = write_attributes(state=_STATES[mine], state__qualifier=qualifier)
    lines.append(f"<target{attributes}>{written}</target>")
    lines += _context(message)
    lines += [_note("developer", line) for line in entry.extracted]
    lines += [_note("po-translator", line) for line in entry.notes]
    lines += [_match(match, message.verbatim) for match in message.matches]
    return "\n".join([*lines, "</trans-unit>"])


def _context(message: Message) -> Iterator[str]:
    entry = message.entry
    if entry.references:
        yield '<context-group purpose="location">'
        for place in entry.references:
            yield f'<context context-type="sourcefile">{write_text(place)}</context>'
        yield "</context-group>"
    if entry.msgctxt is not None:
        context = write_text(entry.msgctxt)
        yield '<context-group purpose="information">'
        yield f'<context context-type="x-po-msgctxt">{context}</context>'
        yield "</context-group>"


def _note(author: str, text: str) -> str:
    return f"<note{write_attributes(**{'from': author})}>{write_text(text)}</note>"


def _match(match: Match, verbatim: bool) -> str:
    attributes = write_attributes(
        match__quality=f"{min(match.percent, 100)}%",
        origin=match.origin.rpartition("/")[2] or None,
    )
    source, target = (
        _inline(split(text, verbatim=verbatim)) for text in (match.source, match.target)
    )
    return (
        f"<alt-trans{attributes}><source>{source}</source><target>{target}</target></alt-trans>"
    )


def _segments(pieces: Sequence[Piece]) -> str:
    return "".join(
        f'<mrk mtype="seg" mid="{number}">{_inline(piece.parts)}</mrk>{write_text(piece.space)}'
        for number, piece in enumerate(pieces, 1)
    )


def _inline(parts: Parts) -> str:
    return "".join(
        _code(part) if isinstance(part, Code) else "".join(_written(part)) for part in parts
    )


def _written(text: str) -> Iterator[str]:
    for written, character in text_and_unwritable(text):
        yield written
        if character:
            yield f'<x id="cp.{ord(character):04x}" ctype="x-character"/>'


def _code(code: Code) -> str:
    kind = _TYPES.get(code.tag, f"x-{code.tag}")
    match code.shape:
        case Shape.OPEN:
            kind = kind if kind in _GROUP_TYPES else f"x-{code.tag}"
            return f"<g{write_attributes(id=code.identifier, ctype=kind)}>"
        case Shape.CLOSE:
            return "</g>"
        case Shape.VOID:
            kind = kind if kind in _IMAGE_TYPES else f"x-{code.tag}"
            return f"<x{write_attributes(id=code.identifier, ctype=kind)}/>"
        case Shape.START:
            return f"<bx{write_attributes(id=code.identifier, ctype=f'x-{code.tag}')}/>"
        case Shape.END:
            return f"<ex{write_attributes(id=code.identifier)}/>"
