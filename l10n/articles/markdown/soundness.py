"""Code of generators that is not whole: an opening without its end stops the generator, and makes text of what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from l10n.articles.markdown.jsx import Tag, braces, tag_at
from l10n.articles.markdown.token_types import LINE, OPAQUE
from l10n.articles.sitecode import code_in
from l10n.articles.words import shorten
from l10n.interface import gettext as _

_OPENING = re.compile(r"\{\{[<%](?P<shown>/\*)?|\{%(?=[-\s])")
"""What begins a shortcode or a tag; Hugo's `{{</* … */>}}` shows what stands in it."""
_HUGO = re.compile(r"\{\{(?P<sign>[<%])[ \t\r\n]*(?P<end>/?)[ \t\r\n]*(?P<name>\w[\w./-]*)")
_LIQUID = re.compile(r"\{%-?\s*(?P<name>\w+)")
_LIQUID_BLOCKS = frozenset(
    [
        "capture",
        "case",
        "comment",
        "for",
        "highlight",
        "if",
        "ifchanged",
        "raw",
        "tablerow",
        "unless",
    ]
)
"""Tags that Liquid and Jekyll close with `end` and their name; those of plug-ins may or may not be."""
_UNREAD = frozenset({"raw", "comment"})
"""Blocks in which Liquid reads nothing but their end."""
_ANYWHERE = frozenset({"hugo", "jekyll"})
"""Dialects whose generator reads its code before Markdown, in fenced code too."""
_TAG_IN_TEXT = re.compile(r"</?[A-Za-z]|<>")
_NO_LIQUID = re.compile(r"^render_with_liquid:[ \t]*false\b", re.MULTILINE)


class Fault(NamedTuple):
    """Where code is not whole, and what is wrong with it."""

    line: int
    """0-based, from the beginning of the body."""
    message: str


class _Passage(NamedTuple):
    line: int
    text: str


def fault_of(
    source: str, body: int, tokens: Sequence[Token], dialect: str, *, is_mdx: bool
) -> Fault | None:
    """Return the first piece of code in the body of an article that is not whole; None where all are.

    For Hugo and Jekyll that is what they themselves say. Where no file tells the generator, code of Markdown is
    left aside; in other dialects such signs are text.
    """
    if is_mdx:
        return next(_jsx_faults(tokens), None)
    if dialect and dialect not in _ANYWHERE:
        return None
    whole = _Passage(0, source[body:])
    if dialect == "jekyll":
        is_read = _NO_LIQUID.search(source, 0, body) is None
        return next(_liquid_faults(whole.text), None) if is_read else None
    fault = next(_shortcode_faults([whole], has_liquid=not dialect), None)
    # What Markdown takes for code may hold the other half of a pair, or be an example.
    if fault is None or dialect:
        return fault
    return next(_shortcode_faults(list(_texts(tokens)), has_liquid=True), None)


def _texts(tokens: Sequence[Token]) -> Iterator[_Passage]:
    """Yield what stands outside of Markdown's code."""
    for token in tokens:
        if token.map is None:
            continue
        if token.type in (LINE, "html_block"):
            yield _Passage(token.map[0], token.content)
        elif token.type == "inline":
            line, parts = token.map[0], [""]
            for child in token.children or ():
                if child.type in ("softbreak", "hardbreak"):
                    parts.append("\n")
                elif child.type in ("text", OPAQUE, "html_inline"):
                    parts.append(child.content)
                elif child.type == "code_inline":
                    parts.append(" " * len(child.content))
            yield _Passage(line, "".join(parts))


def _shortcode_faults(passages: Sequence[_Passage], *, has_liquid: bool) -> Iterator[Fault]:
    """Yield shortcodes that do not end, and halves of pairs that lack the other."""
    opened: dict[str, list[tuple[int, str]]] = {}
    closed: set[str] = set()
    for first, text in passages:
        if "{{" not in text and "{%" not in text:
            continue
        ends = dict(code_in(text, 0, len(text)))
        behind = 0
        for match in _OPENING.finditer(text):
            start = match.start()
            if start < behind or (text[start + 1] == "%" and not has_liquid):
                continue
            if match["shown"]:
                behind = max(text.find("*/", start), start) + 2
                continue
            line = first + text.count("\n", 0, start)
            end = ends.get(start)
            if end is None or not _ends_alike(text, start, end):
                code = shorten(text[start:].split("\n", 1)[0])
                yield Fault(line, _("{code} is not closed").format(code=code))
                return
            behind = end
            half = _HUGO.match(text, start)
            if half is None:
                continue
            code = text[start:end]
            waiting = opened.setdefault(half["name"], [])
            if not half["end"]:
                if not code.rstrip(">}%").endswith("/"):
                    waiting.append((line, code))
                continue
            closed.add(half["name"])
            if not waiting:
                yield Fault(line, _("{code} closes nothing").format(code=code))
                return
            waiting.pop()
    # Only who wrote a shortcode knows whether it is closed: those that are so elsewhere on the page are.
    left = sorted(half for name in closed for half in opened[name])
    for line, code in left:
        yield Fault(line, _("{code} is not closed").format(code=shorten(code)))


