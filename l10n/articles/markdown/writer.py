"""Translated text written as Markdown, so that it reads as itself and as nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markdown_it.token import Token

from l10n.articles.markdown.own_lines import with_own_lines
from l10n.articles.markdown.parser import (
    PLAIN_GRAMMAR,
    Grammar,
    parse,
    parse_inline,
)
from l10n.articles.markdown.spelling import Spelling, words
from l10n.articles.markdown.token_types import OPAQUE, PAIR
from l10n.articles.markdown.wrapping import (
    KEEP_END,
    MAY_END,
    MUST_END,
    WRAPS_NOTHING,
    Manner,
    as_before,
    marked,
    may_begin,
    unwrapped,
    wrapped,
)
from l10n.articles.sitecode import code_in
from l10n.articles.words import collapse
from l10n.model import Placeholder, Unit
from l10n.text.markup import TOKEN, decode, plain, unit_markup

Env = MutableMapping[str, Any]
Escaper = Callable[[str], str]

_ENTITY_LIKE = re.compile(
    r"&(?=#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,40};)"
)
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\Z)")
_UNDERSCORE = re.compile(
    r"(?<!_)(?:(?<![^\W_])_+(?=[^\W_])|(?<=[^\W_])_+(?![\w])|(?<![\w\s])_+(?![^\W_])|(?<=\s)_+(?![\w\s]))"
)
"""Underscores that may open or close emphasis: such as have white space or letters on both sides do neither."""
_STAR = re.compile(r"(?<!\*)\*+(?![\s*])|(?<![\s*])\*+")
"""Stars that may open or close emphasis: such as have white space on both sides do neither."""
_LINE_START = re.compile(
    r"(?:#{1,6}|[-+*:~]|!{3}|\?{3}|={3}[+!]*)(?=[\s\0\1]|\Z)|>|:{2}|/{3}|=+(?=\s*\Z)|[-_*](?=[-_*\s]*\Z)|([0-9]{1,9})[.)](?=[\s\0\1]|\Z)"
)
"""What opens a block at the beginning of a line; a number and its point."""
_MODULE_WORD = re.compile(r"(?:import|export)(?=[\0\1 ])")
"""What begins a statement of a module in MDX where a block begins, whatever follows."""
_HTML_TAGS = {"*": "em", "_": "em", "**": "strong", "__": "strong", "~~": "s"}
_INNER_SPACE = re.compile(r"(<(?:em|strong|s)[0-9]+>)(\s+)|(\s+)(</(?:em|strong|s)[0-9]+>)")
_EDGE = re.compile(r"\A(?>(?:\s|&nbsp;|&#160;)+)|(?>(?:\s|&nbsp;|&#160;)+)\Z")
"""White space of any kind, which the parser takes off the edges of a paragraph."""
_PIPE = re.compile(r"(?<!\\)\|")
_SPACES = " \t\n\r\f"
_SPACE = re.compile(rf"[{_SPACES}]+")
_SIGN = re.compile(r"[\\&<`\[\]*_~${]")
"""What `escape` looks for."""
_SIGN_OR_MARK = re.compile(rf"{_SIGN.pattern}|==|\^")
_MARKS = (
    ("==", re.compile(r"==(?=\S)|(?<=\S)==")),
    ("^^", re.compile(r"\^\^(?=\S)|(?<=\S)\^\^")),
    ("^", re.compile(r"(?<!\^)\^(?=[^\s^]+\^(?!\^))")),
    ("~", re.compile(r"(?<!~)~(?=[^\s~]+~(?!~))")),
)
"""Signs that mark a text in Python-Markdown, and where they may begin or end one: the single ones have no blank inside."""
_CLOSING = re.compile(rf"(?<=[ \t{MAY_END}{MUST_END}])(#+)(?=[ \t]*\Z)")
"""Signs that close a heading."""
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is written: what its article defines, and how the source writes what stands there."""

    env: Env = field(default_factory=dict)
    """What the parser found in the article: the addresses that links and images refer to."""
    grammar: Grammar = PLAIN_GRAMMAR
    spelled: str = ""
    """The source of the text that is replaced."""
    in_cell: bool = False
    """Whether it is the cell of a table, where a bare pipe ends it."""
    in_line: bool = False
    """Whether it is a part of a line, as headings and cells are: nothing in it opens a block."""
    is_within: bool = False
    """Whether markup stands before it on its line, so that no block begins where it does: `**1. Title**`."""
    manner: Manner = WRAPS_NOTHING
    """How its lines end."""
    column: int = 0
    """Characters before it in its line."""
    prefix: str = ""
    """What each further line has before its text: the marks of quotes, the indentation of items."""
    newline: str = "\n"


