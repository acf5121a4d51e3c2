"""Placeholders: the tokens that stand for inline markup in msgid and msgstr, and what may be done with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from l10n.interface import gettext as _
from l10n.model import Kind, Severity, Unit
from l10n.text.references import decode_references

TOKEN = re.compile(
    r"</?[a-z][a-z-]*[1-9][0-9]{0,8}>|<[a-z][a-z-]*[1-9][0-9]{0,8}/>|<omit/>", re.ASCII
)
"""`<a1>`, `</a1>`, `<br1/>`, `<omit/>`; has no groups, so that split and findall give whole tokens."""

_TOKENS = re.compile(f"({TOKEN.pattern})", re.ASCII)
"""The same in a group, so that split gives texts and tokens in turn."""

EMPHASIS = re.compile(r"</?(em|strong)>")
"""A mark of the translator's own emphasis: the only markup without a number."""

OMIT = "<omit/>"
"""Alone as a msgstr: deliberately nothing here."""

_FORMATTING = frozenset(
    re.findall(
        r"\w+",
        "abbr acronym b bdi bdo big cite data del dfn em font i ins mark nobr q rb rp rt rtc ruby"
        " s small span strike strong sub sup time tt u",
    )
)
"""Pairs that change how text looks or is read out, but hold no text or address of their own."""

_BREAKS = frozenset({"br", "wbr"})

_EMPHASIS_TAGS = frozenset({"em", "i", "strong", "b"})
"""Formatting of the source that emphasis of the translator's own does for."""
_BARE_KINDS = frozenset({Kind.ATTRIBUTE, Kind.METADATA, Kind.FIELD})

