"""Code of site generators kept out of the Markdown parser's sight: generators replace it before anything else is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, NamedTuple

from markdown_it.token import Token

from l10n.articles.sitecode import code_in
from l10n.articles.words import line_start

_FIRST, _LAST = 0xF0000, 0x10FFFD
"""Characters that stand for a piece of code each: the private planes, where hardly a text has any."""
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_FILLERS = range(0xF8FF, 0xE000, -1)
_LINE = re.compile(r"(\r\n?|\n)([ \t>]*)")
_BREAKS_OFF = re.compile(r"(?:\r\n?|\n)[ \t>]*(?:[\r\n]|```|~~~|\Z)")
"""A blank line or a fence: what goes on behind it is not the same piece of code."""
_NAME = re.compile(r"\{\{[<%]\s*(/?)\s*([\w./-]+)|\{%-?\s*(end)?(\w+)")
_HOLDS_CODE = frozenset(
    [
        "asciinema",
        "chart",
        "chroma",
        "code",
        "comment",
        "css",
        "csv",
        "diagram",
        "dot",
        "goat",
        "graphviz",
        "highlight",
        "html",
        "javascript",
        "js",
        "json",
        "katex",
        "kroki",
        "latex",
        "math",
        "mermaid",
        "plantuml",
        "pre",
        "rawhtml",
        "sequence",
        "source",
        "svg",
        "toml",
        "vega",
        "viz",
        "yaml",
    ]
)
"""Words in the names of shortcodes and tags whose content is no Markdown: Hugo's and Jekyll's own `highlight`,
Liquid's `comment`, and what themes call theirs after the language it holds."""
_CODE_LANGUAGE = re.compile(r"""\s(?:lang|language)\s*=\s*["']?[\w+#.-]""")
"""A parameter by which a shortcode says in which language its content is to be coloured."""
_CODE_FLAG = re.compile(r"""\scode\s*=\s*["']?true""")
_TEXT_PANE = re.compile(r"""\stext\s*=\s*["']?true""")
_PANES = "tabpane"
"""Docsy's shortcode around tabs, which hold code unless it says `text=true`, or they are called as Markdown: `{{% tab %}}`."""
_BEFORE = re.compile(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)]|:)[ \t]+)*")


class Hidden(NamedTuple):
    """A text in which every piece of code is one word of the same length."""

    text: str
    codes: Mapping[str, str]
    """The code by the character that its word begins with."""
    filler: str
    """The character that goes on such a word."""


class _Span(NamedTuple):
    start: int
    end: int


def hide(text: str) -> Hidden:
    """Return a text with its code hidden; line ends and the marks that begin lines stay."""
    if "{{" not in text and "{%" not in text and "{#" not in text and "<%" not in text:
        return Hidden(text, {}, "")
    taken = set(_PRIVATE.findall(text))
    free = (chr(code) for code in range(_FIRST, _LAST) if chr(code) not in taken)
    filler = next(chr(code) for code in _FILLERS if chr(code) not in text)
    codes: dict[str, str] = {}
    parts: list[str] = []
    position = 0
    for (start, end), sign in zip(_regions(text), free, strict=False):
        parts += (text[position:start], sign, _filled(text[start + 1 : end], filler))
        codes[sign] = text[start:end].replace("\r\n", "\n").replace("\r", "\n")
        position = end
    return Hidden("".join((*parts, text[position:])), codes, filler)


