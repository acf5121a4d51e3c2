"""Placeholders: the tokens that stand for inline markup in msgid and msgstr, and what may be done with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from l10n.interface import gettext as _
from l10n.model import Placeholder, Severity, Unit
from l10n.text.references import decode_references

TOKEN = re.compile(
    r"</?[a-z][a-z-]*[1-9][0-9]{0,8}>|<[a-z][a-z-]*[1-9][0-9]{0,8}/>|<omit/>", re.ASCII
)
"""`<a1>`, `</a1>`, `<br1/>`, `<omit/>`; has no groups, so that split and findall give whole tokens."""

_TOKENS = re.compile(f"({TOKEN.pattern})", re.ASCII)
"""The same in a group, so that split gives texts and tokens in turn."""

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

_EQUIVALENT = {"b": "strong", "strong": "b", "i": "em", "em": "i", "del": "s", "s": "del"}
"""Tags that authors exchange without meaning anything by it."""

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


def tokens(text: str) -> tuple[Token, ...]:
    """Every token of a msgid or msgstr, in order."""
    if "<" not in text:
        return ()
    return tuple(
        _token(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text)
    )


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
    """What a reader reads: tokens out, a line break as one space, entities decoded."""
    if "<" in text:
        text = TOKEN.sub("", _BREAK_TOKEN.sub(" ", text))
    return decode(text)


def is_formatting(tag: str) -> bool:
    """Whether losing the tag in a translation loses only looks, not content."""
    return tag in _FORMATTING


def validate(msgid: str, msgstr: str) -> tuple[Problem, ...]:
    """What is wrong with the tokens of a translation, errors and warnings in reading order, missing ones last.

    An empty msgstr and a lone `<omit/>` are right by definition.
    """
    if "<" not in msgid and "<" not in msgstr:
        return ()
    if not msgstr or msgstr.strip() == OMIT:
        return ()
    return (*_token_problems(msgid, msgstr), *_literal_tags(msgid, msgstr))


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


def describe(unit: Unit, *variants: Unit) -> tuple[str, ...]:
    """The `#.` lines of an entry: its kind, what each placeholder stands for, the author's notes.

    `variants` are further occurrences of the same unit whose markup stands for something else.
    The lines are the same in every interface language: catalogs do not change with the reader.
    """
    lines = [f"kind: {unit.kind}"]
    lines.extend(
        _describe_placeholder(placeholder)
        for occurrence in (unit, *variants)
        for placeholder in occurrence.placeholders
        if placeholder.stands_for
    )
    for occurrence in (unit, *variants):
        lines.extend(line for note in occurrence.notes for line in note.splitlines())
    return tuple(dict.fromkeys(lines))


def parse_description(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What each placeholder stands for, by name, every variant: the inverse of `describe`."""
    meanings: dict[str, tuple[str, ...]] = {}
    for line in lines:
        match = _DESCRIPTION.fullmatch(line.strip())
        if match:
            name, tag = match["name"], match["name"].rstrip("0123456789")
            stands_for = match["meaning"].removeprefix(_LEADS.get(tag, ""))
            meanings[name] = (*meanings.get(name, ()), stands_for)
    return meanings


def carry_over(msgstr: str, *, old_msgid: str, old_lines: Iterable[str], unit: Unit) -> str:
    """An old translation with its tokens renumbered for a unit whose markup changed in the source.

    `old_lines` are the `#.` comments of the old entry, as `describe` wrote them. Tokens are matched by
    tag and by what they stand for, then by tag and order, then by a tag that means the same (`b`,
    `strong`). A token that nothing in the unit matches is taken out; the text inside it stays.
    """
    if "<" not in msgstr or msgstr.strip() == OMIT:
        return msgstr
    renamed = _match_names(old_msgid, parse_description(old_lines), unit)
    parts: list[str] = []
    position = 0
    for token in tokens(msgstr):
        parts.append(msgstr[position : token.start])
        position = token.end
        name = renamed.get((token.name, token.form == "void"))
        if name is not None:
            parts.append(token.text.replace(token.name, name))
    parts.append(msgstr[position:])
    return "".join(parts)


