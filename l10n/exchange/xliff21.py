"""XLIFF 2.1, written: https://docs.oasis-open.org/xliff/xliff-core/v2.1/os/, with its modules for matches and lengths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from l10n.catalog import Catalog, Entry
from l10n.exchange.elements import text_and_unwritable, write_attributes, write_text
from l10n.exchange.inline import Code, Parts, Shape, codes, split
from l10n.exchange.messages import FindMatches, Message, messages_of
from l10n.exchange.segments import Piece, face
from l10n.model import Match, State

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
"""That of 2.0: 2.1 and 2.2 kept it for what they did not change."""
BASIS = "l10n-basis"
"""What metadata is called that says what a text said when it left."""
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_SIZES = "urn:oasis:names:tc:xliff:sizerestriction:2.0"

_STATES = {
    State.UNTRANSLATED: "initial",
    State.DRAFT: "initial",
    State.TRANSLATED: "translated",
    State.REVIEWED: "final",
}
_TYPES = {"a": "link", "img": "image", "q": "quote"}
_SUBTYPES = {
    "b": "xlf:b",
    "strong": "xlf:b",
    "i": "xlf:i",
    "em": "xlf:i",
    "u": "xlf:u",
    "br": "xlf:lb",
}


def write(
    catalogs: Sequence[Catalog],
    *,
    segmented: bool = False,
    find_matches: FindMatches | None = None,
) -> str:
    """Return a document with a `<file>` for each catalog; all of them are of the locales of the first."""
    first = catalogs[0]
    source, target = first.source_locale or "und", first.target_locale
    root = write_attributes(
        version="2.1",
        xmlns=NAMESPACE,
        xmlns_mtc=_MATCHES,
        xmlns_slr=_SIZES,
        xmlns_mda=_METADATA,
        srcLang=source,
        trgLang=target,
    )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<xliff{root}>"]
    for number, catalog in enumerate(catalogs, 1):
        lines += _file(catalog, number, (source, target), segmented, find_matches)
    return "\n".join([*lines, "</xliff>", ""])


def _file(
    catalog: Catalog,
    number: int,
    locales: tuple[str, str],
    segmented: bool,
    find_matches: FindMatches | None,
) -> Iterator[str]:
    original = catalog.article or (catalog.path.stem if catalog.path else "")
    messages = list(messages_of(catalog, find_matches))
    yield f"<file{write_attributes(id=f'f{number}', original=original, xml_space='preserve')}>"
    if any(message.longest for message in messages):
        yield '<slr:profiles generalProfile="xliff:codepoints"/>'
    for entry, forms in groupby(messages, key=lambda message: message.entry):
        texts = list(forms)
        units = [_unit(message, locales, segmented) for message in texts]
        if entry.msgid_plural is None:
            yield from units
        else:
            name = f"g{texts[0].identifier}"
            yield f"<group{write_attributes(id=name, type='l10n:plural')}>"
            yield from units
            yield "</group>"
    yield "</file>"


def _unit(message: Message, locales: tuple[str, str], segmented: bool) -> str:
    entry = message.entry
    attributes = write_attributes(
        id=message.identifier,
        name=entry.msgctxt,
        type=f"l10n:{message.kind}" if message.kind else None,
        slr_sizeRestriction=message.longest,
    )
    if segmented:
        sources, targets = face(
            message.source, message.target, locales, verbatim=message.verbatim
        )
    else:
        sources, targets = (
            tuple(Piece(split(text, verbatim=message.verbatim)) for text in texts if text)
            for texts in ((message.source,), (message.target,))
        )
    lines = [f"<unit{attributes}>"]
    # A match says which segment it is for: one for several has no place.
    if message.matches and len(sources) == 1:
        lines += _matches(message.matches, message.verbatim)
    lines += _basis(message)
    lines += _notes(entry)
    for number, source in enumerate(sources, 1):
        target = targets[number - 1] if targets else None
        lines += _segment(number, source, target, message)
    return "\n".join([*lines, "</unit>"])


def _segment(
    number: int, source: Piece, target: Piece | None, message: Message
) -> Iterator[str]:
    entry = message.entry
    state = entry.state if target else State.UNTRANSLATED
    is_draft = state is State.DRAFT
    attributes = write_attributes(
        id=f"s{number}",
        state=_STATES[state],
        subState=f"l10n:{entry.origin or 'draft'}" if is_draft else None,
    )
    yield f"<segment{attributes}>"
    yield f"<source>{_inline(source.parts)}</source>"
    if target:
        yield f"<target>{_inline(target.parts)}</target>"
    yield "</segment>"
    if source.space or (target and target.space):
        yield "<ignorable>"
        yield f"<source>{write_text(source.space)}</source>"
        if target:
            yield f"<target>{write_text(target.space)}</target>"
        yield "</ignorable>"


def _basis(message: Message) -> Iterator[str]:
    """Yield what the text said when it left, in the module for metadata.

    There are tools that keep an attribute of ours and forget what its prefix means: nobody can read the file then.
    """
    yield f'<mda:metadata><mda:metaGroup category="{BASIS}">'
    yield f'<mda:meta type="{BASIS}">{write_text(message.basis)}</mda:meta>'
    yield "</mda:metaGroup></mda:metadata>"


def _notes(entry: Entry) -> Iterator[str]:
    notes = [
        *(("location", place) for place in entry.references),
        *(("developer", line) for line in entry.extracted),
        *(("translator", line) for line in entry.notes),
    ]
    if notes:
        yield "<notes>"
        for category, text in notes:
            yield f"<note{write_attributes(category=category)}>{write_text(text)}</note>"
        yield "</notes>"


def _matches(matches: Iterable[Match], verbatim: bool) -> Iterator[str]:
    yield "<mtc:matches>"
    for match in matches:
        attributes = write_attributes(
            ref="#s1",
            type="tm",
            matchQuality=min(match.percent, 100),
            origin=match.origin.rpartition("/")[2] or None,
        )
        source, target = (
            _inline(split(text, verbatim=verbatim)) for text in (match.source, match.target)
        )
        yield f"<mtc:match{attributes}><source>{source}</source><target>{target}</target></mtc:match>"
    yield "</mtc:matches>"


def _inline(parts: Parts) -> str:
    starts = {code.identifier for code in codes(parts) if code.shape is Shape.START}
    ends = {code.identifier for code in codes(parts) if code.shape is Shape.END}
    whole = starts & ends
    return "".join(
        _code(part, is_whole=part.identifier in whole)
        if isinstance(part, Code)
        else "".join(_written(part))
        for part in parts
    )


def _written(text: str) -> Iterator[str]:
    for written, character in text_and_unwritable(text):
        yield written
        if character:
            yield f'<cp hex="{ord(character):04x}"/>'


def _code(code: Code, *, is_whole: bool) -> str:
    """Return the element of a code; `is_whole` tells of one that crosses another whether both its ends are there."""
    kind: dict[str, str | None] = {
        "canCopy": "no",
        "canDelete": None if code.may_go else "no",
        "type": _TYPES.get(code.tag, "fmt" if code.may_go else "other"),
    }
    kind["subType"] = _SUBTYPES.get(code.tag, f"l10n:{code.tag}")
    match code.shape:
        case Shape.OPEN:
            return f"<pc{write_attributes(id=code.identifier, **kind)}>"
        case Shape.CLOSE:
            return "</pc>"
        case Shape.VOID:
            return f"<ph{write_attributes(id=code.identifier, **kind)}/>"
        case Shape.START:
            isolated = None if is_whole else "yes"
            return f"<sc{write_attributes(id=code.identifier, isolated=isolated, **kind)}/>"
        case Shape.END if is_whole:
            return f"<ec{write_attributes(startRef=code.identifier, canCopy='no')}/>"
        case Shape.END:
            return f"<ec{write_attributes(id=code.identifier, isolated='yes', **kind)}/>"