def write(unit: Unit, msgstr: str, place: Place) -> str | None:
    """Return a msgstr as inline Markdown with the unit's markup; None when it cannot be said in Markdown.

    What is written is parsed again: the text must come out as it went in, the markup in its order.
    """
    # Emphasis does not begin before white space nor end behind it; neither does a paragraph have any at its edges.
    msgstr = _INNER_SPACE.sub(_space_outside, _EDGE.sub("", collapse(msgstr)))
    plain_escaper = escaper_of(place.grammar, place.spelled)
    # As the author wrote it, else as few would, else with tags for emphasis, else with every sign spelled out.
    for markup, escaper in (
        (unit_markup(unit), spelling_escaper(place.spelled, place.env, place.grammar)),
        (unit_markup(unit), plain_escaper),
        (unit_markup(unit), _escape_brackets),
        (_tagged(unit), plain_escaper),
        (_tagged(unit), escape_all),
    ):
        lined = with_own_lines(
            unit.msgid,
            marked(msgstr, place.manner),
            markup,
            place.spelled,
            width=place.manner.width,
            column=place.column,
        )
        written = _restored(lined, markup, escaper, place)
        for lines in _laid_out(written, place):
            if _reads_as(lines, unit, msgstr, markup, place):
                return in_cell(lines, place.spelled) if place.in_cell else lines
    return None


def _laid_out(written: str, place: Place) -> Iterator[str]:
    """Yield what is written on lines that end as those of the source do, and on one line."""
    width, line_end = place.manner.width, place.newline + place.prefix
    if width and ("\n" in place.spelled or "\r" in place.spelled):
        before = as_before(written, place.spelled, width, place.column, line_end)
        if before is not None:
            yield before
    if width or MUST_END in written or KEEP_END in written:
        yield wrapped(written, width, place.column, line_end)
    yield unwrapped(written)


def spelling_escaper(
    spelled: str, env: Env, grammar: Grammar = PLAIN_GRAMMAR, *, with_code: bool = False
) -> Escaper:
    """Return what writes the words of a text as its source does, and escapes those it does not have."""
    spelling: Spelling | None = None
    escape_word = escaper_of(grammar, spelled)
    signs = _SIGN_OR_MARK if grammar.has_marks else _SIGN

    def write_words(text: str) -> str:
        nonlocal spelling
        # Most texts have no sign that Markdown could take for its own, and need no look at their source.
        if (
            "&" not in spelled
            and "\\" not in spelled
            and not (signs.search(text) or (with_code and "`" in spelled))
        ):
            return text
        if spelling is None:
            children = parse_inline(_one_line(spelled), grammar, {**env})
            spelling = Spelling(children, with_code=with_code)
        parts = words(text)
        # A bracket without another links nothing; in the text of an image it would end that.
        is_lone = not with_code and ("[" in text) != ("]" in text)
        for index in range(0, len(parts), 2):
            word = parts[index]
            known = spelling.spell(word)
            if known is None:
                # What stands between spaces is read so: a lone star, a backslash at the end of a word.
                before, behind = " " * (index > 0), " " * (index + 1 < len(parts))
                escaped = escape_word(f"{before}{word}{behind}")
                if is_lone:
                    escaped = re.sub(r"\\([\[\]])", r"\1", escaped)
                known = spelling.with_references(
                    escaped[len(before) : len(escaped) - len(behind)]
                )
            parts[index] = known
        return "".join(parts)

    return write_words