def code_bodies(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the code stands that shortcodes and tags hold, in order."""
    if "{{" not in text and "{%" not in text:
        return
    spans = list(_spans(text))
    behind = 0
    for number, partner in sorted(_partners(text, spans).items()):
        start, end = spans[number].end, spans[partner].start
        if spans[number].start >= behind and _may_join(
            text, spans[number].start, spans[partner].end
        ):
            yield start, end
            behind = spans[partner].end


def raw_line_ends(text: str) -> frozenset[int]:
    """Return the lines, from 0, whose end stands in what a shortcode `{{< … >}}` gets as it is written.

    Hugo hands that over raw: whether its line ends mean something only the shortcode knows. What `{{% … %}}` encloses is
    Markdown to it.
    """
    if "{{<" not in text:
        return frozenset()
    spans = list(_spans(text))
    partners = _pairs(text, spans)
    raw: set[int] = set()
    around: list[tuple[int, bool]] = []
    line = position = 0
    for number, span in enumerate(spans):
        behind = line + text.count("\n", position, span.start)
        if around and around[-1][1]:
            raw.update(range(line, behind))
        line, position = behind, span.start
        while around and around[-1][0] <= number:
            around.pop()
        if number in partners:
            around.append((partners[number], text.startswith("{{<", span.start)))
    return frozenset(raw)


def _pairs(text: str, spans: Sequence[_Span]) -> dict[int, int]:
    """Return the number of the closing half of each shortcode that has one."""
    pairs: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for number, (start, end) in enumerate(spans):
        match = _NAME.match(text, start, end)
        if match is None or not match[2]:
            continue
        waiting = opened.setdefault(match[2], [])
        if not match[1]:
            waiting.append(number)
        elif waiting:
            pairs[waiting.pop()] = number
    return pairs


def _filled(text: str, filler: str) -> str:
    lines = _LINE.split(text)
    lines[::3] = [filler * len(line) for line in lines[::3]]
    return "".join(lines)


def _regions(text: str) -> Iterator[_Span]:
    """Yield where code stands, with what it encloses where that is code too."""
    spans = list(_spans(text))
    partners = _partners(text, spans)
    number = 0
    while number < len(spans):
        start, end = spans[number]
        partner = partners.get(number)
        if partner is not None and _may_join(text, start, spans[partner].end):
            number, end = partner, spans[partner].end
        yield _Span(start, end)
        number += 1


def _spans(text: str) -> Iterator[_Span]:
    for start, end in code_in(text, 0, len(text)):
        if not _BREAKS_OFF.search(text, start, end):
            yield _Span(start, end)


def _partners(text: str, spans: Sequence[_Span]) -> dict[int, int]:
    """Return the number of the closing half of each piece of code whose content is no Markdown."""
    partners: dict[int, int] = {}
    opened: dict[str, int] = {}
    pane = ""
    for number, (start, end) in enumerate(spans):
        match = _NAME.match(text, start, end)
        if match is None:
            continue
        name, code = match[2] or match[4], text[start:end]
        is_end = bool(match[1] or match[3])
        if name == _PANES:
            pane = "" if is_end else code
        if is_end:
            if name in opened:
                partners[opened.pop(name)] = number
        elif not code.endswith("/>}}") and _is_around_code(name, code, pane):
            opened.setdefault(name, number)
    return partners


def _is_around_code(name: str, code: str, pane: str) -> bool:
    """Whether a shortcode or tag has code for its content; `pane` is the one around tabs that it stands in."""
    if _HOLDS_CODE.intersection(re.split(r"[-_./]", name.lower())):
        return True
    if _CODE_FLAG.search(code):
        return True
    # Called with percent signs, its content is Markdown.
    if not code.startswith("{{<") or _TEXT_PANE.search(pane):
        return False
    return (bool(pane) and name == "tab") or _CODE_LANGUAGE.search(code) is not None


def _may_join(text: str, start: int, end: int) -> bool:
    """Whether a region is in one paragraph, or has its lines for itself."""
    if not _BREAKS_OFF.search(text, start, end):
        return True
    line = line_start(text, start)
    rest = _LINE.search(text, end)
    after = text[end : rest.start() if rest else len(text)]
    return _BEFORE.fullmatch(text, line, start) is not None and not after.strip()


def show(tokens: Iterable[Token], hidden: Hidden) -> None:
    """Put the code back into parsed tokens."""
    if not hidden.codes:
        return
    signs = "".join(map(re.escape, hidden.codes))
    word = re.compile(rf"[{signs}]{run(hidden.filler)}")

    def original(match: re.Match[str]) -> str:
        lines = hidden.codes[match[0][0]].split("\n")
        pieces = re.split(r"(\n[ \t>]*)", match[0])
        pieces[::2] = [
            line if not number else line.lstrip(" \t>")
            for number, line in enumerate(lines[: len(pieces[::2])])
        ]
        return "".join(pieces)

    def put_back(text: str) -> str:
        return word.sub(original, text) if text else text

    waiting = list(tokens)
    while waiting:
        token = waiting.pop()
        token.content = put_back(token.content)
        token.markup = put_back(token.markup)
        token.info = put_back(token.info)
        for name, value in token.attrs.items():
            if isinstance(value, str):
                token.attrs[name] = put_back(value)
        waiting += token.children or ()


def show_definitions(env: MutableMapping[str, Any], hidden: Hidden) -> None:
    """Put the code back into the addresses that a text defines."""
    for definition in env.get("references", {}).values() if hidden.codes else ():
        token = Token("definition", "", 0, content=definition["href"], info=definition["title"])
        show([token], hidden)
        definition["href"], definition["title"] = token.content, token.info


def run(filler: str) -> str:
    """Return an expression for what follows the first character of a hidden word, on further lines too."""
    return rf"{filler}*(?:\n[ \t>]*{filler}+)*"
