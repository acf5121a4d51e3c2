"""Rules about characters that nobody sees: without width, or setting the direction of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.text.references import decode_references

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair


_INVISIBLE = re.compile("([\u200b\u2060\ufeff\u00ad])\\1*")
"""One such character, or several alike in a row."""


@rule(
    "invisible-character",
    Severity.WARNING,
    N_("an invisible character stands within the text"),
    N_(
        "A zero-width space, a word joiner, a byte order mark or a soft hyphen that the source does not have. They come "
        "along when text is copied from elsewhere; search and spelling no longer find the word."
    ),
    Example(
        "The river rose again.",
        "El río vol\u200bvió a crecer.",
        "El río volvió a crecer.",
        fixed=True,
    ),
    Example(
        "El río volvió a crecer.",
        "The river ro\u00adse again.",
        "The river rose again.",
        "en",
        "es",
        fixed=True,
    ),
)
def find_invisible(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find characters without width that the source has nowhere."""
    raw = pair.target_raw
    if raw.isascii():
        return
    for match in _INVISIBLE.finditer(raw):
        if match[1] not in pair.source_raw:
            message = _("{code}, invisible, stands here; the source does not have it")
            yield Hit(
                message.format(code=f"U+{ord(match[1]):04X}"), *match.span(), "", raw=True
            )


_BIDI = re.compile(
    r"[\u202a-\u202e\u2066-\u2069]|&#(?:0*(?:823[4-8]|829[4-7])|[xX]0*20(?:2[a-eA-E]|6[6-9]));"
)
"""Controls of the direction of text (Unicode Annex 9, section 2), themselves or as references."""
_BIDI_HINT = re.compile(r"[\u202a-\u202e\u2066-\u2069]|&#")
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"
_END_OF_EMBEDDING, _END_OF_ISOLATE = "\u202c", "\u2069"


@rule(
    "bidi-control",
    Severity.WARNING,
    N_("an invisible character sets the direction of text"),
    N_(
        "Invisible characters that set the direction of text (U+202A to U+202E, U+2066 to U+2069) and that the "
        "source does not have, or that are opened and never closed. They come along when text is copied from "
        "elsewhere; in a title or an attribute one of them reverses whatever follows, and what is shown need not "
        "be what is written. Where a translation needs them, say so with `l10n-ignore: bidi-control`."
    ),
    Example(
        "The fair opens on Saturday.",
        "La feria \u202eabre el sábado.",
        "La feria abre el sábado.",
        fixed=True,
    ),
    Example(
        "La feria abre el sábado.",
        "The fair opens on \u2067Saturday\u2069.",
        "The fair opens on Saturday.",
        "en",
        "es",
        fixed=True,
    ),
)
def find_bidi_control(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find invisible controls of the direction of text that the source has not, or that have no partner."""
    raw = pair.target_raw
    if not _BIDI_HINT.search(raw):
        return
    places = [(match, decode_references(match[0])) for match in _BIDI.finditer(raw)]
    in_source = {decode_references(match[0]) for match in _BIDI.finditer(pair.source_raw)}
    alone = _without_partner([control for _match, control in places])
    for number, (match, control) in enumerate(places):
        code = f"U+{ord(control):04X}"
        if control not in in_source:
            message = _(
                "{code}, invisible, sets the direction of text; the source does not have it"
            )
        elif number in alone:
            message = _("{code}, invisible, sets the direction of text and has no partner")
        else:
            continue
        yield Hit(message.format(code=code), *match.span(), "", raw=True)


def _without_partner(controls: Sequence[str]) -> frozenset[int]:
    """Return the controls that are opened and never closed, or close what was never opened."""
    opened: list[int] = []
    alone: list[int] = []
    for number, control in enumerate(controls):
        if control in _EMBEDDINGS or control in _ISOLATES:
            opened.append(number)
        elif control == _END_OF_EMBEDDING and opened and controls[opened[-1]] in _EMBEDDINGS:
            opened.pop()
        elif control == _END_OF_ISOLATE and any(
            controls[place] in _ISOLATES for place in opened
        ):
            # The end of an isolate ends what was opened within it, too.
            while controls[opened[-1]] in _EMBEDDINGS:
                alone.append(opened.pop())
            opened.pop()
        else:
            alone.append(number)
    return frozenset((*opened, *alone))
