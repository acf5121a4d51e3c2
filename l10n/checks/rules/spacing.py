"""Rules about spaces: doubled, missing, where none belongs, lost at the ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from l10n.checks.reading import OPAQUE
from l10n.checks.rule import Example, Hit, rule
from l10n.checks.rules.punctuation import is_mentioned
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_DOUBLE = re.compile(r"(?<=[^\s.?!:…]) {2,}(?=\S)")
"""Behind a stop two spaces are a custom of typists, which GNU has kept."""


@rule(
    "double-space",
    Severity.WARNING,
    N_("two spaces in a row"),
    N_(
        "Two or more spaces between words, though the source has none: usually left over from editing."
    ),
    Example("It opens today.", "Abre  hoy.", "Abre hoy.", fixed=True),
    Example("Abre hoy.", "It opens  today.", "It opens today.", "en", "es", fixed=True),
)
def find_double_space(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find two spaces in a row where the source has none at all."""
    if "  " not in pair.target or "  " in pair.source:
        return
    for match in _DOUBLE.finditer(pair.target):
        yield Hit(_("two spaces in a row"), *match.span(), " ")


_BEFORE = re.compile(r"(?<=[\w)\]»”\"'’%\ufffc])[ \u00a0]+([,;:?!]|\.(?!\.))(?=\s|$)")


_ELLIPSIS = re.compile(r"(?<=[^\W\d_])[ \u00a0]+(…|\.{3})(?=[^\W\d_])")
"""Three points on the wrong side of their space: `y entonces …nada`."""