_DESCRIPTION = re.compile(r"<(?P<name>[a-z][a-z-]*[1-9][0-9]*)/?> = (?P<meaning>.+)")
_LEADS = {"a": "link to ", "img": "image "}
"""Words that make a bare address readable in a `#.` line."""


def _describe_placeholder(placeholder: Placeholder) -> str:
    slash = "" if placeholder.paired else "/"
    return f"<{placeholder.name}{slash}> = {_LEADS.get(placeholder.tag, '')}{placeholder.stands_for}"


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


def _token_problems(msgid: str, msgstr: str) -> Iterator[Problem]:
    expected = {token.text: token for token in tokens(msgid)}
    present: set[str] = set()
    opened: list[Token] = []
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
            opened.append(token)
        elif token.form == "close":
            yield from _closing_problems(msgid, msgstr, token, opened)
    yield from _missing(expected, present)


def _closing_problems(
    msgid: str, msgstr: str, token: Token, opened: list[Token]
) -> Iterator[Problem]:
    span = (token.start, token.end)
    names = [other.name for other in opened]
    if not names or names[-1] != token.name:
        yield _error(
            "placeholder-crossed",
            _("{token} does not close what was opened last"),
            token.text,
            span,
        )
        if token.name in names:
            del opened[names.index(token.name)]
        return
    start = opened.pop()
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


def _missing(expected: Mapping[str, Token], present: set[str]) -> Iterator[Problem]:
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
            message = _("formatting {token} is missing").format(token=text)
            yield Problem("placeholder-formatting", Severity.WARNING, message, None)
        else:
            yield _error("placeholder-missing", _("{token} is missing"), text, None)


def _literal_tags(msgid: str, msgstr: str) -> Iterator[Problem]:
    of_source = Counter(match.group() for match in _LITERAL_TAG.finditer(decode(msgid)))
    for match in _LITERAL_TAG.finditer(msgstr):
        if TOKEN.fullmatch(match.group()):
            continue
        if of_source[match.group()]:
            of_source[match.group()] -= 1
            continue
        message = _("{tag} will be shown to readers as text").format(tag=match.group())
        yield Problem("literal-tag", Severity.WARNING, message, match.span())


def _error(rule: str, message: str, token: str, span: tuple[int, int] | None) -> Problem:
    return Problem(rule, Severity.ERROR, message.format(token=token), span)


def _match_names(
    old_msgid: str, old_meanings: Mapping[str, Sequence[str]], unit: Unit
) -> dict[tuple[str, bool], str]:
    """New name of each old (name, void) that has one."""
    old = [token for token in tokens(old_msgid) if token.form != "close" and token.number]
    new = list(unit.placeholders)
    renamed: dict[tuple[str, bool], str] = {}

    def same_meaning(token: Token, placeholder: Placeholder) -> bool:
        meanings = old_meanings.get(token.name, ("",))
        if (
            not placeholder.stands_for
            and meanings == ("",)
            and token.number != placeholder.number
        ):
            return False
        return token.tag == placeholder.tag and placeholder.stands_for in meanings

    def same_tag(token: Token, placeholder: Placeholder) -> bool:
        return token.tag == placeholder.tag

    def same_sense(token: Token, placeholder: Placeholder) -> bool:
        return _EQUIVALENT.get(token.tag) == placeholder.tag

    for fits in (same_meaning, same_tag, same_sense):
        for token in list(old):
            void = token.form == "void"
            partner = next((p for p in new if p.paired != void and fits(token, p)), None)
            if partner is not None:
                renamed[token.name, void] = partner.name
                old.remove(token)
                new.remove(partner)
    return renamed
