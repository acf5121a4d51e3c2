"""What a site generator reads in the middle of a text: inline rules of the parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from l10n.articles.html.comments import SWITCH
from l10n.articles.markdown.formulas import formula_end
from l10n.articles.markdown.generator import run
from l10n.articles.markdown.jsx import Braces, braces, tag_at
from l10n.articles.markdown.keeping import kept_elements
from l10n.articles.markdown.token_types import OPAQUE, PAIR

_Told = TypeVar("_Told")
_LIST = re.compile(
    r"\{[ \t]*(?:[#.:][^{}\n]{0,500}|[\w:@-]+=(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[^\s\"'{}]+)[^{}\n]{0,500})\}"
    r"|\{(?:\*[^\n{}]{0,500}+(?<=\*)|![^\n{}]{0,500}+(?<=!)|/\*[^\n{}]{0,2000}+(?<=\*/)|>>[^\n{}]{0,2000}+(?<=<<))\}"
)
"""`{#id .class}`, `{: .class}`, `{target=_blank}`, an include, a comment."""
_REVISION = re.compile(r"\{(\+\+|--|==|~~)")
"""Critic marks around text that is new, gone, marked, replaced."""
_TASK = re.compile(r"\[[ xX]\](?=[ \t])")
"""What begins a task."""
_WIKI = re.compile(r"!?\[\[(?!\^)([^\[\]\n|]{1,300})(?:(\|)([^\[\]\n]{1,300}))?\]\](?![(\[:])")
_SWITCH_ON = re.compile(r"<!--\s*l10n:on\s*-->", re.IGNORECASE)
_NAMED = re.compile(r":[a-z][a-z0-9-]*(?=[\[{])")
_KEYS = re.compile(
    r"""\+\+(?:[A-Za-z0-9][\w-]*|"[^"\n+]+")(?:\+(?:[\w-]+|"[^"\n]+"))*\+\+(?!\+)"""
)


def use_inline_directives(markdown: MarkdownIt, *, is_mdx: bool, has_math: bool) -> None:
    """Add the rules for directives to a parser, before all others but that for text."""
    before = markdown.inline.ruler.before
    before("escape", "code", _code)
    before("escape", "directive", _mdx_braces if is_mdx else _braces)
    before("escape", "named", _named)
    before("escape", "wiki", _wiki)
    before("escape", "mark", _mark)
    if has_math:
        before("escape", "formula", _formula)
    before("html_inline", "switch", _switched_off)
    before("html_inline", "kept", partial(_kept, is_mdx=is_mdx))
    before("html_inline", "jsx", _jsx if is_mdx else _unmistakable_jsx)
    # Hidden code begins with a character that no other text has: the rule for text has to stop there.
    stops = markdown.inline.terminator_re.pattern[1:-1]
    markdown.inline.terminator_re = re.compile(f"[{stops}\U000f0000-\U0010ffff]")


def _push(state: StateInline, end: int, *, silent: bool) -> bool:
    if not silent:
        token = state.push(OPAQUE, "", 0)
        token.content = state.src[state.pos : end]
        token.meta["end"] = end
    state.pos = end
    return True


def _push_pair(state: StateInline, start: int, end: int, close: int, *, silent: bool) -> bool:
    """Make a pair of what stands before `start` and from `end` to `close`, around the text between."""
    if silent:
        state.pos = close
        return True
    outer = state.posMax
    _push_half(state, 1, start)
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.pos, state.posMax = end, outer
    _push_half(state, -1, close)
    state.pos = close
    return True


def _push_half(state: StateInline, nesting: int, end: int) -> None:
    token = state.push(f"{PAIR}_{'open' if nesting > 0 else 'close'}", "", nesting)  # type: ignore[arg-type]
    token.content = token.markup = state.src[state.pos : end]
    token.meta["end"] = end


def _code(state: StateInline, silent: bool) -> bool:
    """Read a hidden piece of code."""
    codes = state.env.get("codes")
    if not codes or state.src[state.pos] not in codes:
        return False
    match = _word(state.env["filler"]).match(state.src, state.pos, state.posMax)
    return match is not None and _push(state, match.end(), silent=silent)


def _switched_off(state: StateInline, silent: bool) -> bool:
    """Read what an author keeps from translation between two comments, to the end where the second one is missing."""
    switch = SWITCH.match(state.src, state.pos, state.posMax)
    if switch is None or switch[1].lower() == "on":
        return False
    closing = _SWITCH_ON.search(state.src, switch.end(), state.posMax)
    return _push(state, closing.end() if closing else state.posMax, silent=silent)


def _kept(state: StateInline, silent: bool, *, is_mdx: bool) -> bool:
    """Read an element that its author keeps from translation."""
    if state.src[state.pos] != "<":
        return False
    ends = _known(state, "kept", partial(kept_elements, is_mdx=is_mdx))
    end = ends.get(state.pos)
    return end is not None and end <= state.posMax and _push(state, end, silent=silent)


def _word(filler: str) -> re.Pattern[str]:
    return re.compile(f"[\U000f0000-\U0010ffff]{run(filler)}")


def _braces(state: StateInline, silent: bool) -> bool:
    """Read a list of attributes, an include, a comment, or a mark of revision."""
    if state.src[state.pos] != "{":
        return False
    match = _LIST.match(state.src, state.pos, state.posMax)
    if match is not None:
        return _push(state, match.end(), silent=silent)
    revision = _REVISION.match(state.src, state.pos, state.posMax)
    if revision is None:
        return False
    end = _find(state, revision[1] + "}", revision.end())
    if not 0 <= end < state.posMax:
        return False
    return _push_pair(state, revision.end(), end, end + 3, silent=silent)


def _mdx_braces(state: StateInline, silent: bool) -> bool:
    """Read an expression of JSX."""
    if state.src[state.pos] != "{":
        return False
    end = _ends(state).get(state.pos)
    if end is None or end > state.posMax:
        return False
    return _push(state, end, silent=silent)


def _find(state: StateInline, sign: str, start: int) -> int:
    """Return where a sign stands from an offset on, -1 when nowhere; each stretch of a text is looked through once."""
    positions: dict[str, int] = _known(state, "finds", lambda _text: {})
    position = positions.get(sign, 0)
    if 0 <= position < start:
        position = positions[sign] = state.src.find(sign, start)
    return position


_BRACKET = re.compile(r"\\.|`+[^`]*`+|[\[\]]", re.DOTALL)


def _brackets(text: str) -> dict[int, int]:
    """Return where the bracket stands that closes each opening one, those in code aside."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            partners[opened.pop()] = match.start()
    return partners


