"""Rules about punctuation marks: ¿ and ¡, quotation marks, brackets, the mark at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from l10n.checks.reading import OPAQUE
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_CLOSING = re.compile(r"(?<=[\w%)\]»”\"'’…\ufffc.!?])([?!]+)(?=$|[\s)\]»”\"'’,;:.…—–¿¡-])")
"""A mark at the end of a question or exclamation; not `(?)`, not `a?b`, not `!=`."""
_BREAK = re.compile(r"[.!?…][»”\"'’)\]]*\s+|[\n:;(«“\"—]\s*|\s[–-]\s")
_QUOTED = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|‘[^’]*’(?!\w)")


@rule(
    "opening-mark",
    Severity.WARNING,
    N_("a question or exclamation is not opened"),
    N_(
        "Spanish opens what `?` and `!` close: with `¿` and `¡`, each sentence anew, also where the question "
        "begins in the middle of a sentence (`Si llueve, ¿qué hacemos?`). Also found: an opening mark that "
        "nothing closes. The fix is offered where the beginning is beyond doubt."
    ),
    Example("Where is it?", "Dónde está?", "¿Dónde está?", fixed=True),
    Example("Come in! Who is it?", "¡Pase! Quién es?", "¡Pase! ¿Quién es?", fixed=True),
    applies=lambda context: context.target_language.opens_marks,
)
def find_opening_mark(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Match each ? and ! of a Spanish text with its ¿ or ¡, sentence by sentence."""
    text = pair.target
    if not ("?" in text or "!" in text or "¿" in text or "¡" in text):
        return
    opened: list[int] = []
    last = 0
    for found in re.finditer(r"[¿¡]+|[?!]+", text):
        if found[0][0] in "¿¡":
            opened.append(found.start())
            continue
        if opened:
            opened.pop()
            last = found.end()
            continue
        starts_late = last == 0 and text.lstrip(" \"'«“").startswith(("...", "…"))
        if (
            _CLOSING.match(text, found.start())
            and not starts_late
            and not _is_literal(found, pair)
        ):
            yield _missing_opening(pair, found, last)
        last = found.end()
    for start in opened:
        if re.match(r"[^.!?\n]*(?:\.\.\.|…)", text[start:]):
            continue
        mark = {"¿": "?", "¡": "!"}[text[start]]
        message = _("{opening} is never closed with {closing}")
        yield Hit(message.format(opening=text[start], closing=mark), start, start + 1)


def _missing_opening(pair: Pair, found: re.Match[str], last: int) -> Hit:
    text = pair.target
    opening = "¿" if "?" in found[0] else "¡"
    start = last
    for boundary in _BREAK.finditer(text, last, found.start()):
        start = boundary.end()
    start += len(text[start:]) - len(text[start:].lstrip(" \t\n\"«“'‘("))
    message = _("{closing} without {opening} before it").format(
        closing=found[0], opening=opening
    )
    sentence = text[start : found.start()]
    if re.search(r"[,]|\b(?:pero|y|o|si|que)\b", sentence, re.IGNORECASE):
        # A question may begin in the middle of the sentence: only a person knows where.
        return Hit(message, start, found.end())
    return Hit(message, start, found.end(), opening + text[start : found.end()])


def _is_literal(found: re.Match[str], pair: Pair) -> bool:
    """Tell whether a mark belongs to a name or a quoted text, or is talked about."""
    text, start, end = pair.target, found.start(), found.end()
    word = re.search(r"[\w&]+$", text[:start])
    goes_on = re.match(r",? ([^\W\d_])", text[end:])
    if word and goes_on and goes_on[1].islower() and word[0] + found[0] in pair.source:
        return True
    if text[max(0, start - 1) : start] == OPAQUE and text[end : end + 1] not in ("", " ", "\n"):
        return True
    return any(
        one.start() < start < one.end() - 1 and one[0] in pair.source
        for one in _QUOTED.finditer(text)
    )


def is_mentioned(mark: str, start: int, pair: Pair) -> bool:
    """Tell whether a mark of the translation stands by itself, as one does in the source: it is talked about."""
    alone = re.compile(rf"(?<![^\s(,;]){re.escape(mark)}(?![^\s).,;:])")
    return alone.match(pair.target, start) is not None and alone.search(pair.source) is not None