def in_cell(written: str, spelled: str, pipe: str = r"\|") -> str:
    """Return Markdown or HTML as it may stand in the cell of a table, where a bare pipe ends it.

    Code keeps those that it has in what the cell is spelled as: its generator has read it before there is a table.
    """
    parts: list[str] = []
    position = 0
    for start, end in code_in(written, 0, len(written)) if "{" in spelled else ():
        if written[start:end] in spelled:
            parts += _PIPE.sub(lambda _: pipe, written[position:start]), written[start:end]
            position = end
    return "".join((*parts, _PIPE.sub(lambda _: pipe, written[position:])))


def escape(text: str) -> str:
    """Return text in which nothing starts Markdown structure; as few characters as possible are escaped."""
    text = _BACKSLASH.sub(r"\\\\", text)
    text = _ENTITY_LIKE.sub("&amp;", text).replace("<", "&lt;")
    text = re.sub(r"[`\[\]]", r"\\\g<0>", text)
    text = _STAR.sub(lambda match: r"\*" * len(match[0]), text)
    text = _UNDERSCORE.sub(lambda match: r"\_" * len(match[0]), text)
    text = text.replace("~~", "&#126;~").replace("$$", "&#36;$")
    return re.sub(r"\{(?=[{%#.:])", "&#123;", text)


def escaper_of(grammar: Grammar, spelled: str) -> Escaper:
    """Return what escapes the text of a page in such Markdown; marks that its source has are meant in a translation, too."""
    if grammar.has_marks:
        marks = [pattern for sign, pattern in _MARKS if sign not in spelled]
        return lambda text: _escape_marks(escape(text), marks)
    return _escape_mdx if grammar.is_mdx else escape


def _escape_marks(text: str, marks: Sequence[re.Pattern[str]]) -> str:
    """Return escaped text in which these mark nothing either."""
    for mark in marks:
        text = mark.sub(lambda match: f"&#{ord(match[0][0])};{match[0][1:]}", text)
    return text


def _escape_mdx(text: str) -> str:
    """Return text as `escape` does, without a brace: in MDX each one begins an expression, and one without an end stops the build."""
    return escape(text).replace("{", "&#123;")


def _escape_brackets(text: str) -> str:
    """Return escaped text in which no bracket has a backslash: that may begin a formula."""
    text = re.sub(r"\\\\?([\[\]()])", lambda match: f"&#{ord(match[1])};", escape(text))
    return text.replace("$", "&#36;").replace("{", "&#123;")


def escape_title(text: str, quote: str) -> str:
    """Return text for the inside of the quotes of a link's title."""
    text = _ENTITY_LIKE.sub("&amp;", _BACKSLASH.sub(r"\\\\", text)).replace("<", "&lt;")
    text = re.sub(r"\{(?=[{%#.:])", "&#123;", text)
    marks = "[()]" if quote == ")" else re.escape(quote)
    return re.sub(marks, r"\\\g<0>", text)


def escape_all(text: str) -> str:
    """Return text with all ASCII punctuation as character references."""
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match.group())};", text)


def escape_line_start(text: str) -> str:
    """Return text that opens no block when a line begins with it."""
    match = _LINE_START.match(text)
    if match is None:
        return text
    number = match[1] or ""
    mark, rest = text[len(number)], text[len(number) + 1 :]
    return f"{number}&#{ord(mark)};{rest}" if mark in ":?=~/" else f"{number}\\{mark}{rest}"


