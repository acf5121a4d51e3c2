"""Rules about punctuation marks: ¿ and ¡, quotation marks, brackets, the mark at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from l10n.checks.reading import OPAQUE
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
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
def find_opening_mark(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Match each ? and ! of a Spanish text with its ¿ or ¡, sentence by sentence."""
    text = pair.target
    if not ("?" in text or "!" in text or "¿" in text or "¡" in text):
        return
    opened: list[int] = []
    last = 0
    for match in re.finditer(r"[¿¡]+|[?!]+", text):
        if match[0][0] in "¿¡":
            opened.append(match.start())
            continue
        if opened:
            opened.pop()
            last = match.end()
            continue
        # A quotation may begin in the middle of a question: `… de verdad?`.
        starts_late = last == 0 and text.lstrip(" \"'«“").startswith(("...", "…"))
        if (
            _CLOSING.match(text, match.start())
            and not starts_late
            and not _is_literal(match, pair)
        ):
            yield _missing_opening(text, match, last, context.target_language)
        last = match.end()
    for start in opened:
        # A question that breaks off ends with three points: `¿Y si…`.
        if re.match(r"[^.!?\n]*(?:\.\.\.|…)", text[start:]):
            continue
        mark = {"¿": "?", "¡": "!"}[text[start]]
        message = _("{opening} is never closed with {closing}")
        yield Hit(message.format(opening=text[start], closing=mark), start, start + 1)


def _missing_opening(text: str, match: re.Match[str], last: int, language: Language) -> Hit:
    opening = "¿" if "?" in match[0] else "¡"
    start = last
    for boundary in _BREAK.finditer(text, last, match.start()):
        start = boundary.end()
    # The mark stands inside quotation marks and brackets that the question begins with.
    start += len(text[start:]) - len(text[start:].lstrip(" \t\n\"«“'‘("))
    message = _("{closing} without {opening} before it").format(
        closing=match[0], opening=opening
    )
    sentence = text[start : match.start()]
    clause_words = "|".join(language.clause_words)
    if re.search(rf",|\b(?:{clause_words})\b", sentence, re.IGNORECASE):
        # A question may begin in the middle of the sentence: only a person knows where.
        return Hit(message, start, match.end())
    return Hit(message, start, match.end(), opening + text[start : match.end()])


def _is_literal(match: re.Match[str], pair: Pair) -> bool:
    """Whether a mark belongs to a name or a quoted text, or is talked about."""
    text, start, end = pair.target, match.start(), match.end()
    word = re.search(r"[\w&]+$", text[:start])
    goes_on = re.match(r",? ([^\W\d_])", text[end:])
    # `Yahoo! anunció`: the sentence goes on behind the mark, and the source has the name too.
    if word and goes_on and goes_on[1].islower() and word[0] + match[0] in pair.source:
        return True
    # `!==` behind code, `?x=1` behind an address.
    if text[max(0, start - 1) : start] == OPAQUE and text[end : end + 1] not in ("", " ", "\n"):
        return True
    return any(
        quoted.start() < start < quoted.end() - 1 and quoted[0] in pair.source
        for quoted in _QUOTED.finditer(text)
    )