@rule(
    "spanish-marks",
    Severity.WARNING,
    N_("¿ or ¡ in an English text"),
    N_(
        "English has no opening question or exclamation marks: `¿` and `¡` were left over from the Spanish."
    ),
    Example("¿Dónde está?", "¿Where is it?", "Where is it?", "en", "es", fixed=True),
    applies=lambda context: context.target_language.opens_marks is False,
)
def find_spanish_marks(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find ¿ and ¡ in English."""
    if "¿" not in pair.target and "¡" not in pair.target:
        return
    for found in re.finditer(r"[¿¡]+", pair.target):
        quoted = any(
            one.start() <= found.start() < one.end()
            for one in re.finditer(r"[«“\"‘'(][^»”\"’')]*[»”\"’')]", pair.target)
        )
        if not quoted and not is_mentioned(found[0], found.start(), pair):
            yield Hit(_("English does not open questions or exclamations"), *found.span(), "")


_QUESTION = re.compile(r"(?<=[\w)\]»”\"'’])\?+[»”\"'’)]*(?=\s|$)")

_ASKS = re.compile(r"\?[»”\"]?\s*$")
_STATES = re.compile(r"[.!]\s*$")


@rule(
    "question",
    Severity.WARNING,
    N_("a question became a statement"),
    N_("The source asks a question and the translation does not, or the other way round."),
    Example("Who pays for it?", "Quién lo paga.", "¿Quién lo paga?"),
    Example("¿Quién lo paga?", "Somebody pays for it.", "Who pays for it?", "en", "es"),
)
def find_question(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find questions that became statements, and statements that became questions."""
    asks, there = "?" in pair.source, "?" in pair.target
    if asks and not there and not {"¿", ";", "!"} & set(pair.target):
        asked = _QUESTION.search(pair.source)
        if asked and (asked.end() == len(pair.source.rstrip()) or _count(pair.source) > 1):
            yield Hit(_("the source asks a question, the translation does not"))
    elif there and not asks and _ASKS.search(pair.target) and _STATES.search(pair.source):
        yield Hit(_("the translation asks a question, the source does not"))


def _count(text: str) -> int:
    return sum(1 for _found in _QUESTION.finditer(text))


_ENUMERATOR = re.compile(r"(?:^|[\s(])(?:\w{1,2}|[ivx]{1,4})\)$")
_SMILEY = re.compile(r"(?:^|\s)[:;=]['’]?-?[()]$")


@rule(
    "brackets",
    Severity.WARNING,
    N_("a bracket has no partner"),
    N_(
        "A round or square bracket is opened and not closed, or closed and not opened, though those of the source pair up."
    ),
    Example("The fee (€15) is due.", "La cuota (15 € vence.", "La cuota (15 €) vence."),
    Example(
        "La cuota (15 €) vence.", "The fee €15) is due.", "The fee (€15) is due.", "en", "es"
    ),
)
def find_brackets(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find brackets that are not closed, or not opened, though those of the source are."""
    for brackets in ("()", "[]"):
        if brackets[0] not in pair.target and brackets[1] not in pair.target:
            continue
        if _lonely_bracket(pair.source, brackets) is not None:
            continue
        at = _lonely_bracket(pair.target, brackets)
        if at is not None:
            yield Hit(_("{mark} has no partner").format(mark=pair.target[at]), at, at + 1)


def _lonely_bracket(text: str, brackets: str) -> int | None:
    """Give where a bracket without partner is; enumerators such as `a)` and smileys are none."""
    opened: list[int] = []
    for found in re.finditer(f"[{re.escape(brackets)}]", text):
        upto = text[max(0, found.start() - 6) : found.end()]
        if _SMILEY.search(upto):
            continue
        if found[0] == brackets[0]:
            opened.append(found.start())
        elif opened:
            opened.pop()
        elif not _ENUMERATOR.search(upto):
            return found.start()
    return opened[-1] if opened else None


_INCHES = re.compile(r"(?<=\d)\"")


@rule(
    "quotes",
    Severity.WARNING,
    N_("a quotation mark has no partner"),
    N_(
        "A quotation is opened and not closed, or closed and not opened, or closed with a mark of another "
        'kind (`«…"`), though those of the source pair up.'
    ),
    Example("She said “no” twice.", "Dijo «no dos veces.", "Dijo «no» dos veces."),
    Example("Dijo «no» dos veces.", 'She said “no" twice.', "She said “no” twice.", "en", "es"),
)
def find_quotes(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find quotation marks that are not closed, though those of the source are."""
    text = pair.target
    if not ('"' in text or "«" in text or "»" in text or "“" in text or "”" in text):
        return
    if _open_quotes(pair.source) is not None:
        return
    at = _open_quotes(text)
    if at is not None:
        yield Hit(_("{mark} has no partner").format(mark=text[at]), at, at + 1)


def _open_quotes(text: str) -> int | None:
    """Give where a quotation mark without partner is; None when each has one."""
    for opening, closing in (("«", "»"), ("“", "”")):
        depth: list[int] = []
        for found in re.finditer(f"[{opening}{closing}]", text):
            if found[0] == opening:
                depth.append(found.start())
            elif depth:
                depth.pop()
            elif "„" not in text:
                return found.start()
        if depth:
            return depth[-1]
    straight = [found.start() for found in re.finditer('"', text)]
    if len(straight) % 2 and len(_INCHES.sub("", text)) % 2 == len(text) % 2:
        return straight[-1]
    return None


@rule(
    "spanish-quotes",
    Severity.WARNING,
    N_("angular quotation marks in an English text"),
    N_("English quotes with “ ” or ‘ ’; « and » were left over from the Spanish."),
    Example("Dijo «no».", "She said «no».", "She said “no”.", "en", "es"),
    applies=lambda context: (
        context.target_language.quotes and "«»" not in context.target_language.quotes
    ),
)
def find_spanish_quotes(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find angular quotation marks in English."""
    for found in re.finditer(r"[«»]", pair.target):
        right = "“" if found[0] == "«" else "”"
        if is_mentioned(found[0], found.start(), pair):
            continue
        yield Hit(_("English writes {mark}").format(mark=right), *found.span(), right)


_CURVED = re.compile(r"“([^“”]*)”")
_STRAIGHT = re.compile(r"(?<![\w\"])\"(?=[^\s\"])([^\"]*)(?<=\S)\"(?!\w)")


@rule(
    "quote-style",
    None,
    N_("quotation marks of another style"),
    N_(
        "Spanish of Spain quotes with « », and with “ ” inside them; most publications in America use “ ”. "
        "Off unless the project turns it on, since every house has its style."
    ),
    Example("She said “no”.", 'Dijo "no".', "Dijo «no».", fixed=True),
    applies=lambda context: "«»" in (context.target_language.quotes or ()),
)
def find_quote_style(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find quotations in Spanish that are not in the marks of the region."""
    american = context.region and context.region != "ES"
    if '"' not in pair.target and "“" not in pair.target and "«" not in pair.target:
        return
    opening, closing = ("“", "”") if american else ("«", "»")
    patterns = [_STRAIGHT, re.compile(r"«([^«»]*)»") if american else _CURVED]
    for pattern in patterns:
        for found in pattern.finditer(pair.target):
            if not american and "«" in pair.target[: found.start()] and pattern is _CURVED:
                continue
            message = _("quotations are written {opening}…{closing} here")
            hit = f"{opening}{found[1]}{closing}"
            yield Hit(message.format(opening=opening, closing=closing), *found.span(), hit)


_STOP_INSIDE = re.compile(r"([.,])(?<![.!?…].)([”»\"])(?=\s|$)")


@rule(
    "quote-stop",
    Severity.INFO,
    N_("the stop is inside the quotation marks"),
    N_(
        "Spanish puts stop and comma after the closing quotation mark (`«no».`), American English before it "
        "(`“no.”`)."
    ),
    Example("She said “no.”", "Dijo «no.»", "Dijo «no».", fixed=True),
    applies=lambda context: context.target_language.stops_after_quotes,
)
def find_quote_stop(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find stops on the side of closing quotation marks where the other language puts them."""
    for found in _STOP_INSIDE.finditer(pair.target):
        if found[2] == '"' and pair.target[: found.start()].count('"') % 2 == 0:
            continue
        yield Hit(
            _("Spanish puts the stop after the quotation mark"),
            *found.span(),
            found[2] + found[1],
        )


_CLOSERS = "»”\"'’)]*_`"


@rule(
    "end-mark",
    Severity.INFO,
    N_("the mark at the end differs"),
    N_(
        "The source ends with a stop, a colon or another mark, and the translation does not, or with another "
        "one. Often the end of the text was lost."
    ),
    Example("The fair opens today.", "La feria abre hoy", "La feria abre hoy."),
    Example("Qué llevar:", "What to bring.", "What to bring:", "en", "es"),
)
def find_end_mark(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find translations that end without the mark that the source ends with."""
    source, target = pair.source.rstrip(), pair.target.rstrip()
    if not source or not target:
        return
    if _ABBREVIATION.search(source) or _ABBREVIATION.search(target):
        return
    wanted = _end_mark(source)
    there = _end_mark(target)
    if wanted == there or (wanted in ".…" and there in ".…" and wanted and there):
        return
    if (wanted in ("", ".") and there in ("?", "!")) or {wanted, there} == {"!", "."}:
        return
    if wanted and not there:
        yield Hit(
            _("the source ends with {mark}").format(mark=wanted), len(target) - 1, len(target)
        )
    elif there in (".", ":", ",", ";") and not wanted and len(source) > 1:
        message = _("the source does not end with {mark}").format(mark=there)
        yield Hit(message, len(target) - 1, len(target))
    elif {wanted, there} & {":", ","} and wanted and there:
        message = _("the source ends with {mark}").format(mark=wanted)
        yield Hit(message, len(target) - 1, len(target))


_ABBREVIATION = re.compile(
    r"(?:\b[ap]\.\s?m|\betc|EE\.\s?UU|U\.S|\b(?:Sr|Sra|Dr|Jr|Inc|Ltd|Co|vs|núm|No|art|pp?|S\.\s?A)|\b[A-ZÁÉÍÓÚÑ])\.$"
)
"""An abbreviation whose point may be the end of a sentence too."""


def _end_mark(text: str) -> str:
    bare = text.rstrip(_CLOSERS + " \u00a0")
    last = bare[-1:]
    if bare.endswith("..."):
        return "…"
    return last if last and last in ".:;,?!…" else ""