def _ends_alike(text: str, start: int, end: int) -> bool:
    """Whether code ends with the sign that it begins with."""
    if text.startswith("{%", start):
        return True
    return text[end - 3 : end] == {"<": ">}}", "%": "%}}"}[text[start + 2]]


def _liquid_faults(text: str) -> Iterator[Fault]:
    """Yield tags that do not end, and blocks that lack a half, as Liquid finds them."""
    opened: list[tuple[str, int]] = []
    position = 0
    while (start := text.find("{%", position)) >= 0:
        end = text.find("%}", start)
        if end < 0:
            code = shorten(text[start:].split("\n", 1)[0])
            yield Fault(text.count("\n", 0, start), _("{code} is not closed").format(code=code))
            return
        position = end + 2
        match = _LIQUID.match(text, start, end)
        if match is None:
            continue
        name = match["name"]
        if name in _UNREAD:
            closing = re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}").search(text, position)
            if closing is None:
                opened.append((name, start))
                break
            position = closing.end()
        elif name in _LIQUID_BLOCKS:
            opened.append((name, start))
        elif name.startswith("end") and name[3:] in _LIQUID_BLOCKS:
            if not opened or opened[-1][0] != name[3:]:
                code = text[start:position]
                line = text.count("\n", 0, start)
                yield Fault(line, _("{code} closes nothing").format(code=code))
                return
            opened.pop()
    for name, start in opened[:1]:
        message = _("{code} is not closed").format(code=f"{{% {name} %}}")
        yield Fault(text.count("\n", 0, start), message)


def _jsx_faults(tokens: Sequence[Token]) -> Iterator[Fault]:
    """Yield braces and tags of MDX that do not end, and components that lack a half."""
    opened: list[tuple[str, int]] = []
    for line, tag in _tags(tokens):
        if isinstance(tag, str):
            yield Fault(line, _("{code} is not closed").format(code=tag))
            return
        if tag.is_void or not (tag.name[:1].isupper() or "." in tag.name or not tag.name):
            continue
        if not tag.is_end:
            opened.append((tag.name, line))
        elif opened and opened[-1][0] == tag.name:
            opened.pop()
        elif tag.name in (name for name, _line in opened):
            yield _unclosed(opened[-1])
            return
        else:
            yield Fault(line, _("{code} closes nothing").format(code=f"</{tag.name}>"))
            return
    if opened:
        yield _unclosed(opened[-1])


def _unclosed(component: tuple[str, int]) -> Fault:
    name, line = component
    return Fault(line, _("{code} is not closed").format(code=f"<{name}>"))


def _tags(tokens: Sequence[Token]) -> Iterator[tuple[int, Tag | str]]:
    """Yield the tags of an article with their lines; for one that does not end, what begins it."""
    for token in tokens:
        if token.map is None:
            continue
        line = token.map[0]
        if token.type == LINE:
            yield from _tags_of_lines(token.content, line)
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "html_inline":
                tag = child.meta.get("jsx")
                if tag is not None:
                    yield line, tag
                line += child.content.count("\n")
            elif child.type == OPAQUE:
                line += child.content.count("\n")
            elif child.type == "text":
                sign = _TAG_IN_TEXT.search(child.content)
                start = child.content.find("{")
                if sign is not None and not 0 <= start < sign.start():
                    start = sign.start()
                if start >= 0:
                    yield line, shorten(child.content[start:])


def _tags_of_lines(content: str, line: int) -> Iterator[tuple[int, Tag | str]]:
    if not content.startswith(("<", "{")) or content.startswith("<!--"):
        return
    ends = braces(content)
    position = 0
    while position < len(content):
        if content[position] == "{" and position in ends:
            position = ends[position]
            continue
        tag = tag_at(content, position, ends) if content[position] == "<" else None
        if tag is not None:
            yield line + content.count("\n", 0, position), tag
            position = tag.end
        else:
            position += 1