@rule(
    "space-before-mark",
    Severity.WARNING,
    N_("a space before a punctuation mark"),
    N_(
        "A space before a comma, stop, colon, semicolon, question or exclamation mark. Neither Spanish nor English has one."
    ),
    Example("First, look.", "Primero , mire.", "Primero, mire.", fixed=True),
    Example("¿Quién es?", "Who is it ?", "Who is it?", "en", "es", fixed=True),
    applies=lambda context: context.target_language.spaced_marks is not None,
)
def find_space_before_mark(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find spaces before a punctuation mark, and before an ellipsis that has none after it."""
    text, spaced = pair.target, context.target_language.spaced_marks or ""
    for match in _ELLIPSIS.finditer(text) if "…" in text or "..." in text else ():
        # Code and tables are copied with their points.
        if not _ELLIPSIS.search(pair.source):
            message = _("a space before {mark}").format(mark=match[1])
            yield Hit(message, *match.span(), f"{match[1]} ")
    for match in _BEFORE.finditer(text):
        if match[1] in spaced or match[0] in pair.source or f" {match[1]}" in pair.source:
            continue
        message = _("a space before {mark}").format(mark=match[1])
        yield Hit(message, *match.span(), match[1])


_AFTER = re.compile(
    r"[,;](?:(?<=[^\W\d_]{2}.)(?=[^\W\d_]{2})|(?<=\).)(?=[^\W\d_]))"
    r"|,(?=[aeouy] [^\W\d_])(?<=[^\W\d_]{2}.)"
    r"|[.?!:](?=[A-ZÁÉÍÓÚÑ¿¡][^\W\d_A-Z])(?<=[^\W\d_A-Z]{2}.)|[?!](?=[a-záéíóúñ]{2})(?<=[a-záéíóúñ].)"
    r"|\((?=[^\W\d_]{3}[^)]* )(?<=[^\W\d_]{2}.)"
)


@rule(
    "space-after-mark",
    Severity.WARNING,
    N_("no space after a punctuation mark"),
    N_(
        "Two words stand together with only a mark between them, or a bracket is opened without a space before it."
    ),
    Example("First, look.", "Primero,mire.", "Primero, mire.", fixed=True),
    Example(
        "Abre hoy. Venga.",
        "It opens today.Come.",
        "It opens today. Come.",
        "en",
        "es",
        fixed=True,
    ),
)
def find_space_after_mark(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find punctuation marks without the space that separates them from the next word."""
    text = pair.target
    for match in _AFTER.finditer(text):
        around = text[max(0, match.start() - 2) : match.end() + 2]
        # What the source joins with this mark the translation may join, too.
        if around in pair.source or re.search(
            r"[^\W\d_]" + re.escape(match[0]) + r"[^\W\d_]", pair.source
        ):
            continue
        mark = match[0]
        fix = f" {mark}" if mark == "(" else f"{mark} "
        yield Hit(_("no space beside {mark}").format(mark=mark), *match.span(), fix)


_INSIDE = re.compile(r"(?<=[(\[«“¿¡])[ \u00a0\u202f]+(?=\S)|(?<=\S)[ \u00a0\u202f]+(?=[)\]»”])")
_INSIDE_HINT = re.compile(r"[(\[«“¿¡][ \u00a0\u202f]|[ \u00a0\u202f][)\]»”]")
_QUOTES = "«»“”"
_SHOWN = re.compile(r"[(\[] (?:_|[^\s\w]) [)\]]")


@rule(
    "inner-space",
    Severity.WARNING,
    N_("a space inside brackets or quotation marks"),
    N_(
        "A space after an opening or before a closing bracket or quotation mark, or after ¿ or ¡. The spaces "
        "inside « » are French."
    ),
    Example("She said “no”.", "Dijo « no ».", "Dijo «no».", fixed=True),
    Example("La cuota (15 €).", "The fee ( €15).", "The fee (€15).", "en", "es", fixed=True),
)
def find_inner_space(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find spaces on the inner side of brackets, quotation marks, ¿ and ¡."""
    if not _INSIDE_HINT.search(pair.target):
        return
    # French spaces « », German turns it » «: only brackets are alike everywhere.
    tight_quotes = context.target_language.quote_space == ""
    for match in _INSIDE.finditer(pair.target):
        before, after = pair.target[match.start() - 1], pair.target[match.end()]
        if not tight_quotes and (before in _QUOTES or after in _QUOTES):
            continue
        if OPAQUE in (before, after) or (before in "([" and before + " " in pair.source):
            continue
        if after in ")]" and " " + after in pair.source:
            continue
        # A sign that is shown: `( _ )`. A mark that the source has on the wrong side too: `”Raster”, ”Vector”`.
        if _SHOWN.search(pair.target, max(0, match.start() - 3), match.end() + 3) or (
            pair.target[match.start() - 1 : match.end() + 1] in pair.source
        ):
            continue
        if is_mentioned(before, match.start() - 1, pair) or is_mentioned(
            after, match.end(), pair
        ):
            continue
        mark = before if before in "([«“¿¡" else after
        yield Hit(_("a space inside {mark}").format(mark=mark), *match.span(), "")


@rule(
    "edge-space",
    Severity.WARNING,
    N_("the white space at one end differs"),
    N_(
        "The source begins or ends with a space and the translation does not, or the other way round. Where "
        "the text is joined to others, words run together."
    ),
    Example("Read on", "Siga leyendo ", "Siga leyendo", fixed=True),
    Example("Siga leyendo ", "Read on", "Read on ", "en", "es", fixed=True),
)
def find_edge_space(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find texts that lost or gained a space at one end; line breaks there are another rule's."""
    source, target = pair.source_raw, pair.target_raw
    # Most texts have no space at either end; looking at four characters is all they cost.
    if not any(map(str.isspace, (source[:1], source[-1:], target[:1], target[-1:]))):
        return
    source_head, source_tail = _edges(source)
    head, tail = _edges(target)
    if not target.strip():
        return
    # Line breaks with what indents the next line are layout; in front, a tab or a no-break space is as well.
    is_layout = (source_head + head).strip(" ")
    if head != source_head and not is_layout:
        message = _edge_message(source_head, head, _("beginning"))
        yield Hit(message, 0, len(head), source_head, raw=True)
    if tail != source_tail and "\n" not in source_tail + tail:
        message = _edge_message(source_tail, tail, _("end"))
        yield Hit(message, len(target) - len(tail), len(target), source_tail, raw=True)


@rule(
    "edge-break",
    Severity.ERROR,
    N_("a line break at one end differs"),
    N_(
        "The source begins or ends with a line break and the translation does not, or the other way round. "
        "`msgfmt` refuses such a catalog, so that nothing of it is published by programs that use gettext."
    ),
    Example("Siga leyendo\n", "Read on", "Read on\n", "en", "es", fixed=True),
    Example("Read on", "Siga leyendo\n", "Siga leyendo", fixed=True),
)
def find_edge_break(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find texts that lost or gained the line break at one end that msgfmt compares."""
    source, target = pair.source_raw, pair.target_raw
    if not target.strip():
        return
    if _breaks_differ(source[:1], target[:1]):
        head, source_head = _edges(target)[0], _edges(source)[0]
        message = _edge_message(source_head, head, _("beginning"))
        yield Hit(message, 0, len(head), source_head, raw=True)
    if _breaks_differ(source[-1:], target[-1:]):
        tail, source_tail = _edges(target)[1], _edges(source)[1]
        message = _edge_message(source_tail, tail, _("end"))
        yield Hit(message, len(target) - len(tail), len(target), source_tail, raw=True)


def _breaks_differ(source: str, target: str) -> bool:
    """Whether one of two characters at an end is a line break and the other is not."""
    return (source == "\n") != (target == "\n")


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _edge_message(expected: str, actual: str, where: str) -> str:
    if expected and not actual:
        return _("the source has a space or line break at its {end}").format(end=where)
    if actual and not expected:
        return _("a space or line break at the {end} that the source does not have").format(
            end=where
        )
    return _("the white space at the {end} differs from the source").format(end=where)