def is_mentioned(mark: str, start: int, pair: Pair) -> bool:
    """Whether a mark of the translation stands by itself, as one does in the source: it is talked about."""
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
def find_spanish_marks(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find ¿ and ¡ in a language that has none."""
    if "¿" not in pair.target and "¡" not in pair.target:
        return
    for match in re.finditer(r"[¿¡]+", pair.target):
        is_quoted = any(
            quoted.start() <= match.start() < quoted.end()
            for quoted in re.finditer(r"[«“\"‘'(][^»”\"’')]*[»”\"’')]", pair.target)
        )
        if not is_quoted and not is_mentioned(match[0], match.start(), pair):
            message = _("{language} does not open questions or exclamations").format(
                language=_(context.target_language.name)
            )
            yield Hit(message, *match.span(), "")


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
        # A mark of code that was lost may have swallowed the partner.
        if at is not None and _lonely_bracket(pair.target_raw, brackets) is not None:
            yield Hit(_("{mark} has no partner").format(mark=pair.target[at]), at, at + 1)


def _lonely_bracket(text: str, brackets: str) -> int | None:
    """Return where a bracket without partner is; enumerators such as `a)` and smileys are none."""
    opened: list[int] = []
    for match in re.finditer(f"[{re.escape(brackets)}]", text):
        upto = text[max(0, match.start() - 6) : match.end()]
        # The bracket of a smiley pairs with nothing.
        if _SMILEY.search(upto):
            continue
        if match[0] == brackets[0]:
            opened.append(match.start())
        elif opened:
            opened.pop()
        elif not _ENUMERATOR.search(upto):
            return match.start()
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
def find_quotes(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find quotation marks that are not closed, though those of the source are."""
    text = pair.target
    # Programs have the marks themselves translated.
    if not _ANY_QUOTE.search(text) or not pair.source_words:
        return
    if _open_quotes(pair.source, context.source_language) is not None:
        return
    at = _open_quotes(text, context.target_language)
    if at is not None:
        yield Hit(_("{mark} has no partner").format(mark=text[at]), at, at + 1)


_ANY_QUOTE = re.compile('["«»“”„]')


@cache
def _pairs(language: Language) -> tuple[tuple[str, str], ...]:
    """Return the quotation marks that pair up in a language, those of others too where nothing speaks against it.

    Single ones are left out: they are apostrophes as well. German “ closes, so “ ” is no pair there.
    """
    if language.quotes is None:
        return ()
    own = [pair for pair in language.quotes if "’" not in pair and "‘" not in pair]
    foreign = [
        pair
        for pair in (("«", "»"), ("“", "”"))
        if all(set(pair).isdisjoint(own_pair) for own_pair in own)
    ]
    return (*own, *foreign)


def _open_quotes(text: str, language: Language) -> int | None:
    """Return where a quotation mark without partner is; None when each has one."""
    for opening, closing in _pairs(language):
        depth: list[int] = []
        for match in re.finditer(f"[{opening}{closing}]", text):
            if match[0] == opening:
                depth.append(match.start())
            elif depth:
                depth.pop()
            elif "„" not in text:
                return match.start()
        if depth:
            return depth[-1]
    # Straight marks open and close alike, so only an odd number of them says something; 5" is inches.
    straight = [match.start() for match in re.finditer('"', text)]
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
        context.target_language.quotes and ("«", "»") not in context.target_language.quotes
    ),
)
def find_spanish_quotes(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find angular quotation marks in a language that has none."""
    for match in re.finditer(r"[«»]", pair.target):
        language = context.target_language
        right = language.usual_quotes(context.region)["«»".index(match[0])]
        is_kept = context.source_language is language and match[0] in pair.source
        if is_kept or is_mentioned(match[0], match.start(), pair):
            continue
        message = _("{language} writes {mark}").format(language=_(language.name), mark=right)
        yield Hit(message, *match.span(), right)


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
    applies=lambda context: ("«", "»") in (context.target_language.quotes or ()),
)
def find_quote_style(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find quotations that are not in the marks of the region."""
    if not _ANY_QUOTE.search(pair.target):
        return
    language = context.target_language
    usual = language.usual_quotes(context.region)
    opening, closing = usual
    space = language.quote_space or ""
    message = _("quotations are written {opening}…{closing} here").format(
        opening=opening, closing=closing
    )
    for match in _STRAIGHT.finditer(pair.target):
        right = f"{opening}{space}{match[1]}{space}{closing}"
        yield Hit(message, *match.span(), right)
    for other in _pairs(language):
        if other == usual:
            continue
        may_be_inside = usual == (language.quotes or (usual,))[0]
        for match in re.finditer("{0}([^{0}{1}]*){1}".format(*other), pair.target):
            if not (may_be_inside and opening in pair.target[: match.start()]):
                right = f"{opening}{space}{match[1].strip()}{space}{closing}"
                yield Hit(message, *match.span(), right)


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
def find_quote_stop(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find stops on the side of closing quotation marks where the other language puts them."""
    for match in _STOP_INSIDE.finditer(pair.target):
        # An even number before it: this one opens, the stop belongs to the sentence before.
        if match[2] == '"' and pair.target[: match.start()].count('"') % 2 == 0:
            continue
        message = _("{language} puts the stop after the quotation mark").format(
            language=_(context.target_language.name)
        )
        yield Hit(message, *match.span(), match[2] + match[1])


_CLOSERS = "»”\"'’)]*_`“‘«‹› \u00a0\u202f"
"""What may stand behind the last mark: closing quotes of every language, some of which open elsewhere."""
_FOREIGN_MARKS = str.maketrans("。．：；，？！।؟؛،", "..:;,?!.?;,")


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
    expected, actual = _end_mark(source), _end_mark(target)
    marks = {expected, actual}
    if expected == actual or marks in ({".", "…"}, {"!", "."}):
        return
    # A sentence may become a question or an exclamation; the rule about questions looks at those.
    if expected in ("", ".") and actual in ("?", "!"):
        return
    if expected and (not actual or marks & {":", ","}):
        message = _("the source ends with {mark}").format(mark=expected)
        yield Hit(message, len(target) - 1, len(target))
    elif actual in (".", ":", ",", ";") and not expected and len(source) > 1:
        message = _("the source does not end with {mark}").format(mark=actual)
        yield Hit(message, len(target) - 1, len(target))


_ABBREVIATION = re.compile(
    r"(?:\b[ap]\.\s?m|\betc|EE\.\s?UU|U\.S|\b(?:Sr|Sra|Dr|Jr|Inc|Ltd|Co|vs|núm|No|art|pp?|S\.\s?A)|\b[A-ZÁÉÍÓÚÑ])\.$"
)
"""An abbreviation whose point may be the end of a sentence too."""


def _end_mark(text: str) -> str:
    bare = text.rstrip(_CLOSERS)[-3:].translate(_FOREIGN_MARKS)
    last = bare[-1:]
    if bare.endswith("..."):
        return "…"
    return last if last and last in ".:;,?!…" else ""