def _space_outside(match: re.Match[str]) -> str:
    if match[1]:
        return match[2] + match[1]
    return match[4] + match[3]


def _tagged(unit: Unit) -> dict[str, str]:
    """Return the markup of a unit with HTML tags in place of emphasis marks, which do not work everywhere."""
    markup = unit_markup(unit)
    for placeholder in unit.placeholders:
        tag = _HTML_TAGS.get(placeholder.opening) if placeholder.paired else None
        if tag is not None:
            markup[f"<{placeholder.name}>"] = f"<{tag}>"
            markup[f"</{placeholder.name}>"] = f"</{tag}>"
    return markup


def _one_line(mark: str) -> str:
    """Return markup without the marks of the blocks around it, which stand in it where it spans lines.

    Its further lines stay so deep that nothing begins on them, as at their place in the source.
    """
    return re.sub(r"(?:\r\n?|\n)[ \t>]*", "\n    ", mark)


def _restored(msgstr: str, markup: Mapping[str, str], escaper: Escaper, place: Place) -> str:
    """Return a msgstr with markup for its tokens and the text between them escaped, its spaces such as may end a line."""
    parts: list[str] = []
    links: list[int] = []
    position = 0
    at_start = not (place.in_line or place.is_within)
    for match in TOKEN.finditer(msgstr):
        mark = markup.get(match.group())
        if mark is None:
            continue
        text = decode(msgstr[position : match.start()])
        parts.append(_escaped(text, escaper, place, at_start=at_start))
        if _keeps_line(mark, parts[-1], place):
            parts[-1] = parts[-1][:-1] + KEEP_END
        if mark == "[":
            links.append(len(parts))
        elif mark.startswith("][") and links:
            mark = _close_reference(parts, links.pop(), mark, place)
        parts.append(mark)
        position = match.end()
        at_start = mark.rstrip(" \t>").endswith(("\n", "\r")) or (
            at_start and not text and not mark
        )
    parts.append(_escaped(decode(msgstr[position:]), escaper, place, at_start=at_start))
    written = "".join(parts)
    # A heading ends before the signs at its end.
    return _CLOSING.sub(r"\\\1", written) if place.in_line else written


def _keeps_line(mark: str, before: str, place: Place) -> bool:
    """Whether markup that no line may begin with does so in the source: it begins one again."""
    # Emphasis has its text behind it, so a line may begin with it wherever the width ends the one before.
    return (
        before.endswith((MAY_END, MUST_END))
        and not may_begin(mark + "x" if mark in _HTML_TAGS else mark)
        and f"{place.newline}{place.prefix}{mark}" in place.spelled
    )


def _close_reference(parts: list[str], opening: int, closing: str, place: Place) -> str:
    """Return what closes a link whose address stands elsewhere, and keep its text on one line.

    A text that is still the name of the address needs no other: `[guide]` stays as it is.
    """
    parts[opening:] = [unwrapped(part) for part in parts[opening:]]
    label = closing[2:-1]
    text = "".join(parts[opening:]).removeprefix("[")
    spelled = _references(place.spelled)
    if text == label and (label, label) not in spelled:
        return "][]" if (label, "") in spelled else "]"
    return closing


_REFERENCE = re.compile(r"(?=\[((?:\\.|[^\[\]\\])*)\]\[((?:\\.|[^\[\]\\])*)\])", re.DOTALL)


@lru_cache(maxsize=4)
def _references(spelled: str) -> frozenset[tuple[str, str]]:
    """Return the links of a text that name their address: what is linked, and the name behind it.

    Read once a text: looking each link up in 20,000 of them took export nineteen seconds.
    """
    return frozenset(
        (" ".join(text.split()), " ".join(label.split()))
        for text, label in _REFERENCE.findall(_one_line(spelled))
    )


