"""Runs of text and inline tags of a page made into units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from l10n.articles.html.comments import PLACELESS
from l10n.articles.html.tokens import VOID, TokenKind, TokenTuple
from l10n.articles.runs import WHOLE, Run, UnitText, unit_text
from l10n.articles.sitecode import code_in, holds_code, prints
from l10n.articles.words import WORD, is_blank, shorten

Stretch = tuple[int, int, int, int]
"""A stretch of the source between two tags that part text: start, end, index of its first token and after its last."""


class Opaque(NamedTuple):
    """An element that is one placeholder with all its run."""

    last: int
    """Index of its last token."""
    visible: bool
    """Whether readers see it as a part of the sentence."""


_START, _END, _TEXT, _CDATA, _COMMENT = (
    int(TokenKind[name]) for name in ("START", "END", "TEXT", "CDATA", "COMMENT")
)
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\r?\n[ \t]*)+")


def units_of_run(
    source: str,
    page: Sequence[TokenTuple],
    stretch: Stretch,
    opaque: Mapping[int, Opaque],
    *,
    xml: bool = False,
    preserve: bool = False,
) -> list[UnitText]:
    """Return the units of a run: none, one, or several where empty lines of `<br><br>` part it.

    `opaque` holds, by index of the token, the elements to be taken whole. `preserve` keeps white space
    as it is, `xml` takes `<a/>` as an element without content.
    """
    if preserve and (passages := list(_passages(source, page, stretch, opaque)))[1:]:
        return [
            unit
            for passage in passages
            for unit in units_of_run(source, page, passage, opaque, xml=xml, preserve=True)
        ]
    start, end, first, last = stretch
    if first == last and not holds_code(source[start:end]):
        unit = unit_text(source, start, end, preserve=preserve)
        return [] if unit is None else [unit]
    # Three of ten runs with tags have no word: images, icons, spacers.
    if not _may_have_words(source, page, stretch, opaque):
        return []
    run = Run(source)
    tokens, visible = run.tokens, run.visible
    position, resume = start, first
    for index, token in enumerate(page[first:last], first):
        if index < resume:
            continue
        kind, name, begin, after = token
        if begin > position:
            text = source[position:begin]
            # White space before the first tag is trimmed off the unit in any case.
            if text.isspace():
                if tokens:
                    tokens.append((_TEXT, "", position, begin))
                    visible.append(False)
            elif "{" in text or "<" in text:
                _add_coded(run, position, begin)
            else:
                tokens.append((_TEXT, "", position, begin))
                visible.append(not is_blank(text))
        if opaque and index in opaque:
            final, is_visible = opaque[index]
            _kind, _name, _start, after = page[final]
            resume = final + 1
            code = shorten(source[begin:after]) if source.startswith("<?", begin) else None
            run.add((WHOLE, name, begin, after), visible=is_visible, meaning=code)
        elif xml and kind == _START and source.startswith("/>", after - 2):
            run.add((WHOLE, name, begin, after))
        elif kind == _COMMENT and not PLACELESS.match(source, begin, after):
            # Server-side includes print where they stand, and `<!--more-->` cuts a text there.
            run.add((WHOLE, "", begin, after), meaning=shorten(source[begin:after]))
        else:
            tokens.append(token)
            visible.append(kind == _CDATA)
        position = after
    if end > position and not source[position:end].isspace():
        _add_coded(run, position, end)
    return run.units(preserve=preserve)


def _passages(
    source: str, page: Sequence[TokenTuple], stretch: Stretch, opaque: Mapping[int, Opaque]
) -> Iterator[Stretch]:
    """Yield the passages of a preformatted text: between blank lines that stand in no element."""
    start, end, first, last = stretch
    begin, token, depth, position, index = start, first, 0, start, first
    while True:
        at_end = index >= last
        stop = end if at_end else page[index][2]
        for blank in _BLANK_LINES.finditer(source, position, stop) if not depth else ():
            yield begin, blank.start(), token, index
            begin, token = blank.end(), index
        if at_end:
            break
        kind, name, _start, position = page[index]
        if index in opaque:
            index = opaque[index].last
            position = page[index][3]
        elif kind == _START and name not in VOID:
            depth += 1
        elif kind == _END:
            depth = max(0, depth - 1)
        index += 1
    yield begin, end, token, last


def _may_have_words(
    source: str, page: Sequence[TokenTuple], stretch: Stretch, opaque: Mapping[int, Opaque]
) -> bool:
    """Whether letters or digits stand between the tags, what is taken whole aside; references count."""
    position, end, index, last = stretch
    while index < last:
        kind, _name, start, after = page[index]
        if start > position:
            text = source[position:start]
            if not text.isspace() and (text.isalnum() or WORD.search(text) is not None):
                return True
        if opaque and index in opaque:
            index = opaque[index].last
            _kind, _name, _start, after = page[index]
        elif kind == _CDATA:
            return True
        position = after
        index += 1
    return position < end and WORD.search(source, position, end) is not None


def _add_coded(run: Run, start: int, end: int) -> None:
    """Add the texts between two tags and the code of a site generator between them."""
    source = run.source
    for begin, after in code_in(source, start, end):
        if begin > start:
            run.add((_TEXT, "", start, begin), visible=not is_blank(source[start:begin]))
        code = source[begin:after]
        run.add((WHOLE, "", begin, after), visible=prints(code), meaning=shorten(code))
        start = after
    if end > start:
        run.add((_TEXT, "", start, end), visible=not is_blank(source[start:end]))
