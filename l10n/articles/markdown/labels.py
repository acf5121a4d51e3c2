"""Where the label of a link ends: each bracket of a text is paired once, however many of them have no end."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_inline import StateInline

_NONE = -1


@dataclass(slots=True)
class _Ends:
    """What is known of the brackets of one text: position of the opening one → of the closing one, or none."""

    of_links: dict[tuple[int, int], int] = field(default_factory=dict)
    """Of labels that hold no link; the second number is where the text ends for the parser."""
    of_all: dict[tuple[int, int], int] = field(default_factory=dict)
    last: int = _NONE
    """Position of the last closing bracket: no label of the text ends behind it."""


def use_linear_labels(markdown: MarkdownIt) -> None:
    """Let a parser pair the brackets of a text once.

    Its own helper goes from every opening bracket to the end of the paragraph: 100 KB of brackets without an end
    took it more than ten seconds, and four times as long for twice as many.
    """
    known: WeakKeyDictionary[StateInline, _Ends] = WeakKeyDictionary()

    def label_end(state: StateInline, start: int, disable_nested: bool = False) -> int:
        ends = known.get(state)
        if ends is None:
            ends = known[state] = _Ends(last=state.src.rfind("]"))
        if start >= ends.last:
            return _NONE
        return _label_end(
            state, start, ends.of_links if disable_nested else ends.of_all, disable_nested
        )

    own: Any = SimpleNamespace(
        parseLinkLabel=label_end,
        parseLinkDestination=parseLinkDestination,
        parseLinkTitle=parseLinkTitle,
    )
    markdown.helpers = own


def _label_end(
    state: StateInline, start: int, ends: dict[tuple[int, int], int], is_without_links: bool
) -> int:
    """Return where the label that begins at a bracket ends, or -1; every bracket passed on the way is noted."""
    limit = state.posMax
    if (known := ends.get((start, limit))) is not None:
        return known
    before = state.pos
    open_brackets = [start]
    state.pos = start + 1
    while state.pos < limit:
        place = state.pos
        marker = state.src[place]
        if marker == "]":
            ends[open_brackets.pop(), limit] = place
            if not open_brackets:
                break
        state.md.inline.skipToken(state)
        if marker != "[":
            continue
        if state.pos != place + 1:
            # A link: what it stands in is none, nor is anything that is open still.
            if is_without_links:
                break
        elif (known := ends.get((place, limit))) is None:
            open_brackets.append(place)
        elif known == _NONE:
            break
        else:
            state.pos = known + 1
    state.pos = before
    for place in open_brackets:
        ends[place, limit] = _NONE
    return ends[start, limit]