def _escaped(text: str, escaper: Escaper, place: Place, *, at_start: bool) -> str:
    escaped = escaper(" ".join(text.split("\n")))
    # What the source began with is read there as text.
    if at_start and escaper is not escape_all and not place.spelled.startswith(escaped[:2]):
        escaped = escape_line_start(escaped)
    if at_start and place.grammar.is_mdx and _MODULE_WORD.match(escaped):
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return escaped.replace(" ", MAY_END)


def _reads_as(
    written: str, unit: Unit, msgstr: str, markup: Mapping[str, str], place: Place
) -> bool:
    """Whether the parser finds one paragraph with the text and the markup of a msgstr."""
    laid_out = (_one_line(line) for line in written.split(place.newline + place.prefix))
    lead = _LEAD if place.is_within else ""
    written = lead + "\n".join(laid_out)
    if place.in_line:
        children = parse_inline(written, place.grammar, {**place.env})
    else:
        tokens = parse(written, place.grammar, {**place.env})
        if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
            return False
        children = tokens[1].children or []
    return _shape(children) == _expected(unit, msgstr, markup, place) and _words(
        children, lead
    ) == plain_words(msgstr)


def plain_words(msgstr: str) -> list[str]:
    """Return the words of a msgstr, as a reader sees them."""
    return _SPACE.split(plain(TOKEN.sub("\0", msgstr)).replace("\0", "").strip(_SPACES))


_LEAD = "("
"""Stands for the markup before a text: what follows such a sign is read as behind any other."""


def _words(children: Sequence[Token], lead: str = "") -> list[str]:
    """Return the words of parsed text behind its lead, those of automatic links aside: they are markup."""
    text: list[str] = []
    automatic = False
    for child in children:
        if child.type == "link_open":
            automatic = child.info == "auto"
        elif child.type == "link_close":
            automatic = False
        elif child.type in ("text", "text_special") and not automatic:
            text.append(child.content)
        elif child.type == "softbreak":
            text.append(" ")
    return _SPACE.split("".join(text).removeprefix(lead).strip(_SPACES))


def _shape(children: Sequence[Token]) -> list[str]:
    """Return the types of the children that are not text, automatic links as one."""
    shape: list[str] = []
    for child in children:
        if child.type in ("text", "text_special", "softbreak"):
            continue
        if child.info == "auto":
            if child.type == "link_open":
                shape.append("autolink")
            continue
        shape.append(child.type)
    return shape


def _expected(unit: Unit, msgstr: str, markup: Mapping[str, str], place: Place) -> list[str]:
    """Return the types that the placeholders of a msgstr parse to."""
    by_token: dict[str, list[str]] = {}
    for placeholder in unit.placeholders:
        if placeholder.paired:
            opening, closing = f"<{placeholder.name}>", f"</{placeholder.name}>"
            by_token[opening] = [_type_of(markup[opening], "open")]
            by_token[closing] = [_type_of(markup[opening], "close")]
        else:
            by_token[f"<{placeholder.name}/>"] = _types_of_void(placeholder, place)
    return [kind for token in TOKEN.findall(msgstr) for kind in by_token.get(token, [])]


def _type_of(opening: str, side: str) -> str:
    if opening == "[":
        return f"link_{side}"
    if opening.startswith("<"):
        return "html_inline"
    if opening not in _HTML_TAGS:
        return f"{PAIR}_{side}"
    return f"{_HTML_TAGS[opening]}_{side}"


def _types_of_void(placeholder: Placeholder, place: Place) -> list[str]:
    if placeholder.opening.startswith("[^"):
        return ["footnote_ref"]
    if placeholder.tag == "br" and placeholder.opening.rstrip(" \t>").endswith(("\n", "\r")):
        return ["hardbreak"]
    # What is opaque may be so at its place only: a task's box, an expression.
    if placeholder.tag == "x" and not placeholder.opening.startswith("<"):
        return [OPAQUE]
    children = parse_inline(_one_line(placeholder.opening), place.grammar, {**place.env})
    return _shape(children)