_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,40});")
_BREAK_TOKEN = re.compile(r"[ \n]?<w?br[1-9][0-9]*/>[ \n]?")
_LITERAL_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<!\[CDATA\[")

Form = Literal["open", "close", "void"]


@dataclass(frozen=True, slots=True)
class Token:
    """One token in a msgid or msgstr."""

    name: str
    """`a1`, `br2`, `omit`."""
    tag: str
    number: int
    """From 1; 0 for `<omit/>`."""
    form: Form
    start: int
    end: int

    @property
    def text(self) -> str:
        """The token as written."""
        match self.form:
            case "open":
                return f"<{self.name}>"
            case "close":
                return f"</{self.name}>"
        return f"<{self.name}/>"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the tokens of a msgstr."""

    rule: str
    severity: Severity
    message: str
    span: tuple[int, int] | None
    """Offending characters of the msgstr; None when something is missing."""
    token: str = ""
    """The token that an error is about."""


def tokens(text: str) -> tuple[Token, ...]:
    """Every token of a msgid or msgstr, in order."""
    if "<" not in text:
        return ()
    return tuple(
        _token(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text)
    )


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A pair of the translator's own emphasis, `<em>…</em>` or `<strong>…</strong>`, in a msgstr."""

    tag: str
    start: int
    """Offset of `<em>`."""
    end: int
    """Offset of `</em>`."""

    @property
    def inside(self) -> tuple[int, int]:
        """Where the emphasized text stands."""
        return self.start + len(self.tag) + len("<>"), self.end

    @property
    def marks(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Where `<em>` and `</em>` stand."""
        return (self.start, self.inside[0]), (self.end, self.end + len(self.tag) + len("</>"))


def takes_emphasis(kind: str) -> bool:
    """Whether a unit of a kind is running text, in which a translator may emphasize words.

    Not so in values, options and text areas, nor in a format without markup (`Format.has_emphasis`).
    """
    return kind not in _BARE_KINDS


def emphases(msgstr: str) -> tuple[Emphasis, ...]:
    """Return the translator's own emphasis in a msgstr, in the order of its ends: balanced pairs that cross no token.

    A mark that is not of such a pair is text.
    """
    if "<em>" not in msgstr and "<strong>" not in msgstr:
        return ()
    pairs: list[Emphasis] = []
    opened: list[tuple[str, int]] = []
    """Names and offsets of what is open: `a1`, `em`."""
    waiting: list[Counter[str]] = [Counter()]
    """How many of each emphasis are open, above each token that is open."""
    tokens_open: Counter[str] = Counter()
    for match in _MARKS.finditer(msgstr):
        mark = match.group()
        name = mark.strip("</>")
        if mark.endswith("/>"):
            continue
        is_own = match.lastindex is not None
        if not mark.startswith("</"):
            opened.append((name, match.start()))
            if is_own:
                waiting[-1][name] += 1
            else:
                tokens_open[name] += 1
                waiting.append(Counter())
        elif is_own and waiting[-1][name]:
            other, start = opened.pop()
            while other != name:
                waiting[-1][other] -= 1
                other, start = opened.pop()
            waiting[-1][name] -= 1
            pairs.append(Emphasis(name, start, match.start()))
        elif not is_own and tokens_open[name]:
            # What is open inside of it crosses it, and is given up.
            other = ""
            while other != name:
                other, _start = opened.pop()
                if other in tokens_open:
                    tokens_open[other] -= 1
                    waiting.pop()
    return tuple(pairs)


_MARKS = re.compile(f"{TOKEN.pattern}|{EMPHASIS.pattern}", re.ASCII)


def without_emphasis(msgstr: str) -> str:
    """Return a msgstr without the marks of the translator's own emphasis; the words in it stay."""
    marks = sorted(mark for pair in emphases(msgstr) for mark in pair.marks)
    parts: list[str] = []
    position = 0
    for start, end in marks:
        parts.append(msgstr[position:start])
        position = end
    return "".join((*parts, msgstr[position:]))


def marks(text: str) -> tuple[Token, ...]:
    """Every token of a msgid or msgstr and every mark of the translator's own emphasis, in order."""
    own = [
        Token(pair.tag, pair.tag, 0, form, *span)
        for pair in emphases(text)
        for form, span in zip(_PAIR_FORMS, pair.marks, strict=True)
    ]
    return (
        tuple(sorted((*tokens(text), *own), key=attrgetter("start"))) if own else tokens(text)
    )


_PAIR_FORMS: tuple[Form, Form] = ("open", "close")


def is_mark(text: str) -> bool:
    """Whether a text is one token or one mark of emphasis."""
    return bool(TOKEN.fullmatch(text) or EMPHASIS.fullmatch(text))


def text_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the text between the tokens stands, in order; a span may be empty."""
    start = 0
    for token in tokens(text):
        yield start, token.start
        start = token.end
    yield start, len(text)


def decode(text: str) -> str:
    """Text with every complete entity decoded, once; an `&` that starts none stays."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda match: decode_references(match.group()), text)


def escape(text: str) -> str:
    """Text as a msgid writes it: `&` and `<` as entities, all else as it is."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;") if "<" in text else text


def plain(text: str) -> str:
    """What a reader reads: tokens and emphasis out, a line break as one space, entities decoded."""
    if "<" in text:
        text = TOKEN.sub("", _BREAK_TOKEN.sub(" ", without_emphasis(text)))
    return decode(text)


def is_formatting(tag: str) -> bool:
    """Whether losing the tag in a translation loses only looks, not content."""
    return tag in _FORMATTING


def validate(msgid: str, msgstr: str, *, emphasis: bool = True) -> tuple[Problem, ...]:
    """What is wrong with the tokens of a translation, errors and warnings in reading order, missing ones last.

    An empty msgstr and a lone `<omit/>` are right by definition. `emphasis` tells whether the text may
    have some of the translator's own; the errors are the same either way.
    """
    if "<" not in msgid and "<" not in msgstr:
        return ()
    if not msgstr or msgstr.strip() == OMIT:
        return ()
    pairs = emphases(msgstr) if emphasis else ()
    return (
        *_token_problems(msgid, msgstr, len(pairs)),
        *_empty_emphases(msgstr, pairs),
        *_literal_tags(msgid, msgstr, {mark for pair in pairs for mark in pair.marks}),
    )


def restore(unit: Unit, msgstr: str, *, text: Callable[[str], str]) -> str:
    """Source markup in place of the unit's tokens; everything else decoded and then given through `text`.

    `text` is the escaper of the format. A token that is not of this unit is text like any other.
    """
    markup = unit_markup(unit)
    if not markup:
        return text(decode(msgstr))
    pieces = _TOKENS.split(msgstr)
    tokens = pieces[1::2]
    if not all(token in markup for token in tokens):
        pieces = _joined(pieces, markup)
        tokens = pieces[1::2]
    pieces[1::2] = [markup[token] for token in tokens]
    pieces[::2] = [text(decode(piece)) if piece else "" for piece in pieces[::2]]
    return "".join(pieces)


def unit_markup(unit: Unit) -> dict[str, str]:
    """Source markup of each token of a unit, by the token as written."""
    markup: dict[str, str] = {}
    for placeholder in unit.placeholders:
        if placeholder.paired:
            markup[f"<{placeholder.name}>"] = placeholder.opening
            markup[f"</{placeholder.name}>"] = placeholder.closing
        else:
            markup[f"<{placeholder.name}/>"] = placeholder.opening
    return markup


def _token(text: str, start: int, end: int) -> Token:
    if text == OMIT:
        return Token("omit", "omit", 0, "void", start, end)
    form: Form = "close" if text[1] == "/" else "void" if text[-2] == "/" else "open"
    name = text.strip("</>")
    tag = name.rstrip("0123456789")
    return Token(name, tag, int(name[len(tag) :]), form, start, end)


def _joined(pieces: Sequence[str], markup: Mapping[str, str]) -> list[str]:
    """Texts and tokens in turn, with the tokens that are not of the unit made a part of the text around them."""
    joined = [pieces[0]]
    for token, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if token in markup:
            joined += (token, text)
        else:
            joined[-1] += token + text
    return joined


def _token_problems(msgid: str, msgstr: str, own: int) -> Iterator[Problem]:
    expected = {token.text: token for token in tokens(msgid)}
    present: set[str] = set()
    opened: dict[str, Token] = {}
    for token in tokens(msgstr):
        span = (token.start, token.end)
        if token.text not in expected:
            yield _error(
                "placeholder-unknown", _("{token} is not in the source text"), token.text, span
            )
            continue
        if token.text in present:
            yield _error("placeholder-doubled", _("{token} stands twice"), token.text, span)
            continue
        present.add(token.text)
        if token.form == "open":
            opened[token.name] = token
        elif token.form == "close":
            yield from _closing_problems(msgid, msgstr, token, opened)
    yield from _missing(expected, present, own)


def _closing_problems(
    msgid: str, msgstr: str, token: Token, opened: dict[str, Token]
) -> Iterator[Problem]:
    span = (token.start, token.end)
    if next(reversed(opened), None) != token.name:
        yield _error(
            "placeholder-crossed",
            _("{token} does not close what was opened last"),
            token.text,
            span,
        )
        opened.pop(token.name, None)
        return
    _name, start = opened.popitem()
    if not msgstr[start.end : token.start].strip() and not _is_empty_in(msgid, token.name):
        yield Problem(
            "placeholder-empty",
            Severity.WARNING,
            _("{token} holds no text").format(token=start.text),
            (start.start, token.end),
        )


def _is_empty_in(msgid: str, name: str) -> bool:
    inside = msgid.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
    return not inside.strip()


def _missing(expected: Mapping[str, Token], present: set[str], own: int) -> Iterator[Problem]:
    reported: set[str] = set()
    for text, token in expected.items():
        if text in present or token.name in reported:
            continue
        reported.add(token.name)
        partner = {"open": f"</{token.name}>", "close": f"<{token.name}>"}.get(token.form, "")
        if token.tag in _BREAKS and token.form == "void":
            message = _("line break {token} is missing").format(token=text)
            yield Problem("placeholder-break", Severity.WARNING, message, None)
        elif partner and partner not in present and is_formatting(token.tag):
            # Emphasized by the translator's own hand, in this place or another: nothing is lost.
            if token.tag in _EMPHASIS_TAGS and own:
                own -= 1
                continue
            message = _("formatting {token} is missing").format(token=text)
            yield Problem("placeholder-formatting", Severity.WARNING, message, None)
        else:
            yield _error("placeholder-missing", _("{token} is missing"), text, None)


def _empty_emphases(msgstr: str, pairs: Iterable[Emphasis]) -> Iterator[Problem]:
    for pair in pairs:
        start, end = pair.inside
        if not TOKEN.sub("", msgstr[start:end]).strip():
            message = _("{token} holds no text").format(token=f"<{pair.tag}>")
            span = (pair.start, pair.marks[1][1])
            yield Problem("placeholder-empty", Severity.WARNING, message, span)


def _literal_tags(
    msgid: str, msgstr: str, own: Container[tuple[int, int]]
) -> Iterator[Problem]:
    of_source = Counter(match.group() for match in _LITERAL_TAG.finditer(decode(msgid)))
    for match in _LITERAL_TAG.finditer(msgstr):
        if TOKEN.fullmatch(match.group()):
            continue
        if match.span() in own:
            # An article about HTML shows the tag; here it would be obeyed.
            if of_source[match.group()]:
                message = _(
                    "{tag} is emphasis here; written {escaped} it is text, as in the source"
                )
                escaped = match.group().replace("<", "&lt;")
                message = message.format(tag=match.group(), escaped=escaped)
                yield Problem("literal-tag", Severity.WARNING, message, match.span())
            continue
        if of_source[match.group()]:
            of_source[match.group()] -= 1
            continue
        message = _("{tag} will be shown to readers as text").format(tag=match.group())
        yield Problem("literal-tag", Severity.WARNING, message, match.span())


def _error(rule: str, message: str, token: str, span: tuple[int, int] | None) -> Problem:
    return Problem(rule, Severity.ERROR, message.format(token=token), span, token)