def _ends(state: StateInline) -> Braces:
    """Return where the expressions of a text end."""
    return _known(state, "inline_braces", braces)


def _known(state: StateInline, name: str, read: Callable[[str], _Told]) -> _Told:
    """Return what reading a whole text tells, which is done once: images have texts of their own, parsed in between."""
    texts: dict[str, _Told] = state.env.setdefault(name, {})
    if state.src not in texts:
        texts[state.src] = read(state.src)
    return texts[state.src]


def _jsx(state: StateInline, silent: bool) -> bool:
    return _read_tag(state, silent=silent, only_code=False)


def _unmistakable_jsx(state: StateInline, silent: bool) -> bool:
    return _read_tag(state, silent=silent, only_code=True)


def _read_tag(state: StateInline, *, silent: bool, only_code: bool) -> bool:
    """Read a tag of JSX; with `only_code` one that no HTML has."""
    if state.src[state.pos] != "<":
        return False
    tag = tag_at(state.src, state.pos, _ends(state))
    if tag is None or tag.end > state.posMax:
        return False
    if only_code and (not tag.has_code or not tag.name):
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = state.src[state.pos : tag.end]
        token.meta["end"] = tag.end
        token.meta["jsx"] = tag
    state.pos = tag.end
    return True


def _named(state: StateInline, silent: bool) -> bool:
    """Read an inline note `^[…]`, or a directive with text or none: `:abbr[…]{title="…"}`, `:icon{name="…"}`."""
    if state.src[state.pos] not in "^:":
        return False
    if state.src[state.pos] == "^":
        start = state.pos + 2 if state.src.startswith("^[", state.pos) else 0
    else:
        match = _NAMED.match(state.src, state.pos, state.posMax)
        before = state.src[state.pos - 1] if state.pos else " "
        start = match.end() + 1 if match and not (before.isalnum() or before in ":_") else 0
    if not start:
        return False
    if state.src[start - 1] == "{":
        # A component without text: `:icon{name="mill"}`.
        properties = _LIST.match(state.src, start - 1, state.posMax)
        return properties is not None and _push(state, properties.end(), silent=silent)
    end = _known(state, "brackets", _brackets).get(start - 1, 0)
    if not start <= end < state.posMax:
        return False
    behind = end + 1
    attributes = _LIST.match(state.src, behind, state.posMax)
    if attributes is not None and state.src[state.pos] == ":":
        behind = attributes.end()
    return _push_pair(state, start, end, behind, silent=silent)


def _wiki(state: StateInline, silent: bool) -> bool:
    """Read a link of wikis; one to an address that the page defines is none."""
    if state.src[state.pos] not in "[!":
        return False
    match = _WIKI.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    references: dict[str, Any] = state.env.get("references", {})
    if normalizeReference(match[1]) in references:
        return False
    if match[2] and not match[0].startswith("!"):
        return _push_pair(state, match.start(3), match.end(3), match.end(), silent=silent)
    return _push(state, match.end(), silent=silent)


def _mark(state: StateInline, silent: bool) -> bool:
    """Read what begins a task, or keys to press: `++ctrl+c++`."""
    if state.src[state.pos] == "+":
        before = state.src[state.pos - 1] if state.pos else " "
        match = (
            None
            if before.isalnum() or before == "+"
            else _KEYS.match(state.src, state.pos, state.posMax)
        )
    else:
        match = _TASK.match(state.src, 0, state.posMax) if not state.pos else None
    return match is not None and _push(state, match.end(), silent=silent)


def _formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "$\\":
        return False
    end = formula_end(state.src, state.pos, state.posMax)
    return end is not None and _push(state, end, silent=silent)
